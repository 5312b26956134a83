"""The tree of the knowledge: `ontology/`, `data/` and `queries/` under one root."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from unpact.corpus.files import CorpusFile
from unpact.errors import StoreError, UsageError
from unpact.names import GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator

Layer: TypeAlias = Literal["article", "record"]

_MARK = Path("ontology", "unpact.ttl")


class Corpus:
    """The files of one tree, each list sorted by path.

    Args:
        root: the directory that holds `ontology`, `data` and `queries`.

    Raises:
        UsageError: when `root` holds no `ontology/unpact.ttl`.
    """

    def __init__(self, root: Path | str) -> None:
        self.root = Path(root)
        if not (self.root / _MARK).is_file():
            raise UsageError(
                f"there is no {_MARK.as_posix()} here",
                where=str(self.root),
                hint="Name a directory that holds ontology, data and queries.",
            )

    def ontology_files(self) -> list[CorpusFile]:
        """The ontology with its topics and alignments; neither shapes nor rules."""
        return [self._file(path, "ontology") for path in _sorted(self.root.glob("ontology/*.ttl"))]

    def data_files(self, layer: Layer | None = None) -> list[CorpusFile]:
        """The facts: those of one layer, or those of the article followed by those of the record."""
        layers: tuple[Layer, ...] = ("article", "record") if layer is None else (layer,)
        return [
            self._file(path, name)
            for name in layers
            for path in _sorted(self.root.glob(f"data/{name}/**/*.ttl"))
        ]

    def shape_files(self) -> list[CorpusFile]:
        """The SHACL shapes; the folder under `shapes` is their severity."""
        return [self._file(path, "shapes") for path in _sorted(self.root.glob("ontology/shapes/**/*.ttl"))]

    def rule_files(self) -> list[CorpusFile]:
        """The CONSTRUCT rules, in the order in which they run."""
        return [self._file(path, "rules") for path in _sorted(self.root.glob("ontology/rules/*.rq"))]

    @property
    def ontology_profile(self) -> Path | None:
        """How bad the findings of `unpact check-ontology` are in this tree; None where it has no opinion."""
        path = self.root / "ontology" / "profile.yaml"
        return path if path.is_file() else None

    def query_files(self) -> list[CorpusFile]:
        """The stored queries: `queries/<topic>/<name>.rq`."""
        return [self._file(path, "queries") for path in _sorted(self.root.glob("queries/*/*.rq"))]

    def _file(self, path: Path, layer: str) -> CorpusFile:
        relative = path.relative_to(self.root).as_posix()
        return CorpusFile(path, relative, GRAPH + relative[: -len(path.suffix)], layer)


def bundled() -> Corpus:
    """The tree that came with the package: inside it when installed, around it in a checkout.

    Raises:
        StoreError: when neither is there.
    """
    package = Path(__file__).resolve().parent.parent
    for root in (package / "_corpus", package.parent.parent):
        if (root / _MARK).is_file():
            return Corpus(root)
    raise StoreError("the ontology and data that belong to unpact are missing", hint="Install unpact again.")


def _sorted(paths: Iterator[Path]) -> list[Path]:
    return sorted((path for path in paths if path.is_file()), key=lambda path: path.as_posix())
