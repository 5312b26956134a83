"""One check in words, with what fails it and the same put right."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from unpact.corpus import bundled
from unpact.errors import ShapesError
from unpact.shacl.scope import NotCompilable
from unpact.validate.explain.catalogue import all_checks
from unpact.validate.explain.constraints import Constraints
from unpact.validate.explain.example import example_of
from unpact.validate.explain.naming import Naming
from unpact.validate.explain.sentences import queries, sentences
from unpact.validate.explain.sites import asks_something, sites_of
from unpact.validate.explain.trial import Trial
from unpact.validate.explain.written import written_example

if TYPE_CHECKING:
    from unpact.validate.checks import Check
    from unpact.validate.explain.example import Example
    from unpact.validate.explain.sites import Site
    from unpact.validate.shapes import Shapes

_GROUPED = "Nothing is found under this name: its parts have names, and examples, of their own."
_NO_NODES = "There is no example, since no node of the bundled data is one of those that the check looks at."
_NOT_FOUND = "There is no example: no small change of the bundled data makes the check find something."


class Explanation(NamedTuple):
    """One check explained.

    Args:
        check: id, severity, title, and where it is written.
        demands: what has to be true, a whole sentence each.
        queries: that the demands speak of, as SPARQL.
        message: that people see where it is not true, if the check has one of its own.
        nodes: how many nodes of the bundled data it looks at; None for a check that is not of nodes.
        example: written by hand where there is one, else made from the bundled data.
        note: why there is no example.
    """

    check: Check
    demands: tuple[str, ...]
    queries: tuple[str, ...] = ()
    message: str | None = None
    nodes: int | None = None
    example: Example | None = None
    note: str | None = None


class Explainer:
    """Explains checks; the data is read when it is first needed.

    Args:
        shapes: whose checks there are beside the others.
        cache: whether the data may come from disk, and be kept there.
    """

    def __init__(self, shapes: Shapes, *, cache: bool = True) -> None:
        self.shapes = shapes
        self.checks: dict[str, Check] = {}
        for check in all_checks(shapes, places=True):
            # a name that a user's shapes share with another check means the user's
            self.checks[check.id] = check
        self._of_shapes = {check.id for check in shapes.checks()}
        self._cache = cache
        self._trial: Trial | None = None

    @property
    def trial(self) -> Trial:
        """The bundled data, to look into and to change."""
        if self._trial is None:
            from unpact.validate.checked import checked_with_context

            data = checked_with_context(bundled(), [], cache=self._cache).data
            self._trial = Trial(data, self.shapes)
        return self._trial

    def explain(self, identifier: str) -> Explanation:
        """Explain the check with an id.

        Raises:
            KeyError: for an id that no check has.
            ShapesError: for a shape that SHACL does not allow.
        """
        check = self.checks[identifier]
        if identifier not in self._of_shapes:
            return Explanation(check, (check.help,), example=written_example(identifier))
        sites = sites_of(self.shapes, identifier)
        constraints = Constraints(self.shapes.graph, Naming(self.trial.store))
        told = Explanation(
            check,
            tuple(sentences(self.shapes, constraints, sites)),
            tuple(queries(self.shapes, sites)),
            next((text for site in sites if (text := self.shapes.message(site.shape.messages))), None),
        )
        return self._with_example(told, sites)

    def _with_example(self, told: Explanation, sites: list[Site]) -> Explanation:
        try:
            nodes = len({node for site in sites for node in self.trial.focus_nodes(site.root)})
            if not any(asks_something(self.shapes.graph, site.shape) for site in sites):
                return told._replace(nodes=nodes, message=None, note=_GROUPED)
            if not nodes:
                return told._replace(nodes=0, note=_NO_NODES)
            example = written_example(told.check.id) or example_of(
                self.shapes, self.trial, sites, told.check.id
            )
        except (NotCompilable, ShapesError) as reason:
            return told._replace(note=f"There is no example, since {reason}.")
        return told._replace(nodes=nodes, example=example, note=None if example else _NOT_FOUND)
