"""A running server keeps to its OpenAPI description, whatever it is asked."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from unpact.serve.routes import ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

CONFIG = Path(__file__).with_name("schemathesis.toml")
SECONDS = 60


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "unpact", "serve", "--port", "0", "--workers", "2", "--timeout", "60"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        line = server.stderr.readline()
        try:
            yield line.split()[2].rstrip("/")
        finally:
            server.terminate()


@pytest.mark.slow
def test_no_request_is_answered_otherwise_than_described(address: str, tmp_path: Path) -> None:
    without_view = {route.path for route in ROUTES if find_spec(route.target[0]) is None}
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG)),
        *("run", f"{address}/openapi.json", "--seed", "1", "--workers", "2", "--no-color"),
        *("--phases", "examples,fuzzing", "--max-examples", "3", "--max-time", str(SECONDS)),
        *("--request-timeout", str(SECONDS)),
        *(word for path in without_view for word in ("--exclude-path", path.replace(":path}", "}"))),
    ]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=5 * SECONDS, check=False
    )
    assert done.returncode == 0, done.stdout[-5000:]
