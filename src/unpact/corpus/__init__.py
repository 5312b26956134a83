"""The files that the knowledge lives in: ontology, data, shapes, rules and queries, and the user's own RDF.

`Corpus` finds the files of a tree, `bundled()` the tree that came with the package, `user_files()` what the
user named.
"""

from __future__ import annotations

from unpact.corpus.files import CorpusFile, content_hash
from unpact.corpus.tree import Corpus, bundled
from unpact.corpus.user import user_files

__all__ = ["Corpus", "CorpusFile", "bundled", "content_hash", "user_files"]
