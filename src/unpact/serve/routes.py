"""The paths there are, and which view makes the reply to each; for the server and the workers alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.routing import compile_path

if TYPE_CHECKING:
    from re import Pattern

_VIEWS = "unpact.serve.views."


class Route(NamedTuple):
    """A kind of path.

    Args:
        path: with `{name}` where a part varies, `{name:path}` where it may have slashes, as Starlette has it.
        view: `module:function` in `unpact.serve.views`; the function takes the site, the request, and each
            part that varies by its name, and gives the reply.
        methods: that it answers, HEAD and OPTIONS aside.
        is_costly: whether the client writes what is computed; all workers but one may do that at a time.
    """

    path: str
    view: str
    methods: tuple[str, ...] = ("GET",)
    is_costly: bool = False

    @property
    def target(self) -> tuple[str, str]:
        """The module of the view, and its name there."""
        module, _, function = self.view.partition(":")
        return _VIEWS + module, function


#: In the order in which they are tried.
ROUTES = (
    Route("/", "home:home"),
    Route("/search", "search:search"),
    Route("/suggest", "search:suggest"),
    Route("/timeline", "timeline:timeline"),
    Route("/matrix", "matrix:matrix"),
    Route("/article", "article:article"),
    Route("/query", "questions:overview"),
    Route("/query/{name}", "questions:by_name"),
    Route("/query/{topic}/{name}", "questions:answer"),
    Route("/openapi.json", "openapi:document"),
    Route("/.well-known/void", "well_known:void"),
    Route("/.well-known/sparql-examples", "well_known:examples"),
    Route("/sparql", "sparql:endpoint", ("GET", "POST"), is_costly=True),
    Route("/graph-store", "graph_store:read"),
    Route("/about", "things:elsewhere"),
    Route("/about.{suffix}", "things:elsewhere"),
    *(
        Route(f"/{kind}/{{name:path}}", "things:thing")
        for kind in ("id", "topic", "source", "graph", "shape", "ontology")
    ),
    Route("/ontology", "things:thing"),
    Route("/ontology.{suffix}", "things:thing"),
    Route("/{path:path}", "home:missing"),
)

_PATTERNS: tuple[tuple[Pattern[str], Any, Route], ...] = tuple(
    (pattern, convertors, route) for route in ROUTES for pattern, _, convertors in (compile_path(route.path),)
)


def find(path: str) -> tuple[Route, dict[str, str]]:
    """The route of a path, and the parts that vary. The last route takes whatever no other does."""
    for pattern, convertors, route in _PATTERNS:
        match = pattern.match(path)
        if match is not None:
            return route, {name: convertors[name].convert(part) for name, part in match.groupdict().items()}
    raise AssertionError(path)
