"""A running server keeps to its OpenAPI description, whatever it is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

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
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(CONFIG)),
        *("run", f"{address}/openapi.json", "--seed", "1", "--workers", "2", "--no-color"),
        *("--phases", "examples,fuzzing", "--max-examples", "3", "--max-time", str(SECONDS)),
        *("--request-timeout", str(SECONDS)),
    ]
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**os.environ, "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": str(CONFIG.parent)},
        capture_output=True,
        text=True,
        timeout=5 * SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-5000:]
