"""--why: what made the rows of an answer match, each triple with its proof."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from unpact.cli.answer import announce_empty, answer_json, answer_text
from unpact.cli.running import supervised
from unpact.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from unpact.cli.options import OutputOptions
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


class WhyOptions(NamedTuple):
    """Whether an answer is explained: the number of a row, ``all`` or None, and a copy of the article."""

    row: str | None = None
    article: str | None = None


def why_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --why and --article, given to `command` as ``why``, a WhyOptions."""

    @functools.wraps(command)
    def packed(*args: Any, why: str | None, article: str | None, **rest: Any) -> Any:  # noqa: ANN401 - passed on
        if article is not None and why is None:
            raise click.UsageError("--article goes with --why.")
        return command(*args, why=WhyOptions(why, article), **rest)

    article = click.option(
        "--article",
        metavar="FILE",
        help="A copy of the article; --why then shows the words of the sentences.",
    )
    return click.option(
        "--why",
        metavar="[ROW]",
        is_flag=False,
        flag_value=_ALL,
        help="Say what made the row with this number match, or every row, down to file, line and sentence.",
    )(article(packed))


def check_format(output: OutputOptions, why: WhyOptions, only: Sequence[str] = GRAPHS) -> None:
    """Refuse a form that explanations do not have, or that `only` they have, before anything is asked.

    Raises UsageError.
    """
    if why.row is not None and output.format not in FORMATS:
        raise UsageError(
            f"an explanation has no form {output.format}", hint=f"Choose one of {', '.join(FORMATS)}."
        )
    if why.row is None and output.format in only:
        raise UsageError(f"{output.format} is a form of explanations", hint="Add --why, or choose another.")


def answer_why(
    explainer: Explainer,
    result: Result,
    why: WhyOptions,
    output: OutputOptions,
    *,
    timeout: float | None,
) -> None:
    """Explain the rows that `why` names, with the words of the sentences if it names a copy of the article.

    Raises UsageError for a row that the answer does not have, and for a query that cannot be taken apart.
    """
    from unpact.evidence.passages import passage_texts
    from unpact.why.matching import explain_rows

    numbers = _numbers(why.row or _ALL, len(result.rows))
    rows = [result.rows[number - 1] for number in numbers]
    explanations = supervised(
        lambda: explain_rows(explainer.graph, result.text, result.variables, rows), timeout=timeout
    )
    texts = passage_texts(explainer.graph, why.article)
    rule = f"query {result.query.name}" if result.query is not None else "query"
    _tell(explainer, list(zip(numbers, explanations, strict=True)), texts, rule, output)
    announce_empty(output, empty=not rows)


def _numbers(why: str, count: int) -> Sequence[int]:
    if why == _ALL:
        return range(1, count + 1)
    if not why.isdigit() or not 1 <= int(why) <= count:
        have = f"rows 1 to {count}" if count else "no rows"
        raise UsageError(f"the answer has no row {why!r}", hint=f"It has {have}.")
    return [int(why)]


def _tell(
    explainer: Explainer,
    explained: Sequence[tuple[int, Explanation]],
    texts: Mapping[str, str],
    rule: str,
    output: OutputOptions,
) -> None:
    if output.format == "json":
        answer_json(list(_as_json(explainer, explained, texts)), output)
    elif output.format == "table":
        answer_text(_trees(explainer, explained, texts), output)
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


def _trees(
    explainer: Explainer, explained: Iterable[tuple[int, Explanation]], texts: Mapping[str, str]
) -> Iterator[str]:
    from unpact.render.explanations import RowTree
    from unpact.render.tree import tree_lines

    tree = RowTree(explainer.why_fact, texts)
    for place, (number, explanation) in enumerate(explained):
        if place:
            yield ""
        branch = supervised(lambda number=number, each=explanation: tree.row(number, each))  # type: ignore[misc]
        yield from tree_lines(branch)


def _as_json(
    explainer: Explainer, explained: Iterable[tuple[int, Explanation]], texts: Mapping[str, str]
) -> Iterator[Mapping[str, object]]:
    from unpact.render.explanations import explanation_json
    from unpact.render.proofs import proof_json
    from unpact.render.results_json import typed

    def fact(triple: Fact) -> object:
        proof = explainer.why_fact(triple)
        if proof is not None:
            return proof_json(proof, texts, typed)  # type: ignore[arg-type]
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
