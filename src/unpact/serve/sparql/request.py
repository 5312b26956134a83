"""A request for a query, after the SPARQL 1.1 Protocol (section 2.1), with a parameter `format` besides."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import parse_qsl

from unpact.serve.failures import RequestRefused

if TYPE_CHECKING:
    from unpact.serve.exchange import Asked

FORM, QUERY, _UPDATE = (
    "application/x-www-form-urlencoded",
    "application/sparql-query",
    "application/sparql-update",
)


class QueryRequest(NamedTuple):
    """What a client wants to know.

    Args:
        text: of the query; None where there is none.
        default_graphs: the graphs whose union is the default graph; they win over FROM in the text.
        named_graphs: the graphs that GRAPH sees, likewise.
        format: the name or the media type of a format, which wins over the header Accept.
        example: the stored query that the editor shows.
    """

    text: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    example: str | None = None

    def parameters(self) -> list[tuple[str, str]]:
        """The query and its dataset as the protocol writes them, for links to the same answer."""
        graphs = [("default-graph-uri", graph) for graph in self.default_graphs]
        graphs += [("named-graph-uri", graph) for graph in self.named_graphs]
        return [*([] if self.text is None else [("query", self.text)]), *graphs]


def read_request(asked: Asked) -> QueryRequest:
    """What a request says.

    Raises:
        RequestRefused: for an update, a media type that no query has, bytes that are not UTF-8, more than
            one query, and a POST without any.
    """
    fields, text = list(asked.query), None
    if asked.method == "POST":
        if asked.media_type == FORM:
            fields += _form(asked.body)
        elif asked.media_type == QUERY:
            text = _decoded(asked.body)
        else:
            raise _wrong_type(asked.media_type)
    if any(name == "update" for name, _ in fields):
        raise _update()
    texts = [value for name, value in fields if name == "query"] + ([] if text is None else [text])
    if len(texts) > 1:
        raise RequestRefused("a request has one query, and this one has several", HTTPStatus.BAD_REQUEST)
    if not texts and asked.method == "POST":
        hint = "Send it as the parameter query of a form, or as a body of the type application/sparql-query."
        raise RequestRefused("there is no query", HTTPStatus.BAD_REQUEST, hint=hint)

    def all_of(wanted: str) -> tuple[str, ...]:
        return tuple(value for name, value in fields if name == wanted)

    formats, examples = all_of("format"), all_of("example")
    return QueryRequest(
        texts[0] if texts else None,
        all_of("default-graph-uri"),
        all_of("named-graph-uri"),
        formats[0] if formats else None,
        examples[0] if examples else None,
    )


def _form(body: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(body.decode(), keep_blank_values=True, errors="strict")
    except UnicodeDecodeError:
        raise _not_utf8() from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _not_utf8() from None


def _not_utf8() -> RequestRefused:
    return RequestRefused("the query is not UTF-8", HTTPStatus.BAD_REQUEST)


def _update() -> RequestRefused:
    return RequestRefused("this server answers queries, and changes nothing", HTTPStatus.FORBIDDEN)


def _wrong_type(given: str) -> RequestRefused:
    if given == _UPDATE:
        return _update()
    kind = f"a body of the type {given}" if given else "a body without a type"
    hint = f"Choose {FORM} or {QUERY}."
    return RequestRefused(f"{kind} is no query", HTTPStatus.UNSUPPORTED_MEDIA_TYPE, hint=hint)
