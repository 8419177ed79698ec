"""`digest-graph` and `python -m pipeline`: the only place that exits."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from io import TextIOWrapper

OBJECTS_BETWEEN_COLLECTIONS = 200_000
"""Records hold no cycles, and looking for some every 700 objects takes a third of all the time."""
STOPPED = 130
"""What typer exits with after Ctrl-C."""
_GOES_ON = (
    "stopped; every file is whole, or as it was before. "
    "What services answered is kept: the same command goes on from there."
)


def main() -> None:
    """Runs the command line; exits 0, 1 (failed) or 2 (asked for wrongly)."""
    _open_what_was_closed()
    for stream in (sys.stdout, sys.stderr):
        # A pipe in another encoding than UTF-8 gets escapes for what it cannot hold.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS, 50, 100)
    # Loading takes a while, in which Ctrl-C is no traceback either.
    from pipeline.cli.app import app
    from pipeline.cli.terminal import say
    from pipeline.model.errors import DigestGraphError

    try:
        app()
    except DigestGraphError as error:
        say(f"digest-graph: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        named = f"{error.filename}: " if error.filename else "cannot go on: "
        say(f"digest-graph: {named}{error.strerror or error}.", err=True)
        sys.exit(DigestGraphError.exit_code)
    except SystemExit as stop:
        if stop.code == STOPPED:
            say(f"digest-graph: {_GOES_ON}", err=True)
        raise


def _open_what_was_closed() -> None:
    """Puts the null device where the caller closed a standard stream (`>&-`).

    Else the next file that is opened gets its number, and all that is printed is written into it.
    Standard input stays unset: who reads it says so.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    sys.stdout = sys.stdout or os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = sys.stderr or os.fdopen(2, "w", encoding="utf-8")


def command() -> None:
    """Runs `main`, and ends the process as soon as all is written and every exit handler ran.

    To take all that is in memory apart first takes a third of a second, of a large graph more.
    """
    code: object = 0
    try:
        main()
    except SystemExit as stop:
        code = stop.code or 0
    except KeyboardInterrupt:
        print(f"digest-graph: {_GOES_ON}", file=sys.stderr)
        code = STOPPED
    if not isinstance(code, int):
        sys.exit(str(code))
    try:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    except (OSError, ValueError):
        # What cannot be written is said by Python itself when it ends.
        sys.exit(code)
    atexit._run_exitfuncs()  # noqa: SLF001 - os._exit leaves them out
    os._exit(code)


if __name__ == "__main__":
    command()
