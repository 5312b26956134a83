"""Mends literals that have exactly one safe mend: `proposed_fixes` finds them, `apply` writes them.

What is mended is a missing language tag, a wrong datatype, and blanks at the ends of a code. Nothing that
anybody wrote goes but such blanks, and nothing is mended that could be meant in two ways.
"""

from __future__ import annotations

from unpact.validate.fix.applying import apply
from unpact.validate.fix.proposing import Fix, Proposal, proposed_fixes

__all__ = ["Fix", "Proposal", "apply", "proposed_fixes"]
