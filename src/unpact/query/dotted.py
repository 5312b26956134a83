"""Prefixed names with several dots, such as the sentence ``s:2.4.1``, written out as IRIs.

SPARQL 1.1 allows dots inside a local name (rule 169, PN_LOCAL), but Oxigraph reads no further than the
second one.
"""

from __future__ import annotations

from unpact.names import PREFIXES
from unpact.query.tokens import declared_prefixes, expand_token, significant, tokenize

_TOO_MANY = 2


def write_out_dotted(text: str) -> str:
    """`text` with each such name as an IRI; a name whose prefix is not known stays as it is."""
    if text.count(".") < _TOO_MANY:
        return text
    tokens = tokenize(text)
    prefixes = {**PREFIXES, **declared_prefixes(significant(tokens))}
    parts = []
    for token in tokens:
        dotted = token.kind == "pname" and token.text.count(".") >= _TOO_MANY
        iri = expand_token(token, prefixes) if dotted else None
        parts.append(token.text if iri is None else f"<{iri}>")
    return "".join(parts)
