"""What a check asks for, in words, with an example that fails it and the same example put right.

The words are made from the constraints of the shape, and the examples from the bundled data: a thing that
conforms, with one small change that the check was seen to find. The checks that are not shapes have examples
written by hand.
"""

from __future__ import annotations

from unpact.validate.explain.run import Explainer, Explanation

__all__ = ["Explainer", "Explanation"]
