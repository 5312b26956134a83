"""Exports on disk: one file, or a folder of several with a description and checksums, whole or not at all."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from unpact.atomic import replacing_folder, text_file
from unpact.errors import UsageError
from unpact.export.formats import COMPRESSED
from unpact.export.void import Distribution

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from unpact.export.exporter import Exporter
    from unpact.export.formats import Format, Target

#: The checksums of all files of a folder, as `sha256sum --check` reads them.
CHECKSUMS = "SHA256SUMS"
_TABLES = "datapackage.json"


def write(exporter: Exporter, target: Target, files: Sequence[Distribution] = ()) -> None:
    """Write what a target says; arguments and errors as for `write_file` and `write_folder`."""
    if target.path is None:
        raise UsageError("nothing says where the export goes", hint="Name a file or a folder.")
    if target.is_folder:
        write_folder(exporter, target.forms, target.path, files)
    else:
        write_file(exporter, target.forms[0], target.path, files)


def write_file(exporter: Exporter, form: Format, path: Path, files: Sequence[Distribution] = ()) -> None:
    """Write one file; a name that ends in `.gz` has it compressed.

    Args:
        exporter: gives the content.
        form: the format.
        path: where the file goes; an older one is replaced.
        files: the distributions that a description names.

    Raises:
        UsageError: when it cannot be written, or the format has no place for something.
    """
    with told(path), text_file(path, compressed=path.name.lower().endswith(COMPRESSED)) as stream:
        exporter.write(form, stream, files)


def write_folder(
    exporter: Exporter, forms: Sequence[Format], folder: Path, files: Sequence[Distribution] = ()
) -> None:
    """Write a folder with a file, or for tables a folder, for each format; with one format of tables alone
    these themselves. `SHA256SUMS` has the checksums of all, and a description names all that is beside it.

    Args:
        exporter: gives the content.
        forms: the formats.
        folder: what is there already must be an earlier export.
        files: further distributions that a description names.

    Raises:
        UsageError: when it cannot be written, when the folder holds other things, or a format has no place
            for something.
    """
    folder = folder.resolve()
    refuse_other_things(folder)
    with told(folder), replacing_folder(folder) as new:
        written: list[Distribution] = []
        # a description comes last, since it names the others
        for form in sorted(forms, key=lambda form: form.name == "void"):
            if form.is_folder:
                place = new if len(forms) == 1 else new / form.file
                place.mkdir(exist_ok=True)
                exporter.write_folder(place, form)
                described = place / _TABLES
                name = described.relative_to(new).as_posix()
                written.append(Distribution.of(described, name, "application/json", is_rdf=False))
                continue
            with text_file(new / form.file) as stream:
                exporter.write(form, stream, (*files, *written) if form.name == "void" else ())
            written.append(Distribution.of(new / form.file, form.file, form.media_type, is_rdf=form.is_rdf))
        write_checksums(new)


def refuse_other_things(folder: Path) -> None:
    """See that a folder may be replaced: that it is not there, is empty, or is an export.

    Raises:
        UsageError: with the name of something that is no part of an export.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file", hint="Name a folder with -o FOLDER.")
    ours = {CHECKSUMS, *_listed(folder / CHECKSUMS)}
    for name in _files(folder):
        if name not in ours:
            raise UsageError(
                f"{folder} holds other things, such as {name}",
                hint="Name another folder, or a new one in it.",
            )


def write_checksums(folder: Path) -> None:
    """Write `SHA256SUMS` over all files of a folder."""
    lines = []
    for name in _files(folder):
        file = Distribution.of(folder / name, name, "", is_rdf=False)
        lines.append(f"{file.sha256}  {name}\n")
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8", newline="\n")


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())


def _listed(checksums: Path) -> list[str]:
    try:
        lines = checksums.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    return [line.partition("  ")[2] for line in lines]


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Say in a sentence why something could not be written there. Raises UsageError in place of OSError."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UsageError(f"cannot write {path}: {reason}", hint="Name another place with -o.") from None
