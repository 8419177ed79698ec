"""The undecided entries of a build, walked one by one; each decision goes to the overrides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal, NamedTuple

from rich.console import RenderableType
from rich.text import Text

from pipeline.explain.review_screen import MOST_SHOWN, screen
from pipeline.explain.undecided import Undecided, undecided_entries
from pipeline.match.overriding import OverrideIndex
from pipeline.model.errors import OverridesError
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.printing import printable
from pipeline.model.records import Candidate, Override
from pipeline.settings.overrides import IS_NO_PAPER, NOT_ON_ARXIV, OVERRIDES_NAME
from pipeline.store.overrides import (
    OverridesChange,
    known_overrides,
    sole_review,
    take_back,
    write_override,
)

Ask = Callable[[str], str]
"""Shows a prompt and gives the line that the reader types. Raises EOFError where none comes."""
Tell = Callable[[RenderableType], None]
"""Shows something, as `rich.console.Console.print` does."""

PROMPT = "number, r, i, n, p, s, b, q or ? > "
PROMPT_OF_NONE = "i, n, p, s, b, q or ? > "
"""Where no candidate has a number."""
HELP = """\
  2          it is candidate 2
  r 2        it is not candidate 2; the build looks on
  i ID       it is another paper: its arXiv id, in any form
  n          it is a paper that is not on arXiv
  p          it is no paper: it gets no place in the graph
  s or Enter leave it for another day
  b          take back the last decision and go there
  q          stop here; what you decided is kept"""
_ABSENT = {"absent": NOT_ON_ARXIV, "no paper": IS_NO_PAPER}
_REJECTED, _BEFORE = "of the candidates rejected", "decided before"


class ReviewChoice(NamedTuple):
    """What the reader wants: with which paper, if with one; `told` is what to say to it."""

    wish: Literal["accept", "reject", "absent", "no paper", "skip", "back", "quit", "none"]
    arxiv_id: str | None = None
    told: str = ""


_WISHES = {
    **dict.fromkeys(("", "s"), ReviewChoice("skip")),
    "n": ReviewChoice("absent"),
    "p": ReviewChoice("no paper"),
    "b": ReviewChoice("back"),
    "q": ReviewChoice("quit"),
    **dict.fromkeys(("?", "h"), ReviewChoice("none", told=HELP)),
}


def review(folder: Path, overrides_path: Path, ask: Ask, tell: Tell) -> None:
    """Asks for the reader's word on each undecided entry of the build in `folder`, in its order.

    Each decision is in `overrides_path` before the next question. What is decided there already
    is passed over. The end of the input ends the review. Raises DataError where `folder` holds no
    build, and OverridesError where the overrides cannot be used or another review is using them.
    """
    undecided = undecided_entries(folder)
    if not undecided:
        tell(Text("No entry of this build is undecided; there is nothing to review."))
        return
    with sole_review(overrides_path):
        index = OverrideIndex(known_overrides(overrides_path))
        open_entries = [entry for entry in undecided if not _decides(index.of(entry.entry))]
        walk = _Walk(open_entries, overrides_path, ask, tell)
        walk.to_the_end()
        counts = {**walk.counts(), _BEFORE: len(undecided) - len(open_entries)}
    tell(Text(_summary(counts, overrides_path)))


def answer_of(typed: str, candidates: Sequence[Candidate]) -> ReviewChoice:
    """What a typed line asks for, where `candidates` are on the screen."""
    text = typed.strip()
    wish = _WISHES.get(text.casefold())
    if wish:
        return wish
    numbered = re.fullmatch(r"(r?)\s*(\d{1,4})", text, re.IGNORECASE)
    if numbered and 1 <= int(numbered[2]) <= len(candidates):
        chosen = candidates[int(numbered[2]) - 1]
        return ReviewChoice("reject" if numbered[1] else "accept", chosen.arxiv_id)
    arxiv_id = normal_arxiv_id(re.sub(r"(?i)^i\s+", "", text))
    if arxiv_id:
        return ReviewChoice("accept", arxiv_id)
    return ReviewChoice(
        "none",
        told=f'"{printable(text[:60])}" is no answer, candidate or arXiv id. ? shows what is',
    )


class _Walk:
    def __init__(self, entries: Sequence[Undecided], path: Path, ask: Ask, tell: Tell) -> None:
        self._entries = entries
        self._path = path
        self._ask = ask
        self._tell = tell
        self._wishes: dict[int, str] = {}
        self._written: list[tuple[int, str, OverridesChange]] = []

    def to_the_end(self) -> None:
        position: int | None = 0
        while position is not None and position < len(self._entries):
            position = self._after(position)

    def counts(self) -> dict[str, int]:
        wishes = Counter(self._wishes.values())
        return {
            "accepted": wishes["accept"],
            NOT_ON_ARXIV: wishes["absent"],
            IS_NO_PAPER: wishes["no paper"],
            "skipped": wishes["skip"],
            "left": len(self._entries) - wishes.total(),
            _REJECTED: sum(wish == "reject" for _, wish, _ in self._written),
        }

    def _after(self, position: int) -> int | None:
        """Shows an entry and does what is asked for. Where to go on; None is the end."""
        undecided = self._entries[position]
        former = OverrideIndex(known_overrides(self._path)).of(undecided.entry)
        heading = f"Entry {position + 1} of {len(self._entries)}"
        self._tell(screen(undecided, former.rejected if former else (), heading))
        answer = self._answer(undecided)
        if answer.wish == "quit":
            return None
        if answer.wish == "back":
            return self._back(position)
        if answer.wish != "skip":
            self._write(position, answer, former)
        if answer.wish == "reject":
            return position
        self._wishes[position] = answer.wish
        return position + 1

    def _answer(self, undecided: Undecided) -> ReviewChoice:
        prompt = PROMPT if undecided.candidates else PROMPT_OF_NONE
        answer = ReviewChoice("none")
        while answer.wish == "none":
            try:
                answer = answer_of(self._ask(prompt), undecided.candidates[:MOST_SHOWN])
            except EOFError:
                self._tell(Text(""))
                return ReviewChoice("quit")
            if answer.told:
                self._tell(Text(answer.told))
        return answer

    def _write(self, position: int, answer: ReviewChoice, former: Override | None) -> None:
        key = self._entries[position].key
        # A title that several entries have says nothing of this one alone: its place does.
        table = former if former and (former.file or key.title) else None
        override = _with_answer(former, table or key, answer)
        self._written.append((position, answer.wish, write_override(self._path, override, table)))
        outcome = _ABSENT.get(answer.wish) or f"{answer.wish}ed {answer.arxiv_id}"
        self._tell(Text(f"  {outcome}: written to {self._path.name}\n"))

    def _back(self, position: int) -> int:
        """Takes back what was written for this entry, if anything was, else for the one before."""
        is_written = bool(self._written) and self._written[-1][0] == position
        target = position if is_written else position - 1
        if target < 0:
            self._tell(Text("This is the first entry."))
            return position
        try:
            while self._written and self._written[-1][0] == target:
                take_back(self._path, self._written[-1][-1])
                self._written.pop()
        except OverridesError as error:
            self._tell(Text(printable(str(error))))
            return position
        self._wishes.pop(target, None)
        return target


def _decides(override: Override | None) -> bool:
    return override is not None and (override.arxiv_id is not None or not override.rejected)


def _with_answer(former: Override | None, named_entry: Override, answer: ReviewChoice) -> Override:
    rejected = former.rejected if former else ()
    if answer.wish == "reject":
        all_rejected = dict.fromkeys((*rejected, answer.arxiv_id or ""))
        rejecting = replace(named_entry, is_paper=True)
        return replace(rejecting, arxiv_id=None, rejected=tuple(all_rejected))
    others = tuple(rejected_id for rejected_id in rejected if rejected_id != answer.arxiv_id)
    accepted = answer.wish == "accept"
    named_entry = replace(named_entry, is_paper=answer.wish != "no paper")
    return replace(named_entry, arxiv_id=answer.arxiv_id, rejected=others if accepted else ())


def _summary(counts: Mapping[str, int], path: Path) -> str:
    counts_in_words = [f"{count:,} {kind}" for kind, count in counts.items() if count]
    decided = sum(counts[kind] for kind in ("accepted", *_ABSENT.values(), _REJECTED, _BEFORE))
    if not decided:
        return f"{', '.join(counts_in_words)}."
    option = "." if path == Path(OVERRIDES_NAME) else f", with\n  --overrides {path}"
    return f"{', '.join(counts_in_words)}.\nRun `digest-graph build` again to use them{option}"
