"""Answers the calls of tools from one graph."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from unpact.errors import NetworkRefused, UnknownNameError, UnpactError, UsageError
from unpact.evidence.index import EvidenceIndex
from unpact.evidence.passages import passage_texts
from unpact.mcp.answers import CitedRows, Reply
from unpact.mcp.citations import citations
from unpact.mcp.schemas import checked, plain_values
from unpact.mcp.tools import input_schema, query_name
from unpact.query.resolve import Resolver
from unpact.render.labels import Labels

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from pyoxigraph import NamedNode

    from unpact.describe.wording import Noted
    from unpact.query.catalogue import Catalogue
    from unpact.query.result import Result
    from unpact.why.run import Explainer

Arguments = dict[str, Any]

# how hints that name a command begin it
_COMMAND = "unpact "


class Settings(NamedTuple):
    """How calls are answered.

    Args:
        most_rows: rows, lines or sentences in an answer; what is beyond them is cut, and said to be.
        timeout: seconds that a call may take.
        language: of labels.
        article: a copy of the article, for the words of sentences.
    """

    most_rows: int = 200
    timeout: float = 30
    language: str = "en"
    article: str | None = None


class Toolbox:
    """The tools at work on one graph.

    Args:
        explainer: holds the graph, and knows what follows from what.
        catalogue: the stored queries.
        settings: limits, language, and the article.

    Raises:
        UsageError: for a file that is not the article.
    """

    def __init__(self, explainer: Explainer, catalogue: Catalogue, settings: Settings) -> None:
        self._graph = explainer.graph
        self._derivations = explainer.derivations
        self._catalogue = catalogue
        self._settings = settings
        self._labels = Labels(self._graph, settings.language)
        self._resolver = Resolver(self._graph)
        self._evidence = EvidenceIndex(self._graph)
        self._texts = passage_texts(self._graph, settings.article)
        self._tools: Mapping[str, Callable[[Arguments], Reply]] = {
            "find": self._find,
            "show": self._show,
            "cite": self._cite,
            "sparql": self._sparql,
            "list_queries": self._list_queries,
            "run_query": self._run_query,
        }

    def call(self, name: str, arguments: Arguments) -> Reply:
        """The answer of the tool `name`; what is wrong with the call is an answer too."""
        try:
            schema = input_schema(name)
            if schema is None:
                return self._stored(query_name(name), arguments)
            return self._tools[name](checked(arguments, schema))
        except UnpactError as error:
            return Reply(_sentence(error), failed=True)

    def _stored(self, name: str, parameters: Arguments) -> Reply:
        from unpact.query.run import run

        query = self._catalogue.find(name)
        values = plain_values(parameters)
        most = self._settings.most_rows
        result = run(self._graph, query, values, resolver=self._resolver, most_rows=most)
        return self._answer(result, cite=True)

    def _run_query(self, arguments: Arguments) -> Reply:
        name = arguments["name"]
        try:
            self._catalogue.find(name)
        except UnknownNameError as error:
            raise UnknownNameError(
                error.message, hint=f"{_alternatives(error)}The tool list_queries tells all names."
            ) from None
        return self._stored(name, arguments["parameters"])

    def _sparql(self, arguments: Arguments) -> Reply:
        from unpact.query.run import run_text

        try:
            result = run_text(self._graph, arguments["query"], most_rows=self._settings.most_rows)
        except NetworkRefused as error:
            raise NetworkRefused(error.message, hint="Only the graph at hand is asked.") from None
        return self._answer(result, cite=arguments["cite"])

    def _answer(self, result: Result, *, cite: bool) -> Reply:
        from unpact.evidence.notes import touched
        from unpact.render.labels import things_in
        from unpact.render.notes import notes

        self._labels.load(things_in(result))
        sentences: list[tuple[NamedNode, ...]] = [() for _ in result.rows]
        uncited = None
        if cite:
            try:
                sentences = self._behind(result)
            except UsageError as error:
                # the rows are right all the same
                uncited = str(error)
        found = touched(self._graph, result, named=True)
        cited = self._citations(each for behind in sentences for each in behind)
        told = notes(self._graph, found, self._labels)
        return CitedRows(result, sentences, cited, told, uncited).reply(self._labels)

    def _behind(self, result: Result) -> list[tuple[NamedNode, ...]]:
        from unpact.evidence.rows import sentences_behind_rows

        return sentences_behind_rows(
            self._graph, result.text, result.variables, result.rows, self._evidence, self._derivations
        )

    def _citations(self, cited: Iterable[NamedNode]) -> list[dict[str, Any]]:
        return citations(self._graph, cited, self._labels, self._texts)

    def _find(self, arguments: Arguments) -> Reply:
        from unpact.describe.find import find
        from unpact.mcp.descriptions import matches_reply

        limit = min(arguments["limit"], self._settings.most_rows)
        return matches_reply(find(self._graph, arguments["text"], limit=limit), self._labels)

    def _show(self, arguments: Arguments) -> Reply:
        from unpact.describe.show import show
        from unpact.mcp.descriptions import DescribedThing
        from unpact.query.period import period_of

        period = period_of(arguments["as_of"])
        thing = self._resolver.resolve(arguments["thing"])
        description = show(self._graph, thing, period, self._derivations)
        whole = DescribedThing.of(description, self._labels, self._noted, self._settings.most_rows)
        return whole.only(arguments.get("sections")).reply(self._citations)

    @cached_property
    def _noted(self) -> Noted:
        from unpact.render.notes import noted_facts

        return noted_facts(self._graph, self._labels)

    def _cite(self, arguments: Arguments) -> Reply:
        from unpact.describe.cite import cite
        from unpact.mcp.descriptions import sentences_reply

        thing = self._resolver.resolve(arguments["thing"])
        found = cite(self._graph, thing, self._labels, self._derivations)
        most = self._settings.most_rows
        known = self._citations(each.sentence for each in found[:most])
        return sentences_reply(found, known, self._texts, most)

    def _list_queries(self, arguments: Arguments) -> Reply:
        from unpact.mcp.listing import queries_reply

        return queries_reply(self._catalogue, arguments.get("text", ""))


def _sentence(error: UnpactError) -> str:
    """What is wrong, for somebody who has tools in place of a command line."""
    if error.hint is None or _COMMAND not in error.hint:
        return str(error)
    hint = None
    if isinstance(error, UnknownNameError):
        hint = f"{_alternatives(error)}The tool find looks for names."
    return str(UnpactError(error.message, where=error.where, hint=hint))


def _alternatives(error: UnknownNameError) -> str:
    return f"Did you mean {' or '.join(error.suggestions)}? " if error.suggestions else ""
