"""Where the ``unpact`` command and ``python -m unpact`` begin: Ctrl-C is heard from the first import on."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line; never returns."""
    try:
        from unpact.cli.main import main as run

        run()
    except KeyboardInterrupt:
        # anything later is caught where the work is; only the imports lie between here and there
        sys.stderr.write("unpact: interrupted\n")
        sys.stderr.flush()
        os._exit(130)


if __name__ == "__main__":
    main()
