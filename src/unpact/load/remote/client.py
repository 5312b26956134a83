"""Requests to the service that is loaded into: sent again where that is safe, each failure told in a
sentence.

SPARQL 1.1 Protocol for queries and updates, SPARQL 1.1 Graph Store HTTP Protocol for whole graphs.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import httpx

from unpact.errors import StoreError
from unpact.graph.address import Credentials
from unpact.graph.exchange import moved, plain, said
from unpact.load.remote.failures import Busy, Unanswered, refusal
from unpact.load.remote.retry import NOT_NOW, TRIES, pause, wait

if TYPE_CHECKING:
    from collections.abc import Generator, Mapping

    from unpact.graph.address import Address
    from unpact.load.remote.body import Body
    from unpact.load.remote.target import Target

_RESULTS = "application/sparql-results+json"
_CONNECT = 20.0
_REDIRECTS = 5
_MOVED = frozenset({301, 302, 307, 308})
_OK = range(200, 300)
_PART = 206
_UNKNOWN_USER = 401
_ROWS_CUT = "X-SPARQL-MaxRows"


class _Request(NamedTuple):
    method: str
    address: Address
    headers: Mapping[str, str]
    form: Mapping[str, str] | None = None
    graph: str | None = None
    body: Body | None = None
    timeout: float | None = None


class Client:
    """Speaks with a service.

    Args:
        target: the service.
        transport: in place of the network.
    """

    def __init__(self, target: Target, transport: httpx.BaseTransport | None = None) -> None:
        self.target = target
        self._auth = _Auth(target.credentials, digest=target.profile.digest)
        timeout = httpx.Timeout(target.timeout, connect=min(_CONNECT, target.timeout))
        self._http = httpx.Client(timeout=timeout, transport=transport)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def select(self, query: str) -> list[dict[str, str]]:
        """The rows of a SELECT query: the text of each bound variable, without type and language.

        Raises:
            StoreError: when there is no answer, a part of one, or one that says no.
        """
        asked = _Request("POST", self.target.query, {"Accept": _RESULTS}, form={"query": query})
        response = self._sent(asked, again=True)
        told = response.headers.get(_ROWS_CUT, "")
        try:
            found = json.loads(response.content)["results"]["bindings"]
            rows = [{name: str(term["value"]) for name, term in row.items()} for row in found]
        except (ValueError, KeyError, TypeError, AttributeError):
            hint = "Check the address, and the profile."
            raise StoreError(
                "the service gives no results of a query", where=self.target.name, hint=hint
            ) from None
        if told.isdecimal() and len(rows) >= int(told):
            message = f"the service cuts answers off at {told} rows"
            raise StoreError(message, where=self.target.name, hint="Have that limit raised for the load.")
        return rows

    def update(self, text: str, *, again: bool, timeout: float | None = None) -> None:
        """Run an update.

        Args:
            text: one request, all operations of it.
            again: whether to send it again when it may have been done or not.
            timeout: seconds, where they are other than those of the target.

        Raises:
            Unanswered: when nobody knows whether it was done.
            StoreError: when the service says no.
        """
        form = {"update": text}
        asked = _Request("POST", self.target.update, {"Accept": "*/*"}, form=form, timeout=timeout)
        self._sent(asked, again=again)

    def put(self, graph: str, body: Body) -> None:
        """Make a graph consist of the triples of a body, whatever it had."""
        self._stored("PUT", graph, body)

    def post(self, graph: str, body: Body) -> None:
        """Add the triples of a body to a graph."""
        self._stored("POST", graph, body)

    def _stored(self, method: str, graph: str, body: Body) -> None:
        headers = {"Content-Type": "application/n-triples", "Accept": "*/*", **body.headers}
        # always a named graph: without one the whole dataset may be meant
        self._sent(_Request(method, self.target.data, headers, graph=graph, body=body), again=True)

    def _sent(self, request: _Request, *, again: bool) -> httpx.Response:
        for attempt in range(TRIES):
            last = attempt == TRIES - 1 or not again
            try:
                response = self._followed(request)
            except httpx.TimeoutException as error:
                raise self._unanswered(error) from None
            except (httpx.TransportError, httpx.DecodingError) as error:
                if last or isinstance(error, httpx.UnsupportedProtocol):
                    raise self._unanswered(error) from None
                wait(pause(attempt, {}))
                continue
            status = response.status_code
            if status == _PART or "X-SQL-State" in response.headers:
                raise StoreError("the service gave up and answered in part", where=self.target.name)
            if status in _OK:
                return response
            if status == _UNKNOWN_USER and self._introduced():
                continue
            if last or status not in NOT_NOW:
                raise self._refused(response, attempt + 1)
            wait(pause(attempt, response.headers))
        raise self._refused(response, TRIES)

    def _followed(self, request: _Request) -> httpx.Response:
        """The answer, from wherever the same server has it."""
        url = httpx.URL(request.address.url)
        if request.graph is not None:
            url = url.copy_merge_params({"graph": request.graph})
        for _ in range(_REDIRECTS + 1):
            sent = self._http.build_request(
                request.method, url, headers=request.headers, data=request.form, content=request.body
            )
            if request.timeout is not None:
                sent.extensions["timeout"] = httpx.Timeout(request.timeout).as_dict()
            response = self._http.send(sent, auth=self._auth)
            if response.status_code not in _MOVED or "Location" not in response.headers:
                return response
            url = httpx.URL(moved(request.address, str(response.url), response.headers["Location"]))
        raise StoreError("the service sends each request somewhere else", where=self.target.name)

    def _introduced(self) -> bool:
        """Whether somebody, asked just now, says who loads."""
        ask = self.target.ask
        if ask is None or self.target.credentials != Credentials():
            return False
        given = ask(self.target.name)
        if given is None:
            return False
        # the next one that speaks with this service need not ask again
        self.target.credentials = given
        self._auth = _Auth(given, digest=self.target.profile.digest)
        return True

    def _refused(self, response: httpx.Response, tries: int) -> StoreError:
        told = said(response, self.target.credentials)
        known = self.target.credentials != Credentials()
        error = refusal(
            response.status_code, response.reason_phrase, told, tries, self.target.name, known=known
        )
        if isinstance(error, Busy):
            error.headers = response.headers
        return error

    def _unanswered(self, error: Exception) -> StoreError:
        if isinstance(error, httpx.TimeoutException) and not isinstance(error, httpx.ConnectTimeout):
            message = f"the service did not answer within {self.target.timeout:g} seconds"
            hint = "Allow it more time and load again: what is there already is not sent twice."
            return Unanswered(message, where=self.target.name, hint=hint)
        reason = plain(str(error), self.target.credentials) or type(error).__name__
        if isinstance(error, (httpx.ConnectError, httpx.ConnectTimeout, httpx.UnsupportedProtocol)):
            hint = "Check that it runs, and its address, and load again."
            return StoreError(f"the service cannot be reached: {reason}", where=self.target.name, hint=hint)
        hint = "Load again: what is there already is not sent twice."
        return Unanswered(f"the connection broke off: {reason}", where=self.target.name, hint=hint)


class _Auth(httpx.Auth):
    """Says who asks: by Basic or Bearer at once, by Digest (RFC 7616) as soon as the service wants that.

    Args:
        credentials: of the user.
        digest: the service is known to want Digest. Then the password never leaves, and it would not ask for
            Digest after it was given something else.
    """

    def __init__(self, credentials: Credentials, *, digest: bool) -> None:
        self._authorization = credentials.authorization
        pair = (credentials.user, credentials.password)
        self._digest = None if None in pair else httpx.DigestAuth(str(pair[0]), str(pair[1]))
        self._wanted = digest

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        if self._digest is not None and self._wanted:
            yield from self._digest.auth_flow(request)
            return
        if self._authorization is not None:
            request.headers["Authorization"] = self._authorization
        response = yield request
        challenge = response.headers.get("WWW-Authenticate", "").lower()
        if response.status_code == _UNKNOWN_USER and self._digest is not None and "digest" in challenge:
            request.headers.pop("Authorization", None)
            self._wanted = True
            yield from self._digest.auth_flow(request)
