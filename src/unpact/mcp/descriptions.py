"""What is found, shown and cited, as JSON and as the text that the command line prints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from unpact.describe.page import citation_page, description_page
from unpact.describe.wording import Section, as_of_line, heading, sections, things_in
from unpact.errors import UnknownNameError
from unpact.mcp.answers import Reply, legend, thing_json
from unpact.names import compact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from pyoxigraph import NamedNode

    from unpact.describe.cite import Citation
    from unpact.describe.find import Match
    from unpact.describe.show import Description
    from unpact.describe.wording import Noted
    from unpact.render.labels import Labels

Json = dict[str, Any]


def matches_reply(matches: Sequence[Match], labels: Labels) -> Reply:
    """The things that a name may mean."""
    labels.load(thing for match in matches for thing in (match.thing, *match.kinds))
    found = []
    lines = []
    for match in matches:
        known: Json = {
            "id": compact(match.thing.value),
            **thing_json(match.thing, labels),
            "kinds": [labels(kind) for kind in match.kinds],
            "name": match.name,
        }
        if match.language:
            known["language"] = match.language
        found.append(known)
        kinds = f" ({', '.join(known['kinds'])})" if match.kinds else ""
        other = f", called {match.name}" if match.name != known["label"] else ""
        lines.append(f"- {known['label']}{kinds}, {known['id']}{other}\n")
    return Reply("".join(lines) or "nothing is called like that\n", {"things": found})


@dataclass(frozen=True, slots=True)
class DescribedThing:
    """A description in words, a part of which may be shown.

    Args:
        thing: with its label.
        kinds: what it is.
        as_of: the period that it is described for.
        when: what its own dates say then, if they say anything.
        head: the lines above all sections.
        titles: of all sections, shown or not.
        sections: those that are shown.
        most_lines: how many lines are shown.
    """

    thing: Json
    kinds: Sequence[str]
    as_of: str
    when: str | None
    head: Sequence[str]
    titles: Sequence[str]
    sections: Sequence[Section]
    most_lines: int

    @classmethod
    def of(cls, description: Description, labels: Labels, noted: Noted, most_lines: int) -> DescribedThing:
        """A description in the words of `labels`, each fact with the notes that `noted` gives on it."""
        labels.load(things_in(description))
        found = sections(description, labels, noted)
        return cls(
            thing_json(description.thing, labels),
            [labels(kind) for kind in description.kinds],
            description.as_of,
            description.when,
            (heading(description, labels), as_of_line(description)),
            [section.title for section in found],
            found,
            most_lines,
        )

    def only(self, titles: Iterable[str] | None) -> DescribedThing:
        """The same with the sections of some titles, or with all where there are none.

        Raises:
            UnknownNameError: for a title that no section has.
        """
        wanted = {title.casefold(): title for title in titles or ()}
        if not wanted:
            return self
        known = {title.casefold() for title in self.titles}
        for folded, title in wanted.items():
            if folded not in known:
                hint = f"There are: {', '.join(self.titles)}."
                raise UnknownNameError(f"no section is called {title!r}", hint=hint)
        return replace(self, sections=[each for each in self.sections if each.title.casefold() in wanted])

    def reply(self, citations: Callable[[Iterable[NamedNode]], list[Json]]) -> Reply:
        """The sections as far as they fit; `citations` tells what is known of sentences and sources."""
        shown = self._fitting()
        left = sum(len(each.lines) for each in self.sections) - sum(len(each.lines) for each in shown)
        cited = citations(
            sentence for section in shown for line in section.lines for sentence in line.sentences
        )
        answer: Json = {
            "thing": self.thing,
            "kinds": list(self.kinds),
            "as_of": self.as_of,
            "titles": list(self.titles),
            "sections": [_section_json(section) for section in shown],
            "citations": cited,
            "cut": left > 0,
        }
        if self.when is not None:
            answer["when"] = self.when
        text = "".join(f"{line}\n" for line in description_page(self.head, shown))
        if left:
            text += f"\n{left:,} more lines are left out; the sections are: {', '.join(self.titles)}.\n"
        return Reply(text + legend(cited), answer)

    def _fitting(self) -> list[Section]:
        """The sections up to the line where there are enough."""
        ends = accumulate(len(section.lines) for section in self.sections)
        fitting = (
            Section(section.title, section.lines[: max(0, self.most_lines - end + len(section.lines))])
            for section, end in zip(self.sections, ends, strict=True)
        )
        return [section for section in fitting if section.lines]


def sentences_reply(
    found: Sequence[Citation], known: Sequence[Json], texts: Mapping[str, str], most: int
) -> Reply:
    """The sentences behind a thing, `most` of them, with what is known of each."""
    shown = found[:most]
    cut = len(found) > most
    text = "".join(f"{line}\n" for line in citation_page(shown, texts)) or "no sentence says anything of it\n"
    if cut:
        text += f"\nOnly {most:,} of {len(found):,} sentences are shown.\n"
    answer = {
        "sentences": [
            {"sentence": compact(each.sentence.value), "statements": list(each.statements)} for each in shown
        ],
        "citations": list(known),
        "cut": cut,
    }
    # the words of sentences are on the page already
    return Reply(text + legend([each for each in known if "text" not in each]), answer)


def _section_json(section: Section) -> Json:
    return {
        "title": section.title,
        "lines": [
            {
                "text": line.text,
                "sentences": [compact(each.value) for each in line.sentences],
                **({"notes": list(line.notes)} if line.notes else {}),
            }
            for line in section.lines
        ],
    }
