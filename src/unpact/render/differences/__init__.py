"""How two versions differ, as text for people, Markdown for a changelog, JSON, or an update that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from unpact.diff.model import Difference

#: text for people; a changelog; a document for programs; a SPARQL 1.1 Update
DIFFERENCE_FORMATS = ("text", "md", "json", "patch")


def write_difference(
    difference: Difference,
    format_name: str,
    stream: TextIO,
    language: str = "en",
    *,
    verbose: bool = False,
    color: bool = False,
) -> None:
    """Write a difference; the module behind a format is imported on use.

    Args:
        difference: what was found.
        format_name: one of DIFFERENCE_FORMATS.
        stream: where to.
        language: of labels.
        verbose: in text and Markdown, with the facts of things that were added or removed.
        color: in text, whether escape sequences of a terminal may be written.

    Raises:
        UsageError: for a patch that SPARQL 1.1 cannot write.
    """
    if format_name == "patch":
        stream.write(difference.patch())
        return
    from unpact.render.differences.wording import Wording

    wording = Wording(difference.words, language)
    if format_name == "json":
        from unpact.render.differences.document import write_document

        write_document(difference, wording, stream)
    elif format_name == "md":
        from unpact.render.differences.changelog import write_changelog

        write_changelog(difference, wording, stream, verbose=verbose)
    else:
        from unpact.render.differences.text import write_text

        write_text(difference, wording, stream, verbose=verbose, color=color)
