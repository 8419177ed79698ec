"""What first comes from each host: an answer of its own, or something else in its place."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from pipeline.model.errors import (
    NO_CONNECTION,
    FetchError,
    InterceptedError,
    OfflineError,
    RestingError,
    UnreachedError,
    WebPageError,
)

SOMETHING_ELSE = "something else answered in the place of every service"
FEWEST_HOSTS = 2
"""One host that sends a page may be busy; several, and none that answers, are not asked at all."""
SIGN_IN_NEEDED = 511


class FirstReplies:
    """Whether the services themselves answer, by what came from each host at its first try."""

    def __init__(self) -> None:
        self._without_answer: dict[str, str] = {}
        self._is_any_there = False

    def note(self, host: str, error: FetchError | None) -> None:
        """Notes what came of a try at a host; None where that was an answer."""
        if isinstance(error, OfflineError) or (
            isinstance(error, RestingError) and not error.status
        ):
            return
        if isinstance(error, UnreachedError):
            self._without_answer.setdefault(host, NO_CONNECTION)
        elif isinstance(error, InterceptedError | WebPageError) or (
            error and error.status == SIGN_IN_NEEDED
        ):
            self._without_answer[host] = SOMETHING_ELSE
        else:
            self._is_any_there = True

    def why_nobody(self, asked: AbstractSet[str]) -> str | None:
        """Why none of the hosts that are, or were, asked can answer; None where one may."""
        hosts = asked | self._without_answer.keys()
        reasons = [self._without_answer.get(host) for host in hosts]
        if self._is_any_there or len(reasons) < FEWEST_HOSTS or None in reasons:
            return None
        return SOMETHING_ELSE if SOMETHING_ELSE in reasons else NO_CONNECTION
