"""What can end a run. A record that cannot be used is a `Skip` (see `records`), never an error.

DigestGraphError            the run failed                          exit 1
├── UsageError              the command was asked for wrongly       exit 2
│   └── OverridesError      the overrides file cannot be used       exit 2
├── OutputError             the output folder cannot be used        exit 1
├── DataError               a file of ours is damaged or missing    exit 1
└── OfflineError            a request would have left this machine  exit 1
"""

from __future__ import annotations

from pathlib import Path


class DigestGraphError(Exception):
    """The run cannot go on. `str()` of it says what happened, where, and what to do."""

    exit_code = 1


class UsageError(DigestGraphError):
    """The command was asked for in a way that cannot work."""

    exit_code = 2


class OverridesError(UsageError):
    """The overrides file cannot be used. `path` and `line` (from 1; None: whole file) say where."""

    def __init__(self, path: Path | str, line: int | None, what: str) -> None:
        self.path = path
        self.line = line
        self.what = what
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {what}")


class OutputError(DigestGraphError):
    """The output folder `path` cannot be used, for `reason`."""

    def __init__(self, path: Path, reason: str, remedy: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}. {remedy}")


class DataError(DigestGraphError):
    """A file that this project wrote or ships cannot be read: `path`, and `reason`."""

    def __init__(self, path: Path | str, reason: str, remedy: str) -> None:
        self.path = path
        self.reason = reason
        super().__init__(f"{path}: {reason}. {remedy}")


class OfflineError(DigestGraphError):
    """A request for `url` was asked for where no request may leave this machine."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(f"no request may leave this machine, and {url} would be one")
