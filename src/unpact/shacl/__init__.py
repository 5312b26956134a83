"""The Shapes Constraint Language (SHACL, W3C 2017) as SPARQL: one query a constraint, over all focus nodes.

`shapes` reads a shapes graph, `plan` turns it into queries, `run` asks them of any graph. What no query can
say goes to pyshacl, shape by shape. After a change, `looks` finds the nodes that it can affect, and `again`
asks these alone.
"""
