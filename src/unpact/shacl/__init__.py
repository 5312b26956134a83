"""The Shapes Constraint Language (SHACL, W3C 2017) as SPARQL: one query a constraint, over all focus nodes.

`shapes` reads a shapes graph, `plan` turns it into queries, `run` asks them of any graph, `report` writes the
answers as the recommendation's validation report. What no query can say goes to pyshacl, shape by shape.
"""
