"""Reads a table with the csv module and counts its rows: the least that any import of it has to do."""

import csv
import sys
from pathlib import Path

with Path(sys.argv[1]).open(encoding="utf-8-sig", newline="") as stream:
    print(sum(1 for _ in csv.reader(stream)))  # noqa: T201 - the answer
