"""Runs a command, and prints the time and processor time it took and the peak memory of its largest process.

Run it with ``watch.py SECONDS OUTPUT ERRORS COMMAND ...``; after so many seconds the command and all that it
started are ended. It is a process of its own because Linux counts the memory of the process that starts
another as memory of that other; this one imports next to nothing, so that it counts for little.
"""

import json
import os
import signal
import sys
import time

seconds, output, errors, *command = sys.argv[1:]
begin = time.perf_counter()
child = os.posix_spawnp(
    command[0],
    command,
    os.environ,
    file_actions=[
        (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
        (os.POSIX_SPAWN_OPEN, 2, errors, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    ],
    # a group of its own, so that what a shell script started ends with the script
    setpgroup=0,
    # Python itself ignores this one, and would hand that down
    setsigdef=[signal.SIGPIPE],
)
late = False


def end(number: int, _frame: object) -> None:
    """End the command: its time is over, or the benchmark was interrupted."""
    global late  # noqa: PLW0603 - a signal handler has no other way out
    late = number == signal.SIGALRM
    os.killpg(child, signal.SIGKILL)


for number in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
    signal.signal(number, end)
signal.setitimer(signal.ITIMER_REAL, float(seconds))
_, status, usage = os.wait4(child, 0)
spent = time.perf_counter() - begin
signal.setitimer(signal.ITIMER_REAL, 0)
# memory is the maximum over the command and the processes that it waited for, time the sum
measured = {
    "seconds": spent,
    "processor": usage.ru_utime + usage.ru_stime,
    "kilobytes": usage.ru_maxrss,
    "code": os.waitstatus_to_exitcode(status),
    "late": late,
}
sys.stdout.write(json.dumps(measured) + "\n")
