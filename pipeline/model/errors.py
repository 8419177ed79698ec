"""What can end a run. A record that cannot be used is a `Skip` (see `records`), never an error.

DigestGraphError            the run failed                          exit 1
├── UsageError              the command was asked for wrongly       exit 2
│   └── OverridesError      the overrides file cannot be used       exit 2
├── OutputError             the output folder cannot be used        exit 1
├── DataError               a file of ours is damaged or missing    exit 1
├── PlugInError             another package's format, source, ...   exit 1
└── FetchError              a request got no answer                 exit 1
    ├── OfflineError        it would have left this machine         exit 1
    ├── UnreachedError      no connection could be made             exit 1
    ├── InterceptedError    something else is at the service's door exit 1
    ├── AnswerError         what came back is not the answer        exit 1
    │   ├── DroppedKeyError it lacks what the service surely has    exit 1
    │   └── WebPageError    it is a page, as of a sign-in           exit 1
    └── RestingError        the service asked to be left alone      exit 1
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

NO_CONNECTION = "no connection could be made"
INSECURE = "the connection is not secure"
SENT_AWAY = "redirected to where it may not be followed"
KEY_HELPS = "a key helps: set"
RESTING = "resting: "
"""What the reason begins with where a service refused before, and was not asked again yet."""


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


class PlugInError(DigestGraphError):
    """What another package adds cannot be used: `kind` (of the three groups), `name`, `reason`."""

    def __init__(self, kind: str, name: str, reason: str) -> None:
        self.kind = kind
        self.name = name
        self.reason = reason
        super().__init__(
            f"the plug-in {name} of {kind}: {reason}. Mend or uninstall the package that names it."
        )


class FetchError(DigestGraphError):
    """A request for `url` got no answer after `attempts` tries; `status` is the last, if any."""

    def __init__(self, url: str, reason: str, status: int | None = None, attempts: int = 1) -> None:
        self.url = url
        self.reason = reason
        self.status = status
        self.attempts = attempts
        super().__init__(f"{url}: {reason}")


class OfflineError(FetchError):
    """A request for `url` was asked for where no request may leave this machine."""

    def __init__(self, url: str) -> None:
        super().__init__(url, "no request may leave this machine, and this would be one")


class UnreachedError(FetchError):
    """No connection to the service could be made: nothing listens, has that name, or lets out."""

    def __init__(self, url: str, reason: str = NO_CONNECTION) -> None:
        super().__init__(url, reason)


class InterceptedError(FetchError):
    """Something else is where the service should be: a wrong certificate, a way to another host."""


class AnswerError(FetchError):
    """What came back cannot be the answer: another type, cut short, or about other keys."""


class DroppedKeyError(AnswerError):
    """The answer does not know a key that the service has: it is busy, and knows nothing now."""


class WebPageError(AnswerError):
    """A web page came where an answer was asked for: of a busy service, a proxy, or a sign-in."""


class RestingError(FetchError):
    """The service refused (429, 403) or is spent for the day; it is left alone until `until`."""

    def __init__(self, url: str, reason: str, status: int | None, until: datetime) -> None:
        super().__init__(url, reason, status)
        self.until = until
