"""A coverage as lines of text, and as what JSON can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.validate.soundness.wording import word

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from unpact.validate.soundness.coverage import Coverage


def as_lines(coverage: Coverage) -> list[str]:
    """The coverage in words: a sentence, then each property with unseen triples, and examples of these."""
    if not coverage.triples:
        return ["There are no triples."]
    share = _percent(coverage)
    lines = [f"Some shape looks at {coverage.looked_at:,} of {coverage.triples:,} triples ({share} %)."]
    if coverage.unseen:
        lines.append("No shape looks at:")
    width = max((len(f"{each.triples:,}") for each in coverage.unseen), default=0)
    for each in coverage.unseen:
        rest = "all" if each.triples == each.of else f"of {each.of:,}"
        lines.append(f"  {each.triples:>{width},} {word(each.predicate)} ({rest})")
        lines += [f"  {'':{width}}   {_sentence(triple)}" for triple in each.examples]
    return lines


def as_dict(coverage: Coverage) -> dict[str, object]:
    """The coverage with terms in the syntax of N-Triples."""
    return {
        "triples": coverage.triples,
        "looked_at": coverage.looked_at,
        "unseen": [
            {
                "predicate": each.predicate.value,
                "triples": each.triples,
                "of": each.of,
                "examples": [
                    {
                        "subject": str(triple.subject),
                        "predicate": str(triple.predicate),
                        "object": str(triple.object),
                    }
                    for triple in each.examples
                ],
            }
            for each in coverage.unseen
        ],
    }


def _percent(coverage: Coverage) -> str:
    """Rounded down, so that only full coverage is called 100."""
    tenths = coverage.looked_at * 1000 // coverage.triples
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


def _sentence(triple: Triple) -> str:
    return f"{word(triple.subject)} {word(triple.predicate)} {word(triple.object)} ."
