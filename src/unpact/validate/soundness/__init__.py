"""Whether "conforms" means that something was checked: the shapes themselves, and how they meet the data.

A validation passes when no shape objects, and so it passes too when a shape is misspelt, has no target, or
is for a class that nothing belongs to. `run` looks for these, and `coverage` tells which triples no shape
looks at.
"""
