"""Checks of the data, each with a stable id, and what they find; `unpact.validate.shacl` runs the shapes."""

from __future__ import annotations

from unpact.finding import Finding, Severity

__all__ = ["Finding", "Severity"]
