"""The site as a worker has it: a graph that is open, and the way from a request to its reply."""

from __future__ import annotations

from functools import cached_property
from http import HTTPStatus
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from unpact.errors import UnpactError
from unpact.serve.exchange import HTML, Reply
from unpact.serve.failures import reply_to
from unpact.serve.routes import find

if TYPE_CHECKING:
    from collections.abc import Callable

    from unpact.describe.find import Finder
    from unpact.evidence.discrepancies import Discrepancy
    from unpact.evidence.premises import Premises
    from unpact.export.context import Context
    from unpact.graph.interface import Graph
    from unpact.knowledge import Knowledge
    from unpact.query.catalogue import Catalogue
    from unpact.query.resolve import Resolver
    from unpact.query.stored import StoredQuery
    from unpact.render.labels import Labels
    from unpact.serve.exchange import Asked
    from unpact.serve.rendering import Renderer
    from unpact.serve.settings import Settings, Source
    from unpact.validate.shapes import Shapes
    from unpact.why.run import Explainer


class Site:
    """Answers requests without HTTP. What it opens it keeps open, so it belongs to one thread.

    Args:
        settings: what is served, and within which limits.

    Raises:
        UnpactError: for facts that cannot be opened.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.knowledge = _opened(settings.source)
        if settings.source.article is not None:
            # what is not the article is refused now, and not on the first page that shows it
            self.passages  # noqa: B018 - read and kept

    def answer(self, asked: Asked) -> Reply:
        """The reply to a request. What goes wrong in a foreseen way is a reply, too."""
        route, parts = find(asked.path)
        module, name = route.target
        view = cast("Callable[..., Reply]", getattr(import_module(module), name))
        self.renderer.here = asked.path
        try:
            return view(self, asked, **parts)
        except UnpactError as error:
            return reply_to(error, asked, self.renderer)

    def page(self, template: str, /, status: int = HTTPStatus.OK, **values: Any) -> Reply:  # noqa: ANN401 - as jinja takes them
        """A page from a template of `unpact.serve.templates`; everything in it is escaped."""
        return Reply(self.renderer.html(template, **values), HTML, status)

    @property
    def graph(self) -> Graph:
        """What is served."""
        return self.knowledge.graph

    @property
    def catalogue(self) -> Catalogue:
        """The stored queries."""
        return self.knowledge.queries

    @property
    def explainer(self) -> Explainer:
        """What explains the graph; opened when it is first needed."""
        return self.knowledge.explainer

    @cached_property
    def premises(self) -> Premises:
        """Finds what triples of the explainer's graph rest on, and keeps what it found."""
        from unpact.evidence.index import EvidenceIndex
        from unpact.evidence.premises import Premises

        graph = self.explainer.graph
        return Premises(graph, EvidenceIndex(graph), self.explainer.derivations)

    @cached_property
    def questions(self) -> tuple[StoredQuery, ...]:
        """All stored queries, read once."""
        return tuple(self.catalogue)

    @cached_property
    def topics(self) -> dict[str, list[StoredQuery]]:
        """The same by topic."""
        found: dict[str, list[StoredQuery]] = {}
        for query in self.questions:
            found.setdefault(query.topic, []).append(query)
        return found

    @cached_property
    def discrepancies(self) -> tuple[Discrepancy, ...]:
        """Where the record and the article differ, looked up once."""
        from unpact.evidence.discrepancies import discrepancies

        return tuple(discrepancies(self.graph))

    @property
    def resolver(self) -> Resolver:
        """Finds things by their names."""
        return self.knowledge.resolver

    @property
    def labels(self) -> Labels:
        """The words for things; `load` those of a page at once before it is rendered."""
        return self.knowledge.labels

    @cached_property
    def finder(self) -> Finder:
        """Finds things by parts of their names."""
        from unpact.describe.find import Finder

        return Finder(self.graph, self.resolver)

    @cached_property
    def shapes(self) -> Shapes:
        """What the bundled data is checked against."""
        from unpact.validate.shapes import Shapes

        return Shapes(self.knowledge.corpus.shape_files())

    @cached_property
    def context(self) -> Context:
        """The short names of JSON-LD."""
        from unpact.export.context import context_of

        return context_of(self.graph)

    @cached_property
    def renderer(self) -> Renderer:
        """Makes HTML."""
        from unpact.serve.rendering import Renderer

        return Renderer(self.settings, self.labels)

    @cached_property
    def passages(self) -> dict[str, str]:
        """The text of each sentence by its IRI; empty without a copy of the article.

        Raises:
            UsageError: for a file that is not the article.
        """
        from unpact.evidence.passages import passage_texts

        return passage_texts(self.graph, self.settings.source.article)


def _opened(source: Source) -> Knowledge:
    from unpact.knowledge import Knowledge

    if source.store is not None:
        from unpact.opening import open_knowledge

        return open_knowledge(store=source.store, language=source.language)
    from unpact.corpus import bundled, user_files
    from unpact.why.run import Explainer

    corpus = bundled()
    extra = user_files(source.data)
    # its graph is the one that is asked, too: a worker holds one copy
    explainer = Explainer(corpus, source.view, extra, only_extra=source.only_data, cache=source.cache)
    return Knowledge(explainer.graph, corpus, language=source.language, explainer=lambda: explainer)
