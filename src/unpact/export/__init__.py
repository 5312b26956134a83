"""What the graph holds, in the formats of other tools: RDF in six syntaxes, tables, pictures, descriptions.

`selection` says which triples, `content` gives them, and each other module writes them in one format. The
same triples always give the same bytes, in whatever order they were loaded.
"""
