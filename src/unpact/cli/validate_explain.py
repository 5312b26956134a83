"""``unpact validate --explain CHECK``: what a check asks for, what fails it, and the same put right."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from unpact.cli.answer import answer_json, answer_text
from unpact.cli.reporting import wrapped
from unpact.finding import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from unpact.cli.options import OutputOptions
    from unpact.cli.validate_options import Source
    from unpact.validate.checks import Check
    from unpact.validate.explain import Explanation
    from unpact.validate.explain.example import Example

_JSON = ("json", "jsonl")


def explain_check(check: str, source: Source, output: OutputOptions) -> None:
    """Write what a check asks for, with an example; for a pattern that fits several, their ids and titles.

    Args:
        check: an id such as ``must/treaty-act-date``, its part behind the slash, or a pattern.
        source: whose shapes are meant.
        output: text, or JSON where that is its format.

    Raises:
        UnknownNameError: for a check that there is not, with the nearest that there are.
        UsageError: for a file that cannot be read.
        DataSyntaxError: for a file of shapes that is not RDF.
        ShapesError: for shapes that SHACL does not allow.
    """
    from unpact.corpus import bundled, user_files
    from unpact.validate.explain import Explainer
    from unpact.validate.selection import Selection
    from unpact.validate.shapes import Shapes

    shapes = Shapes(user_files(source.shapes) or bundled().shape_files())
    explainer = Explainer(shapes, cache=source.cache)
    selection = Selection(select=(check,))
    selection.refuse_unknown(explainer.checks)
    # an id is itself, even where it could be read as a pattern
    found = [check] if check in explainer.checks else list(filter(selection.takes, explainer.checks))
    if len(found) > 1:
        _list([explainer.checks[each] for each in found], output)
        return
    explanation = explainer.explain(found[0])
    if output.format in _JSON:
        answer_json(_as_json(explanation), output)
    else:
        answer_text(_page(explanation), output)


def _list(checks: list[Check], output: OutputOptions) -> None:
    if output.format in _JSON:
        answer_json([{"id": each.id, "title": each.title} for each in checks], output)
        return
    width = max(len(each.id) for each in checks)
    lines = [f"{each.id:<{width}}  {each.title}" for each in checks]
    answer_text([*lines, "", f"{len(checks)} checks fit; explain one of them by its id."], output)


def _page(told: Explanation) -> Iterator[str]:
    check = told.check
    yield f"{check.id}  {check.severity}"
    yield check.title
    yield ""
    for sentence in told.demands:
        yield from wrapped(sentence)
    for query in told.queries:
        yield from ("", *textwrap.indent(query, "    ").splitlines())
    if told.message:
        yield from ("", "What you are told:", *wrapped(told.message, "  "))
    if check.mend:
        yield from ("", "What to do:", *wrapped(check.mend, "  "))
    yield from _where(told)
    if told.example is not None:
        for title, text in (("Fails:", told.example.fails), ("Mended:", told.example.mended)):
            yield from ("", title, *_shown(text, told.example))
    if told.note:
        yield from ("", *wrapped(told.note))


def _where(told: Explanation) -> Iterator[str]:
    check, nodes = told.check, told.nodes
    if check.file is not None or nodes is not None:
        yield ""
    if check.file is not None:
        yield f"Written in {Place(check.file, check.line)}"
    if nodes is not None:
        yield f"Looks at {nodes:,} node{'' if nodes == 1 else 's'} of the bundled data"


def _shown(text: str, example: Example) -> list[str]:
    """The lines of an example, without the prefixes that every reader of these pages knows."""
    lines = [line.replace("\t", "    ") for line in text.strip().splitlines()]
    if example.syntax == "turtle":
        lines = [line for line in lines if not line.startswith("@prefix ")]
    return [f"    {line}" if line else "" for line in lines]


def _as_json(told: Explanation) -> dict[str, object]:
    example = told.example
    return {
        **told.check._asdict(),
        "demands": list(told.demands),
        "queries": list(told.queries),
        "message": told.message,
        "nodes": told.nodes,
        "example": None if example is None else example._asdict(),
        "note": told.note,
    }
