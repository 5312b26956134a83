from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_wheel_works_where_there_is_no_checkout(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path / "dist")]
    subprocess.run([*build, str(ROOT)], check=True, capture_output=True)
    (wheel,) = (tmp_path / "dist").iterdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
        packed = {name for name in archive.namelist() if not name.endswith("/")}

    needed = {
        f"unpact/_corpus/{path.relative_to(ROOT).as_posix()}"
        for folder in ("ontology", "data", "queries")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".ttl", ".rq", ".yaml")
    }
    needed |= {
        path.relative_to(ROOT / "src").as_posix()
        for path in (ROOT / "src").rglob("*")
        if path.suffix in (".py", ".rq", ".ttl", ".yaml", ".typed")
    }
    assert needed <= packed

    (tmp_path / "empty").mkdir()
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path / 'site')!r}); import unpact;"
        "knowledge = unpact.open(cache=False); print(unpact.__file__);"
        "print(knowledge.corpus.root); print(len(knowledge.query('party-status', state='Pakistan')) > 0)"
    )
    # -I: neither the folder, nor the environment, nor an installed checkout may lend it anything
    command = [sys.executable, "-I", "-c", program]
    run = subprocess.run(command, cwd=tmp_path / "empty", capture_output=True, text=True, check=True)
    package = tmp_path / "site" / "unpact"
    assert run.stdout.splitlines() == [str(package / "__init__.py"), str(package / "_corpus"), "True"]
