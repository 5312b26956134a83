"""--why: what made the rows of an answer match, each triple with its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from unpact.cli.answer import announce_empty, answer_json, answer_text
from unpact.cli.running import supervised
from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from unpact.cli.options import GraphOptions, OutputOptions
    from unpact.query.result import Result
    from unpact.why.parts import Explanation, Fact
    from unpact.why.proof import Proof, RowProof
    from unpact.why.run import Explainer

#: the forms of an explanation; the first is the tree
FORMATS = ("table", "json", "ttl", "mermaid", "dot")
#: those that a table of rows does not have, and those that no answer has
GRAPHS = ("ttl", "mermaid", "dot")
PICTURES = ("mermaid", "dot")
_ALL = "all"


def why_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --why, given to `command` as ``why``: the number of a row, ``all``, or None."""
    return click.option(
        "--why",
        metavar="[ROW]",
        is_flag=False,
        flag_value=_ALL,
        help="Say what made the row with this number match, or every row, down to file, line and sentence.",
    )(command)


def open_explainer(source: GraphOptions) -> Explainer:
    """What explains the graph that the options describe; errors as for `open_graph`."""
    from unpact.corpus import bundled, user_files
    from unpact.why.run import Explainer

    return supervised(
        lambda: Explainer(
            bundled(),
            source.view,
            user_files(source.data) if source.data else (),
            only_extra=source.only_data,
            cache=source.cache,
        )
    )


def check_format(output: OutputOptions, why: str | None, only: Sequence[str] = GRAPHS) -> None:
    """Refuse a form that explanations do not have, or that `only` they have, before anything is asked.

    Raises UsageError.
    """
    if why is not None and output.format not in FORMATS:
        raise UsageError(
            f"an explanation has no form {output.format}", hint=f"Choose one of {', '.join(FORMATS)}."
        )
    if why is None and output.format in only:
        raise UsageError(f"{output.format} is a form of explanations", hint="Add --why, or choose another.")


def answer_why(
    explainer: Explainer, result: Result, why: str, output: OutputOptions, *, timeout: float | None
) -> None:
    """Explain the rows that `why` names.

    Raises UsageError for a row that the answer does not have, and for a query that cannot be taken apart.
    """
    from unpact.why.matching import explain_rows

    numbers = _numbers(why, len(result.rows))
    rows = [result.rows[number - 1] for number in numbers]
    explanations = supervised(
        lambda: explain_rows(explainer.graph, result.text, result.variables, rows), timeout=timeout
    )
    rule = f"query {result.query.name}" if result.query is not None else "query"
    _tell(explainer, list(zip(numbers, explanations, strict=True)), rule, output)
    announce_empty(output, empty=not rows)


def _numbers(why: str, count: int) -> Sequence[int]:
    if why == _ALL:
        return range(1, count + 1)
    if not why.isdigit() or not 1 <= int(why) <= count:
        have = f"rows 1 to {count}" if count else "no rows"
        raise UsageError(f"the answer has no row {why!r}", hint=f"It has {have}.")
    return [int(why)]


def _tell(
    explainer: Explainer, explained: Sequence[tuple[int, Explanation]], rule: str, output: OutputOptions
) -> None:
    if output.format == "json":
        answer_json(list(_as_json(explainer, explained)), output)
    elif output.format == "table":
        answer_text(_trees(explainer, explained), output)
    else:
        proofs = supervised(lambda: [_row_proof(explainer, *each, rule) for each in explained])
        answer_graph(proofs, output)


def answer_graph(proofs: Iterable[Proof | RowProof], output: OutputOptions) -> None:
    """Write proofs as PROV-O or as a picture."""
    from unpact.render import proof_graphs

    if output.format == "ttl":
        from unpact.cli.output import opened
        from unpact.names import PREFIXES
        from unpact.render.turtle import write_ttl

        with opened(output.output) as stream:
            write_ttl(proof_graphs.proof_triples(proofs), stream, PREFIXES)
    elif output.format == "mermaid":
        answer_text(proof_graphs.proof_mermaid(proofs), output)
    else:
        answer_text(proof_graphs.proof_dot(proofs), output)


def _trees(explainer: Explainer, explained: Iterable[tuple[int, Explanation]]) -> Iterator[str]:
    from unpact.render.explanations import RowTree
    from unpact.render.tree import tree_lines

    tree = RowTree(explainer.why_fact, {})
    for place, (number, explanation) in enumerate(explained):
        if place:
            yield ""
        branch = supervised(lambda number=number, each=explanation: tree.row(number, each))  # type: ignore[misc]
        yield from tree_lines(branch)


def _as_json(
    explainer: Explainer, explained: Iterable[tuple[int, Explanation]]
) -> Iterator[Mapping[str, object]]:
    from unpact.render.explanations import explanation_json
    from unpact.render.proofs import proof_json
    from unpact.render.results_json import typed

    def fact(triple: Fact) -> object:
        proof = explainer.why_fact(triple)
        if proof is not None:
            return proof_json(proof, {}, typed)  # type: ignore[arg-type]
        return [typed(term) for term in triple]

    for number, explanation in explained:
        whole = explanation_json(explanation, typed, fact)  # type: ignore[arg-type]
        yield {"number": number, **whole} if isinstance(whole, dict) else {"number": number}


def _row_proof(explainer: Explainer, number: int, explanation: Explanation, rule: str) -> RowProof:
    from unpact.render.explanations import row_title
    from unpact.why.matching import facts
    from unpact.why.proof import RowProof, absences

    proofs = (explainer.why_fact(fact) for fact in facts(explanation))
    known = tuple(proof for proof in proofs if proof is not None)
    return RowProof(row_title(number, explanation), rule, known, tuple(absences(explanation)))
