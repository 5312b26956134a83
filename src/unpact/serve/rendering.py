"""HTML from templates. Every value is escaped, whatever a graph or a request says."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from unpact.names import compact
from unpact.serve.addresses import path_of
from unpact.serve.exchange import HTML, Reply, text
from unpact.serve.negotiation import best
from unpact.serve.styles import stamped

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyoxigraph import NamedNode

    from unpact.serve.exchange import Asked
    from unpact.serve.settings import Settings

_TEMPLATES = Path(__file__).parent / "templates"
_PAGE, _SENTENCE = "text/html", "text/plain"


class Renderer:
    """Makes pages.

    Args:
        settings: of the server.
        label: gives the words for a thing.

    Attributes:
        here: the path that a reply is made for, which the navigation marks.
    """

    def __init__(self, settings: Settings, label: Callable[[NamedNode], str]) -> None:
        self.here = ""
        self._templates = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(label=label, compact=compact, path_of=path_of)
        self._templates.globals.update(settings=settings, stamped=stamped)

    def html(self, template: str, /, **values: Any) -> bytes:  # noqa: ANN401 - as jinja takes them
        """A page."""
        return self._templates.get_template(template).render(values, here=self.here).encode()

    def failure(self, asked: Asked, sentence: str, status: int, hint: str | None = None) -> Reply:
        """What went wrong, as a page for browsers and as a sentence for all others."""
        if best(asked.accept, (_SENTENCE, _PAGE)) == _PAGE:
            content = self.html("failure.html", title="This did not work", sentence=sentence, hint=hint)
            return Reply(content, HTML, status, varies=True)
        joint = "" if sentence.endswith((".", "?", "!")) else "."
        whole = f"{sentence}{joint} {hint}" if hint else sentence
        return text(whole, status)._replace(varies=True)
