"""A graph that is drawn anew whenever a note is saved, and as services answer meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple

from watchfiles import Change, watch

from pipeline.build.asked import Inputs
from pipeline.build.drawing import at_hand, drawn
from pipeline.build.inputs import NOTHING_OPEN, KeptOpen, given
from pipeline.build.long_work import silent
from pipeline.build.questions import to_ask_now
from pipeline.build.run import DRAWING_SHARE, DRAWN_EVERY_S, builds
from pipeline.model.errors import DigestGraphError
from pipeline.model.records import Progress
from pipeline.model.tables import Build
from pipeline.store.inputs import is_program

GATHERED_MS = 400
"""Changes that follow each other within so long at most are one: an editor's save is several."""
QUIET_MS = 50
LOOKED_MS = 500
"""How often files that were named themselves are looked at, and whether a service answered."""
_READ_THOUGH_HIDDEN = (".digestignore",)


class Redrawn(NamedTuple):
    """A graph that was drawn anew, in how many seconds; or why it could not be."""

    graph: Build | None
    took_s: float
    why_not: DigestGraphError | None = None


def changes(inputs: Inputs, most_s: float | None = None) -> Iterator[bool]:
    """Whether anything was saved, moved or deleted among the inputs, about twice a second.

    The first time it is so in any case, and from then on no change is missed.
    Folders tell of their changes; files that are named themselves are looked at, as an editor puts
    a new one in their place. What is hidden, and the output folder, does not count. It ends after
    `most_s`, if that is given.
    """
    ends_s = None if most_s is None else monotonic() + most_s
    folders = [path for path in inputs.paths if path.is_dir()]
    files = [path for path in inputs.paths if not path.is_dir() and not is_program(path)]
    before = None
    for told in _told_by(folders, inputs.kept_in) if folders else _ticks():
        now = _states(files)
        yield bool(told) or now != before
        before = now
        if ends_s is not None and monotonic() >= ends_s:
            return


def redrawn(
    inputs: Inputs,
    changed: Iterable[bool],
    kept_open: KeptOpen = NOTHING_OPEN,
    progress: Progress = silent,
) -> Iterator[Redrawn]:
    """The graph, again after each change, and again as services answer.

    What is `kept_open` has the network of `inputs`. The inputs may come and go; where they cannot
    be read it says why, and goes on.
    """
    answering = _Answering(kept_open)
    for anew in changed:
        if not (anew or answering.are_due()):
            continue
        began_s = monotonic()
        try:
            graph = _graph(inputs, answering, progress)
        except DigestGraphError as error:
            yield Redrawn(None, monotonic() - began_s, error)
        else:
            took_s = monotonic() - began_s
            answering.next_after(took_s)
            yield Redrawn(graph, took_s)


class _Answering:
    """What services answer while nothing is drawn, and when that is worth another drawing."""

    def __init__(self, kept_open: KeptOpen) -> None:
        self.kept_open, self.network = kept_open, kept_open.network
        self._news = 0
        self._asked = False
        self._due_s = monotonic()

    @property
    def are_asked(self) -> bool:
        """Whether there is anybody to ask."""
        return self.network is not None and self.network.options.client is not None

    def note(self, news: int, *, asked: bool) -> None:
        """Notes how much was answered before a drawing, and whether more is being asked."""
        self._news, self._asked = news, asked

    def are_due(self) -> bool:
        """Whether there are answers that no drawing has; where all are there, at once."""
        if self.network is None or not self.are_asked:
            return False
        self.network.asker.wait(0.0)
        if self._asked and not self.network.asker.busy():
            return True
        return self._news < self.network.answers.news and monotonic() >= self._due_s

    def next_after(self, took_s: float) -> None:
        """Lets the next drawing for the sake of answers wait."""
        self._due_s = monotonic() + max(DRAWN_EVERY_S, DRAWING_SHARE * took_s)


def _graph(inputs: Inputs, answering: _Answering, progress: Progress) -> Build:
    network = answering.network
    if network is None or not answering.are_asked:
        (whole,) = builds(inputs, progress, every_s=None, kept_open=answering.kept_open)
        return whole.graph
    with given(inputs, progress, kept_open=answering.kept_open) as of:
        news, now = network.answers.news, at_hand(of)
        missing = to_ask_now(now, network)
        network.leave(missing)
        graph = drawn(of, now, progress)
        answering.note(news, asked=bool(missing))
        network.ask(missing)
    return graph


def _told_by(folders: list[Path], without: Path | None) -> Iterator[set[tuple[Change, str]]]:
    left_out = without.absolute() if without else None
    roots = [folder.absolute() for folder in folders]

    def counts(_change: Change, name: str) -> bool:
        path = Path(name)
        if left_out and path.is_relative_to(left_out):
            return False
        root = next((each for each in roots if path.is_relative_to(each)), path.parent)
        hidden = any(part.startswith(".") for part in path.relative_to(root).parts)
        return (not hidden or path.name in _READ_THOUGH_HIDDEN) and not name.endswith("~")

    yield from watch(
        *roots, watch_filter=counts, debounce=GATHERED_MS, step=QUIET_MS,
        rust_timeout=LOOKED_MS, yield_on_timeout=True,
    )  # fmt: skip


def _ticks() -> Iterator[set[tuple[Change, str]]]:
    while True:
        sleep(LOOKED_MS / 1000)
        yield set()


def _states(files: list[Path]) -> list[tuple[int, int, int] | None]:
    return [_state(path) for path in files]


def _state(path: Path) -> tuple[int, int, int] | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_mtime_ns, state.st_size, state.st_ino
