"""``unpact why``: the proof of a triple, down to the file, the line and the sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.answer import answer_json, answer_text
from unpact.cli.explaining import FORMATS, answer_graph
from unpact.cli.opening import open_explainer
from unpact.cli.options import GraphOptions, OutputOptions, graph_options, output_options
from unpact.cli.running import supervised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Triple

    from unpact.reason.codes import Term
    from unpact.why.otherwise import Otherwise
    from unpact.why.proof import Proof
    from unpact.why.run import Lacking

_NEAREST = 5


@click.command(
    "why",
    epilog=(
        "Examples: unpact why pakistan memberOf CND; unpact why id:unodc a org:Organization;"
        " unpact why UNTOC unp:supplementedBy 'TIP Protocol' -f dot"
    ),
)
@click.argument("subject")
@click.argument("predicate")
@click.argument("value", metavar="OBJECT")
@click.option(
    "--article", metavar="FILE", help="A copy of the article; its SHA-256 is checked. Adds the text."
)
@click.option(
    "--all", "every", is_flag=True, help="Show every last step that leads there, the shortest first."
)
@output_options(FORMATS)
@graph_options
def command(
    subject: str,
    predicate: str,
    value: str,
    source: GraphOptions,
    output: OutputOptions,
    article: str | None,
    *,
    every: bool,
) -> None:
    """Say why a triple holds: the rule, what it follows from, and the file, line and sentence of each.

    SUBJECT and OBJECT are any names that "unpact show" takes, OBJECT also a value such as 53 or
    "2016"^^xsd:gYear; PREDICATE is a property by its CURIE or local name, or a. Of what does not hold, the
    nearest reason is named: which premise is missing.
    """
    from unpact.evidence.passages import passage_texts
    from unpact.why.claim import triple_of

    explainer = open_explainer(source)
    triple = triple_of(explainer.graph, subject, predicate, value)
    proofs = supervised(lambda: explainer.all_ways(triple) if every else _first(explainer.why(triple)))
    if proofs:
        _tell(proofs, passage_texts(explainer.graph, article), output, every=every)
    else:
        ways, others = supervised(lambda: (explainer.why_not(triple), explainer.otherwise(triple)))
        _deny(triple, ways, others, output)
    if output.fail_empty and not proofs:
        click.get_current_context().exit(1)


def _first(proof: Proof | None) -> list[Proof]:
    return [] if proof is None else [proof]


def _tell(known: list[Proof], texts: Mapping[str, str], output: OutputOptions, *, every: bool) -> None:
    from unpact.render import proofs

    if output.format == "json":
        from unpact.render.results_json import typed

        found = [proofs.proof_json(proof, texts, typed) for proof in known]  # type: ignore[arg-type]
        answer_json(found if every else found[0], output)
    elif output.format == "table":
        answer_text(_trees(known, texts), output)
    else:
        answer_graph(known if every else known[:1], output)


def _trees(known: Iterable[Proof], texts: Mapping[str, str]) -> Iterator[str]:
    from unpact.render.proofs import Explained
    from unpact.render.tree import tree_lines

    for number, proof in enumerate(known):
        if number:
            yield ""
        yield from tree_lines(Explained(texts).branch(proof))


def _deny(triple: Triple, ways: list[Lacking], others: list[Otherwise], output: OutputOptions) -> None:
    from unpact.notation import statement
    from unpact.render import proofs

    if output.format == "json":
        from unpact.render.results_json import typed

        answer_json(proofs.lacking_json(triple, ways, others, typed), output)  # type: ignore[arg-type]
        return
    answer_text([f"{statement(triple)} does not hold", *_reasons(ways, others)], output)


def _reasons(ways: list[Lacking], others: list[Otherwise]) -> Iterator[str]:
    from unpact.notation import statement
    from unpact.why.readings import reading

    if not ways and not others:
        yield "It is not written in any file, and no rule could conclude it."
        return
    yield "It is not written in any file."
    for each in others:
        yield from _instead(each)
    if ways:
        yield "It would follow:"
    for way in ways[:_NEAREST]:
        yield f"  by {way.rule} ({reading(way.rule)}), if this held: {_pattern(way.lacking)}"
        for known in (*way.found, *way.axioms):
            yield f"    since {statement(known)}"
    if len(ways) > _NEAREST:
        yield f"  or in {len(ways) - _NEAREST} other ways"


def _pattern(terms: Iterable[Term | None]) -> str:
    """A triple some of whose terms are None, which stands for anything."""
    from unpact.notation import typed_words

    written = ("?" if term is None else typed_words(term) for term in terms)
    return " ".join("a" if word == "rdf:type" else word for word in written)


def _instead(other: Otherwise) -> Iterator[str]:
    from unpact.notation import typed_words
    from unpact.render.rows import one_line

    yield f"By {other.rule} ({other.reading})"
    if other.values:
        yield f"  it is {', '.join(map(typed_words, other.values))}"
    elif other.failed:
        yield f"  nothing follows for this subject: nothing goes with {one_line(other.failed)}"
    else:
        yield "  nothing follows for this subject"
