"""What is wrong with a query before it is run: stored or ad hoc SPARQL, held against the ontology.

`lint_query` reads one text, `Vocabulary` says what the graph knows. Scoping follows SPARQL 1.1 Query,
section 18.2; nothing here runs the query, and nothing reaches the network.
"""

from __future__ import annotations

from unpact.query.lint.run import lint_queries, lint_query
from unpact.query.lint.vocabulary import Vocabulary

__all__ = ["Vocabulary", "lint_queries", "lint_query"]
