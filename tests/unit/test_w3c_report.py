from __future__ import annotations

import io

import rdflib
from pyoxigraph import RdfFormat, Triple, parse
from rdflib.compare import isomorphic
from rdflib.namespace import SH

from unpact.graph.rdflib_engine import graph_of
from unpact.names import PREFIXES
from unpact.render.turtle import write_ttl
from unpact.shacl.engine import in_memory, validate_graph
from unpact.shacl.shapes import ShapesGraph
from unpact.validate.w3c import report_triples

HEAD = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
DATA = 'id:a unp:p "x" , "y" ; unp:q id:b . id:b unp:p 7 .'


def triples_of(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(HEAD + text, format=RdfFormat.TURTLE)]


def report(shapes: str, data: str = DATA) -> rdflib.Graph:
    graph = ShapesGraph(triples_of(shapes))
    return graph_of(report_triples(validate_graph(in_memory(triples_of(data)), graph).results, graph))


def is_report(found: rdflib.Graph, text: str) -> bool:
    return isomorphic(found, rdflib.Graph().parse(data=HEAD + text, format="turtle"))


def test_data_that_conforms_gives_a_report_that_says_so() -> None:
    found = report("unp:s a sh:NodeShape ; sh:targetNode id:a ; sh:nodeKind sh:IRI .")
    assert is_report(found, "[] a sh:ValidationReport ; sh:conforms true .")


def test_a_result_says_what_section_3_6_2_asks() -> None:
    found = report(
        "unp:s a sh:PropertyShape ; sh:targetNode id:b ; sh:path unp:p ; sh:datatype xsd:string ;"
        ' sh:severity sh:Warning ; sh:message "A string."@en , "Eine Zeichenkette."@de .'
    )
    assert is_report(
        found,
        "[] a sh:ValidationReport ; sh:conforms false ; sh:result [ a sh:ValidationResult ;"
        " sh:focusNode id:b ; sh:resultPath unp:p ;"
        " sh:value 7 ; sh:resultSeverity sh:Warning ; sh:sourceShape unp:s ;"
        " sh:sourceConstraintComponent sh:DatatypeConstraintComponent ;"
        ' sh:resultMessage "A string."@en , "Eine Zeichenkette."@de ] .',
    )


def test_a_constraint_on_a_count_gives_no_value() -> None:
    found = report("unp:s a sh:PropertyShape ; sh:targetNode id:a ; sh:path unp:p ; sh:maxCount 1 .")
    assert (None, SH.value, None) not in found
    assert len(list(found.objects(None, SH.result))) == 1


def test_a_path_that_has_no_name_stands_in_the_report() -> None:
    found = report(
        "unp:s a sh:PropertyShape ; sh:targetNode id:b ; sh:maxCount 0 ;"
        " sh:path ( [ sh:inversePath unp:q ] [ sh:alternativePath ( unp:p unp:q ) ] ) ."
    )
    (path,) = found.objects(None, SH.resultPath)
    ends = {*found.cbd(path).objects()}
    assert {rdflib.URIRef(PREFIXES["unp"] + name) for name in "pq"} <= ends


def test_a_shape_that_has_no_name_stands_in_the_report() -> None:
    found = report(
        "unp:s a sh:NodeShape ; sh:targetNode id:b ; sh:property [ sh:path unp:r ; sh:minCount 1 ] ."
    )
    (shape,) = found.objects(None, SH.sourceShape)
    assert isinstance(shape, rdflib.BNode)
    assert found.value(shape, SH.minCount) == rdflib.Literal(1)


def test_the_results_of_a_nested_shape_are_details() -> None:
    found = report(
        "unp:s a sh:NodeShape ; sh:targetNode id:b ; sh:node unp:t ."
        " unp:t a sh:NodeShape ; sh:property [ sh:path unp:r ; sh:minCount 1 ] ."
    )
    (result,) = found.objects(None, SH.result)
    (detail,) = found.objects(result, SH.detail)
    assert found.value(result, SH.sourceConstraintComponent) == SH.NodeConstraintComponent
    assert found.value(detail, SH.sourceConstraintComponent) == SH.MinCountConstraintComponent
    assert (None, SH.result, detail) not in found


def test_the_constraint_in_sparql_stands_in_the_report() -> None:
    found = report(
        "unp:s a sh:NodeShape ; sh:targetNode id:b ; sh:sparql [ sh:message 'Too high: {?value}' ; sh:select"
        ' """SELECT $this ?value WHERE { $this <https://w3id.org/unpact/ontology#p> ?value }""" ] .'
    )
    (result,) = found.objects(None, SH.result)
    assert found.value(found.value(result, SH.sourceConstraint), SH.select) is not None
    assert str(found.value(result, SH.resultMessage)) == "Too high: 7"


def test_written_as_turtle_the_report_is_the_same() -> None:
    shapes = ShapesGraph(
        triples_of(
            "unp:s a sh:NodeShape ; sh:targetNode id:a , id:b ;"
            " sh:property [ sh:path [ sh:inversePath unp:q ] ; sh:maxCount 0 ;"
            ' sh:message "a \\"b\\"\\n"@en ] .'
        )
    )
    triples = report_triples(validate_graph(in_memory(triples_of(DATA)), shapes).results, shapes)
    stream = io.StringIO()
    write_ttl(triples, stream, PREFIXES)
    assert isomorphic(rdflib.Graph().parse(data=stream.getvalue(), format="turtle"), graph_of(triples))
