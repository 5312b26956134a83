"""The table of countries that names are resolved against, derived from a public one.

    python -m unpact.importing.countries COUNTRY-CODES.csv [-o src/unpact/importing/countries.csv]

writes `countries.csv` again, byte for byte. COUNTRY-CODES.csv is `data/country-codes.csv` of
https://github.com/datasets/country-codes (public domain, PDDL 1.0): codes of ISO 3166-1 and M49, and the
names of the United Nations terminology database UNTERM, short and formal, in the six official languages.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from unpact.errors import UnpactError, UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent
LANGUAGES = {
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "ru": "Russian",
    "zh": "Chinese",
    "ar": "Arabic",
}
COLUMNS = (
    *("iso3", "iso2", "m49", "geonames", "wikidata", "independent", "article", "common"),
    *(f"{language}{form}" for language in LANGUAGES for form in ("", "_formal")),
)
"""Codes; `Yes` or whose territory it is; `the` where English wants it; the name in CLDR; then the names of
UNTERM."""

# articles stand in brackets behind short names, asterisks mark entities that are not members
_ARTICLE = re.compile(r"\s*\((?:the|les?|la|l['\u2019]|el|los|las)\)", re.IGNORECASE)
_ASTERISKS = re.compile(r"\s*\*+\s*")


def derive(rows: list[dict[str, str]]) -> str:
    """The table as CSV with lines that end in a newline, ordered by code.

    Args:
        rows: those of the public table.

    Raises:
        UsageError: when a column is missing.
    """
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    try:
        writer.writerows(sorted((_derived(row) for row in rows), key=lambda row: row["iso3"]))
    except KeyError as error:
        raise UsageError(
            f"the table has no column {error.args[0]!r}", hint="Take data/country-codes.csv of that project."
        ) from None
    return text.getvalue()


def _derived(row: Mapping[str, str]) -> dict[str, str]:
    short = row["UNTERM English Short"]
    derived = {
        "iso3": row["ISO3166-1-Alpha-3"],
        "iso2": row["ISO3166-1-Alpha-2"],
        "m49": row["M49"].zfill(3),
        "geonames": row["Geoname ID"],
        "wikidata": row["wikidata_id"].rpartition("/")[2],
        "independent": row["is_independent"],
        "article": "the" if "(the)" in short else "",
        "common": row["CLDR display name"].strip(),
    }
    for language, name in LANGUAGES.items():
        official = row["official_name_" + ("cn" if language == "zh" else language)]
        derived[language] = _bare(row[f"UNTERM {name} Short"] or official)
        derived[f"{language}_formal"] = _bare(row[f"UNTERM {name} Formal"])
    if not short:
        # as it is for a few states and all territories, whose English name is then a rewording
        derived["en"] = derived["common"].replace("\u2019", "'")
    return derived


def _bare(name: str) -> str:
    return _ASTERISKS.sub("", _ARTICLE.sub("", name)).strip()


def main(arguments: list[str] | None = None) -> int:
    """Write `countries.csv` from a copy of the public table; the exit code is 2 when that is not possible."""
    parser = argparse.ArgumentParser(prog="python -m unpact.importing.countries", description=main.__doc__)
    parser.add_argument("table", type=Path, help="a copy of the public table")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "countries.csv", help="the file to write")
    given = parser.parse_args(arguments)
    try:
        with given.table.open(encoding="utf-8-sig", newline="") as stream:
            text = derive(list(csv.DictReader(stream)))
        given.output.write_text(text, encoding="utf-8", newline="")
    except (OSError, UnpactError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - the one sentence that a bad input gets
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
