"""Questions over HTTP: one POST a query, sent again where that is safe, and each failure told in a sentence.

SPARQL 1.1 Protocol, section 2.1.2 (query via POST, form-encoded). A query changes nothing, so it may be sent
again when the connection broke or a gateway had no answer. What the service itself says is final.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NoReturn

import httpx

from unpact.errors import StoreError
from unpact.graph.access import credentials_for
from unpact.graph.address import PASSWORD, TOKEN, USER, address_of
from unpact.graph.answer import Answer
from unpact.graph.dialects.profile import addressed_as, checked_profile, profile_of
from unpact.graph.exchange import moved, plain, said

if TYPE_CHECKING:
    from collections.abc import Sequence

_TRIES = 3
_PAUSE = 0.2
_REDIRECTS = 5
_NO_ANSWER_YET = frozenset({502, 503, 504})
# these keep the method and the body; so do the older ones here, since a query is a query either way
_MOVED = frozenset({301, 302, 307, 308})
_SEE_OTHER = 303
_OK = range(200, 300)
_PART = 206
_NARROW = "Allow it more time, ask about fewer graphs, or check a copy of the data."
_HINTS = {
    401: f"Set {TOKEN}, or {USER} and {PASSWORD}, in the environment.",
    403: f"Set {TOKEN}, or {USER} and {PASSWORD}, of someone who may read it.",
    404: "Check the address: that of the queries often ends in /sparql or /query.",
    405: "Check the address: it has to take queries by POST.",
    406: "The service knows none of the formats of the SPARQL 1.1 recommendations.",
    413: "The query is longer than the service allows.",
    415: "Check the address: it has to take queries by POST.",
    429: "Wait, and ask again.",
}


class Refused(StoreError):  # noqa: N818 - it is a refusal, not a failure
    """A query that the service does not accept as a query (status 400)."""


class Service:
    """A SPARQL service.

    Args:
        url: of its queries.
        timeout: seconds that a whole answer may keep us waiting.
        transport: in place of the network.
        profile: the kind of service; None for what its first answer tells.

    Raises:
        UsageError: for an address or credentials that cannot be meant, and for an unknown kind.
    """

    def __init__(
        self,
        url: str,
        *,
        timeout: float,
        transport: httpx.BaseTransport | None = None,
        profile: str | None = None,
    ) -> None:
        self._chosen = checked_profile(profile)
        #: the kind of service by what it says itself; None before its first answer
        self.said: str | None = None
        self.address = address_of(url)
        self.name = self.address.shown
        self._credentials = credentials_for(self.address)
        self.timeout = timeout
        authorization = self._credentials.authorization
        headers = {} if authorization is None else {"Authorization": authorization}
        self._client = httpx.Client(headers=headers, timeout=timeout, transport=transport)

    @property
    def profile(self) -> str | None:
        """The kind of service: the one that was named, or else what it says itself, or its address."""
        return self._chosen or self.said or addressed_as(self.address.url)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, fields: Sequence[tuple[str, str]], accept: str) -> Answer:
        """Send a query, and give its answer while it still comes in.

        Args:
            fields: of the form: `query`, and the graphs to ask.
            accept: the media types that are understood, with their preference.

        Raises:
            StoreError: when there is no answer, or one that says no; `Refused` for a query that is refused.
        """
        response = self._sent(fields, accept)
        if self.said is None and response.status_code not in _NO_ANSWER_YET:
            self.said = profile_of(response.headers, self.address.url)
        if response.status_code not in _OK:
            self._refuse(response)
        if response.status_code == _PART or "X-SQL-State" in response.headers:
            # a part of the findings would pass for all of them
            response.close()
            raise StoreError("the service gave up and answered in part", where=self.name, hint=_NARROW)
        return Answer(response, self.timeout, self.failed)

    def failed(self, error: Exception) -> StoreError:
        """What went wrong on the way, as a sentence."""
        if isinstance(error, httpx.TimeoutException):
            message = f"the service did not answer within {self.timeout:g} seconds"
            return StoreError(message, where=self.name, hint=_NARROW)
        reason = plain(str(error), self._credentials) or type(error).__name__
        if isinstance(error, httpx.NetworkError):
            hint = "Check that the service runs, and its address."
            return StoreError(f"the service cannot be reached: {reason}", where=self.name, hint=hint)
        return StoreError(f"the service broke off: {reason}", where=self.name, hint="Ask again.")

    def _sent(self, fields: Sequence[tuple[str, str]], accept: str) -> httpx.Response:
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(_PAUSE * 2 ** (attempt - 1))
            last = attempt == _TRIES - 1
            try:
                response = self._followed(fields, accept)
            except httpx.TimeoutException as error:
                raise self.failed(error) from None
            except httpx.TransportError as error:
                if last:
                    raise self.failed(error) from None
            else:
                if last or response.status_code not in _NO_ANSWER_YET:
                    return response
                response.close()
        raise AssertionError("the last try returns or raises")

    def _followed(self, fields: Sequence[tuple[str, str]], accept: str) -> httpx.Response:
        """The answer, from wherever the same server has it: credentials go nowhere else."""
        url, method = self.address.url, "POST"
        for _ in range(_REDIRECTS + 1):
            # a repeated name is a list in httpx's form
            form: dict[str, list[str]] = {}
            for name, value in fields:
                form.setdefault(name, []).append(value)
            request = self._client.build_request(
                method, url, data=form if method == "POST" else None, headers={"Accept": accept}
            )
            response = self._client.send(request, stream=True)
            if response.status_code not in {*_MOVED, _SEE_OTHER} or "Location" not in response.headers:
                return response
            response.close()
            url = moved(self.address, str(response.url), response.headers["Location"])
            method = "GET" if response.status_code == _SEE_OTHER else method
        raise StoreError("the service sends each question somewhere else", where=self.name)

    def _refuse(self, response: httpx.Response) -> NoReturn:
        status = response.status_code
        told = said(response, self._credentials)
        told = f": {told}" if told else ""
        if status == 400:  # noqa: PLR2004 - the number is its name
            raise Refused(f"the service refuses the query{told}", where=self.name)
        phrase = f"{status} {response.reason_phrase}".strip()
        hint = _HINTS.get(status)
        if hint is None and status in _NO_ANSWER_YET:
            hint = f"It was asked {_TRIES} times; try later."
        raise StoreError(f"the service answers {phrase}{told}", where=self.name, hint=hint)
