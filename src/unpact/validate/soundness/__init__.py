"""Whether "conforms" means that something was checked: the shapes themselves, and how they meet the data.

A validation passes when no shape objects, and so it passes too when a shape is misspelt, has no target, or
is for a class that nothing belongs to. `run` looks for these, and `coverage` tells which triples no shape
looks at.
"""

from __future__ import annotations

from unpact.validate.soundness.checks import CHECKS
from unpact.validate.soundness.coverage import Coverage, Unseen, looked_at
from unpact.validate.soundness.run import shapes_findings, soundness_findings

__all__ = ["CHECKS", "Coverage", "Unseen", "looked_at", "shapes_findings", "soundness_findings"]
