"""A pause between two requests to one service, over all processes of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from pipeline.fetch.exchange import Clock, Transport, TransportReply
from pipeline.fetch.hosts import HostGroup, group_of
from pipeline.model.errors import DataError
from pipeline.model.services import Request

_POLL_S = 0.02


def with_rate_limit(
    transport: Transport, folder: Path, gap_s: Callable[[HostGroup], float], clock: Clock
) -> Transport:
    """Exchanges that wait for their turn: `gap_s` of their group after the one before.

    The gap runs from the end of an exchange where the group takes one at a time, else from its
    beginning. Raises DataError where `folder` cannot hold the marks that processes leave.
    """

    def rate_limited(request: Request) -> TransportReply:
        group = group_of(request.url)
        if group.one_at_a_time:
            with _turn(folder, group, gap_s(group), clock):
                return transport(request)
        with _turn(folder, group, gap_s(group), clock):
            pass
        return transport(request)

    return rate_limited


@contextmanager
def _turn(folder: Path, group: HostGroup, gap_s: float, clock: Clock) -> Iterator[None]:
    """The one turn in its group: it begins after the gap, and leaves a mark when it ends."""
    mark = folder / f"{group.name}.turn"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / f"{group.name}.lock", poll_interval=_POLL_S)
        lock.acquire()
    except OSError as error:
        raise _unusable(mark, error) from error
    try:
        clock.sleep(_left_s(mark, gap_s, clock))
        # Whoever finds this mark knows that the turn was killed, and waits the whole gap.
        _write(mark, "running")
        try:
            yield
        finally:
            _write(mark, f"{clock.wall_s()!r} {clock.steady_s()!r}")
    finally:
        lock.release()


def _left_s(mark: Path, gap_s: float, clock: Clock) -> float:
    """The seconds of the gap that are left, by the clock that says more; never over the gap."""
    try:
        wall_s, steady_s = map(float, mark.read_text(encoding="ascii").split())
    except FileNotFoundError:
        return 0.0
    except (OSError, ValueError):
        return gap_s
    passed_s = min(clock.wall_s() - wall_s, clock.steady_s() - steady_s)
    if passed_s > gap_s:
        return 0.0
    # A clock that was set back, or a machine that was started again, says nothing.
    return gap_s - passed_s if passed_s >= 0 else gap_s


def _write(mark: Path, text: str) -> None:
    try:
        mark.write_text(text, encoding="ascii")
    except OSError as error:
        raise _unusable(mark, error) from error


def _unusable(mark: Path, error: OSError) -> DataError:
    remedy = "Make its folder one that can be written to."
    return DataError(mark, f"cannot be written ({error.strerror})", remedy)
