"""Checks of an OWL ontology that need nothing but its files, after OOPS! and FOOPS!.

Each check is a query, `checks/<group>/<name>.rq`, whose header says what it finds and what to do about it.
How bad that is stands in a profile, so that a project can have its own opinion. What several checks ask for
is marked once, by the queries in `marks/`, before any of them runs.

OOPS!, the OntOlogy Pitfall Scanner (https://oops.linkeddata.es/catalogue.jsp), numbers pitfalls from P01 to
P41; FOOPS! (https://w3id.org/foops/catalogue) tests whether an ontology is findable, accessible,
interoperable and reusable. A header names those that it follows.
"""

from __future__ import annotations
