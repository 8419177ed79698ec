"""The one decision: which arXiv id an entry is, by which rule, how surely, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.match.candidates import Candidates
from pipeline.match.evidence import weighed
from pipeline.match.overriding import OverrideIndex
from pipeline.match.printed import all_against, other_paper
from pipeline.match.reasons import what_is_lacking, why
from pipeline.match.rules import CONFIDENCE, RULES, contradicted, likelihood
from pipeline.model.folding import title_words
from pipeline.model.records import Candidate, Entry, Match, Verdict

SOUGHT_TITLE_WORDS = 3
"""An entry of a shorter title is never said to be missing from arXiv."""
MOST_KEPT = 12
"""Candidates that are kept of one entry."""
WRONG_LINK = 0.5
"""How often an entry whose title and link are of two papers is the one of the title."""
UNLIKELY = 0.1
"""A candidate that is right less often does not speak against "not on arXiv"."""


class Decision(NamedTuple):
    """An arXiv id or None, the verdict, the rule that gave it, how surely, and the reason."""

    arxiv_id: str | None
    verdict: Verdict
    rule: str
    confidence: float
    reason: str


def decided(entry: Entry, overrides: OverrideIndex, at_hand: Candidates) -> Match:
    """What an entry is. The first rule that can speak decides; a tie is left to the reader."""
    override = overrides.of(entry)
    rejected = override.rejected if override else ()
    candidates = _candidates(entry, at_hand, rejected)
    if override and (override.arxiv_id or not rejected):
        verdict: Verdict = "matched" if override.arxiv_id else "not_on_arxiv"
        reason = f"{'' if override.is_paper else 'no paper, as '}set by hand in {override.place}"
        decision = _settled(override.arxiv_id, verdict, "override", reason)
    elif entry.arxiv_id and entry.arxiv_id not in rejected:
        decision = _by_printed_id(entry, candidates, at_hand)
    else:
        decision = _by_rules(candidates) or _left(entry, candidates, at_hand)
    return Match(
        entry=entry,
        arxiv_id=decision.arxiv_id,
        verdict=decision.verdict,
        confidence=round(decision.confidence, 3),
        decided_by=decision.rule,
        reason=decision.reason,
        candidates=tuple(candidates),
        checked=at_hand.checked,
        override=override,
    )


def _candidates(entry: Entry, at_hand: Candidates, rejected: Sequence[str]) -> list[Candidate]:
    """The papers that have something in common with the entry, the likeliest first.

    The one whose id it prints is the second at the latest.
    """
    papers = [paper for paper in at_hand.facts if paper.arxiv_id not in rejected]
    with_something = filter(None, (weighed(entry, paper, at_hand.background) for paper in papers))
    ordered = sorted(with_something, key=_likeliest_first)
    printed = [c for c in ordered[1:] if c.arxiv_id == entry.arxiv_id]
    return [*ordered[:1], *printed, *(c for c in ordered[1:] if c not in printed)][:MOST_KEPT]


def _by_rules(candidates: Sequence[Candidate]) -> Decision | None:
    for rule in RULES:
        agreeing = [
            candidate
            for candidate in candidates
            if rule.holds(candidate.scores) and not contradicted(rule, candidate.scores)
        ]
        if len(agreeing) == 1:
            (chosen,) = agreeing
            former = rule.name == "exact_title" and chosen.scores["former"]
            name = "former_title" if former else rule.name
            confidence = rule.confidence(chosen.scores)
            return Decision(chosen.arxiv_id, "matched", name, confidence, why(chosen))
        if agreeing:
            return _by_date(agreeing)
    return None


def _by_date(agreeing: Sequence[Candidate]) -> Decision:
    """Of several ids of one work, the one whose month is the entry's; else the reader decides."""
    ids = ", ".join(candidate.arxiv_id for candidate in agreeing)
    fresh = [c for c in agreeing if c.scores["months"] in (0, 1)]
    if len(fresh) != 1:
        return _undecided(f"a tie between {ids}", 1 / len(agreeing))
    (of_month,) = fresh
    other_ids = ", ".join(c.arxiv_id for c in agreeing if c is not of_month)
    reason = f"{why(of_month)}; {other_ids} agrees as well, but is of another month"
    return _settled(of_month.arxiv_id, "matched", "date_of_several", reason)


def _by_printed_id(entry: Entry, candidates: Sequence[Candidate], at_hand: Candidates) -> Decision:
    printed = next((c for c in candidates if c.arxiv_id == entry.arxiv_id), None)
    if printed is None and at_hand.no_such_id:
        return _undecided(f"the entry prints {entry.arxiv_id}, which arXiv does not have", 0.0)
    if printed is None:
        reason = "the entry prints this id; no source at hand could check it"
        return _settled(entry.arxiv_id, "matched", "printed_id_unchecked", reason)
    other = other_paper(candidates, printed)
    if other or all_against(printed.scores):
        also = f"; its own title is that of {other.arxiv_id}" if other else ""
        return _undecided(
            f'the entry prints {printed.arxiv_id}, but that is "{printed.title}"{also}. '
            "Correct the link, or set the id in overrides.toml",
            WRONG_LINK,
        )
    kinds = ("title", "authors", "abstract")
    if all(printed.scores[kind] is None for kind in kinds):
        reason = "the entry prints this id"
        return _settled(entry.arxiv_id, "matched", "printed_id_unchecked", reason)
    reason = f"the entry prints this id; {why(printed)}"
    return _settled(entry.arxiv_id, "matched", "printed_id", reason)


def _left(entry: Entry, candidates: Sequence[Candidate], at_hand: Candidates) -> Decision:
    chance = likelihood(candidates[0].scores) if candidates and entry.title else 0.0
    long_enough = len(title_words(entry.title or "")) >= SOUGHT_TITLE_WORDS
    if at_hand.checked and long_enough and chance < UNLIKELY and not _same_title(candidates):
        reason = f"no paper of arXiv has such a title or authors, as of {at_hand.checked}"
        return _settled(None, "not_on_arxiv", "not_on_arxiv", reason)
    return _undecided(what_is_lacking(entry, candidates), chance)


def _same_title(candidates: Sequence[Candidate]) -> bool:
    return any((candidate.scores["title"] or 0) >= 0.9 for candidate in candidates)


def _settled(arxiv_id: str | None, verdict: Verdict, rule: str, reason: str) -> Decision:
    return Decision(arxiv_id, verdict, rule, CONFIDENCE[rule], reason)


def _undecided(reason: str, chance: float) -> Decision:
    return Decision(None, "undecided", "none", chance, reason)


def _likeliest_first(candidate: Candidate) -> tuple[float, float, float, str]:
    scores = candidate.scores
    title, authors, abstract = (scores[kind] or 0.0 for kind in ("title", "authors", "abstract"))
    near = scores["months"] is not None and -1 <= scores["months"] <= 2
    return (-abstract, -(title + authors / 2 + near / 10), -title, candidate.arxiv_id)
