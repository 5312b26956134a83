"""Who loads: what the environment says, else `~/.netrc`. Never the command line, which others can read."""

from __future__ import annotations

import netrc
import os
from pathlib import Path
from typing import TYPE_CHECKING

from unpact.errors import UsageError
from unpact.graph.address import Credentials, credentials

if TYPE_CHECKING:
    from unpact.graph.address import Address


def credentials_for(address: Address) -> Credentials:
    """Who asks at an address.

    The entry of `~/.netrc`, or of the file that NETRC names, has to name the very host: what stands there as
    `default` was not meant for any server that a command happens to name.

    Raises:
        UsageError: for environment variables that contradict each other, and for a netrc file that cannot be
            read.
    """
    told = credentials()
    return _in_netrc(address.origin[1]) if told == Credentials() else told


def _in_netrc(host: str) -> Credentials:
    named = os.environ.get("NETRC")
    path = Path(named) if named else Path.home() / ".netrc"
    try:
        entry = netrc.netrc(str(path)).hosts.get(host)
    except FileNotFoundError:
        return Credentials()
    except (OSError, UnicodeDecodeError):
        raise UsageError("the file cannot be read", where=str(path)) from None
    except netrc.NetrcParseError as error:
        # its message may quote a password, its line number does not
        raise UsageError(
            "the file is not written as netrc files are", where=f"{path}:{error.lineno}"
        ) from None
    if entry is None:
        return Credentials()
    user, _, password = entry
    return Credentials(user or "", password or "")
