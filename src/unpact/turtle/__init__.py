"""One concrete syntax tree of Turtle, for three uses: the place of each triple, `unpact fmt`, and `--fix`.

`terminals` has the words of the grammar (RDF 1.1 Turtle, section 6.5), `split` cuts a document into
statements at the speed of one regular expression, `parser` makes a tree of one statement when it is wanted,
and `triples` reads the triples off it in the order of the engine. On these stand `places`, `format` and
`edit`.
Nothing is normalised: each node knows from where to where it is written, so every byte can be found again.
"""
