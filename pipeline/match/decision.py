"""The one decision: which arXiv id an entry is, by which rule, how surely, and why.

The rules and their figures come from 2,277 reading notes with known ids, checked against
860,000 arXiv titles, and from 3,547 notes whose paper had been taken out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from pipeline.errors import OverridesError
from pipeline.folding import folded_title, title_words
from pipeline.match.candidates import CandidateIndex
from pipeline.match.evidence import weighed
from pipeline.records import Candidate, Entry, Match, Override, Verdict

CONFIDENCE = {
    "override": 1.0,
    # 3,662 of 3,665 printed links named the paper of their title line: the lower end likewise.
    "printed_id": 0.997,
    # 2,202 of 2,202 right: the lower end of the 95 % interval.
    "exact_title": 0.998,
    "former_title": 0.998,
    # No other abstract shared a third of its three-word runs with any of 965 notes: likewise.
    "abstract": 0.996,
    # 24 of 24 right: the lower end of the 95 % interval.
    "evidence": 0.88,
}
"""How often a rule is right, at least. A decision by no rule has confidence 0."""

MONTHS_BEFORE, MONTHS_AFTER = -1, 2
"""98.6 % of notes are written within these months of the id's month."""

LONG_TITLE_WORDS = 5


class Decision(NamedTuple):
    """An arXiv id or None, the verdict, the rule that gave it, and the reason in words."""

    arxiv_id: str | None
    verdict: Verdict
    rule: str
    reason: str


class OverrideIndex:
    """Overrides by folded title and by place. A file is named by its path or the end of it.

    Raises OverridesError where two overrides speak of one title or one place.
    """

    def __init__(self, overrides: Sequence[Override]) -> None:
        self._by_title: dict[str, Override] = {}
        self._by_place: dict[tuple[str, int | None], Override] = {}
        for override in overrides:
            known: Override | None = None
            if override.title:
                known = self._by_title.setdefault(folded_title(override.title), override)
            elif override.file:
                place = (override.file.removeprefix("./"), override.line)
                known = self._by_place.setdefault(place, override)
            if known is not None and known is not override:
                what = f"{known.place} is about the same entry. Keep one of the two."
                raise OverridesError(override.place, None, what)

    def of(self, entry: Entry) -> Override | None:
        """The override for an entry: by a line within it first, then by its title."""
        for (file, line), placed in self._by_place.items():
            within = entry.line_start <= (line or 0) <= entry.line_end
            if within and f"/{entry.file}".endswith(f"/{file}"):
                return placed
        return self._by_title.get(folded_title(entry.title)) if entry.title else None


def decided(entry: Entry, overrides: OverrideIndex, index: CandidateIndex) -> Match:
    """What an entry is. The first rule that can speak decides; a tie is left to the reader."""
    candidates = sorted(
        (weighed(entry, facts) for facts in index.for_entry(entry)), key=_nearest_first
    )
    override = overrides.of(entry)
    if override:
        verdict: Verdict = "matched" if override.arxiv_id else "not_on_arxiv"
        reason = f"set by hand in {override.place}"
        chosen = Decision(override.arxiv_id, verdict, "override", reason)
        return replace(_match(entry, chosen, candidates), override=override)
    if entry.arxiv_id:
        return _match(entry, _by_printed_id(entry, candidates), candidates)
    for rule, agreeing in _rules(entry, candidates):
        if len(agreeing) == 1:
            chosen = Decision(agreeing[0].arxiv_id, "matched", rule, _why(agreeing[0]))
            return _match(entry, chosen, candidates)
        if agreeing:
            ids = ", ".join(candidate.arxiv_id for candidate in agreeing)
            return _match(entry, _undecided(f"a tie between {ids}"), candidates)
    return _match(entry, _undecided(_what_is_lacking(entry, candidates)), candidates)


def _rules(entry: Entry, candidates: Sequence[Candidate]) -> list[tuple[str, Sequence[Candidate]]]:
    exact = [c for c in candidates if c.scores["title"] == 1 and _exact_holds(entry, c)]
    former = [c for c in exact if c.scores["former"]]
    by_title = "former_title" if former == exact else "exact_title"
    abstract = [c for c in candidates if _abstract_holds(c)]
    strong = [c for c in candidates if _evidence_holds(c)]
    return [(by_title, exact), ("abstract", abstract), ("evidence", strong)]


def _exact_holds(entry: Entry, candidate: Candidate) -> bool:
    authors = candidate.scores["authors"]
    if authors is not None and authors >= 0.5:
        return True
    long = len(title_words(entry.title or "")) >= LONG_TITLE_WORDS
    return long and _in_window(candidate)


def _abstract_holds(candidate: Candidate) -> bool:
    title, authors, abstract = (
        candidate.scores[kind] or 0.0 for kind in ("title", "authors", "abstract")
    )
    return abstract >= 0.6 and (authors >= 0.5 or title >= 0.6)


def _evidence_holds(candidate: Candidate) -> bool:
    title, authors = (candidate.scores[kind] or 0.0 for kind in ("title", "authors"))
    agree = (title >= 0.9 and authors >= 0.5) or (authors >= 0.8 and title >= 0.8)
    return agree and candidate.scores["numbers"] == 1 and _in_window(candidate)


def _in_window(candidate: Candidate) -> bool:
    months = candidate.scores["months"]
    return months is not None and MONTHS_BEFORE <= months <= MONTHS_AFTER


def _by_printed_id(entry: Entry, candidates: Sequence[Candidate]) -> Decision:
    printed = next((c for c in candidates if c.arxiv_id == entry.arxiv_id), None)
    if printed is None:
        reason = "the entry prints this id; no source at hand could check it"
        return Decision(entry.arxiv_id, "matched", "printed_id", reason)
    needed = {"title": 0.9, "authors": 0.5, "abstract": 0.6}
    known = {kind: printed.scores[kind] for kind in needed if printed.scores[kind] is not None}
    if known and not any((score or 0) >= needed[kind] for kind, score in known.items()):
        return _undecided(
            f'the entry prints {printed.arxiv_id}, but that is "{printed.title}". '
            "Correct the link, or set the id in overrides.toml"
        )
    reason = f"the entry prints this id; {_why(printed)}" if known else "the entry prints this id"
    return Decision(printed.arxiv_id, "matched", "printed_id", reason)


def _match(entry: Entry, decision: Decision, candidates: Sequence[Candidate]) -> Match:
    return Match(
        entry=entry,
        arxiv_id=decision.arxiv_id,
        verdict=decision.verdict,
        confidence=CONFIDENCE.get(decision.rule, 0.0),
        decided_by=decision.rule,
        reason=decision.reason,
        candidates=tuple(candidates),
    )


def _undecided(reason: str) -> Decision:
    return Decision(None, "undecided", "none", reason)


def _nearest_first(candidate: Candidate) -> tuple[float, float, float, str]:
    title, authors, abstract = (
        candidate.scores[kind] or 0.0 for kind in ("title", "authors", "abstract")
    )
    return (-abstract, -title, -authors, candidate.arxiv_id)


def _why(candidate: Candidate) -> str:
    scores = candidate.scores
    title = scores["title"]
    kind = "former title" if scores["former"] else "title"
    told = []
    if title is not None:
        likeness = f"the same {kind}" if title == 1 else f"{kind} {title:.0%} alike"
        told.append(f'{likeness} (today "{candidate.title}")' if scores["renamed"] else likeness)
    if scores["authors"] is not None:
        told.append(f"{scores['authors']:.0%} of the authors")
    if scores["abstract"] is not None:
        told.append(f"{scores['abstract']:.0%} of the abstract")
    if scores["months"] is not None:
        apart = f"{scores['months']:+.0f} months from" if scores["months"] else "in"
        told.append(f"{apart} the id's month")
    return ", ".join(told)


def _what_is_lacking(entry: Entry, candidates: Sequence[Candidate]) -> str:
    if not entry.title:
        return "the entry prints neither a title nor an arXiv id"
    near = [c for c in candidates if (c.scores["title"] or 0) >= 0.7 or (c.scores["authors"] or 0)]
    if not near:
        return "no paper at hand has a title or authors like these"
    return f"too little evidence; the nearest is {near[0].arxiv_id}: {_why(near[0])}"
