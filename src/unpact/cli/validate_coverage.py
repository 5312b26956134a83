"""``unpact validate --coverage``: which triples of the data no shape looks at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from unpact.cli.answer import answer_json, answer_text

if TYPE_CHECKING:
    from unpact.cli.options import OutputOptions
    from unpact.cli.validate_options import Source


def show_coverage(path: tuple[str, ...], source: Source, output: OutputOptions) -> None:
    """Write how many triples of the facts some shape looks at, and the others by property.

    Raises:
        UsageError: for a path that cannot be read.
        DataSyntaxError: for a file that is not RDF.
        ShapesError: for shapes that SHACL does not allow.
    """
    from unpact.corpus import bundled, user_files
    from unpact.corpus.syntax import read_quads
    from unpact.validate.checked import checked_alone, checked_with_context
    from unpact.validate.shapes import Shapes
    from unpact.validate.soundness.coverage import looked_at
    from unpact.validate.soundness.coverage_text import as_dict, as_lines

    corpus, extra = bundled(), user_files(path)
    own = user_files(source.shapes)
    shapes = Shapes(own or corpus.shape_files())
    if source.alone and own:
        checked = checked_alone(extra)
    else:
        checked = checked_with_context(corpus, extra, alone=source.alone, cache=source.cache)
    # the ontology is not what shapes are for
    files = [file for file in checked.files if file.layer != "ontology"]
    facts = (quad.triple for file in files for quad in read_quads(file))
    found = looked_at(shapes.graph, checked.data, among=facts)
    if output.format in ("json", "jsonl"):
        answer_json(as_dict(found), output)
    else:
        answer_text(as_lines(found), output)
