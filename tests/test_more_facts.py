"""More facts never make a graph poorer: what was matched right stays matched, or a twin is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from test_match_rules import DAY, ENTRY, PAPER, PEOPLE, RARE, TITLE

from pipeline.match.candidates import Candidates, combined
from pipeline.match.decision import decided
from pipeline.match.evidence import Background
from pipeline.match.overriding import OverrideIndex
from pipeline.model.records import Entry, Facts, Match

TITLES = (
    TITLE,
    f"{TITLE} II",
    f"A {TITLE}",
    f"StoneSort: {TITLE}",
    "Learning to Sort Small Stone by Weight",
    "Learning to Sort Big Stones by Weight",
    "Weighing Small Stones in Rivers of the North",
    "Stones",
)
NAMES = (*PEOPLE, "Xu Yan", "Zoe Fox", "Ian Orr")
OTHERS = st.builds(
    lambda month, number, title, authors: Facts(
        "catalogue", f"{month}.1{number:04}", title=title, authors=tuple(authors) or None
    ),
    st.sampled_from(["2306", "2312", "2401", "2402"]),
    st.integers(0, 9999),
    st.sampled_from(TITLES),
    st.lists(st.sampled_from(NAMES), max_size=5, unique=True),
)
ENTRIES = st.sampled_from(
    [
        replace(ENTRY, arxiv_id=printed, authors=authors, date=day, title=title)
        for printed in (None, PAPER.arxiv_id)
        for authors in (None, PEOPLE, PEOPLE[:1])
        for day in (None, ENTRY.date)
        for title in (TITLE, "StoneSort", "Learning to Sort")
    ]
)


def told(entry: Entry, *places: Sequence[Facts]) -> Match:
    found = combined(Candidates(facts, background=Background(rare=RARE)) for facts in places)
    return decided(entry, OverrideIndex(()), found)


def twin(match: Match) -> bool:
    """Whether the reason is that a paper of the very title, or up to slips, is at hand as well."""
    others = (c for c in match.candidates if c.arxiv_id != PAPER.arxiv_id)
    same = any((c.scores["title"] or 0) >= 0.9 and c.scores["numbers"] == 1 for c in others)
    said = "a tie between" in match.reason or "its own title is that of" in match.reason
    return match.verdict == "undecided" and same and said


@settings(max_examples=300, deadline=None)
@given(ENTRIES, st.lists(OTHERS, max_size=6, unique_by=lambda facts: facts.arxiv_id))
def test_records_added_to_a_catalogue_lose_no_right_match_but_to_a_twin_that_is_told(
    entry: Entry, others: list[Facts]
) -> None:
    before, after = told(entry, [PAPER]), told(entry, [PAPER, *others])
    if before.arxiv_id == PAPER.arxiv_id and after.arxiv_id != PAPER.arxiv_id:
        assert twin(after)
        assert PAPER.arxiv_id in {c.arxiv_id for c in after.candidates}
    if entry.arxiv_id and entry.title != TITLE:
        assert after.arxiv_id == PAPER.arxiv_id


@settings(max_examples=150, deadline=None)
@given(ENTRIES, st.lists(st.sampled_from(NAMES[5:]), max_size=3, unique=True))
def test_authors_that_become_known_lose_no_right_match(entry: Entry, more: list[str]) -> None:
    for known in (PEOPLE, PEOPLE[:1], (*PEOPLE, *more)):
        silent, listed = replace(PAPER, authors=None), replace(PAPER, authors=known)
        if told(entry, [silent]).arxiv_id:
            assert told(entry, [listed]).arxiv_id == PAPER.arxiv_id


@settings(max_examples=150, deadline=None)
@given(ENTRIES, st.booleans(), st.booleans())
def test_a_source_that_is_added_loses_no_right_match(
    entry: Entry, renamed: bool, listed: bool
) -> None:
    title = "Stones, Sorted" if renamed else TITLE
    second = replace(PAPER, source="arxiv", title=title, authors=PEOPLE if listed else None)
    alone = told(entry, [PAPER])
    for places in (([PAPER], [second]), ([second], [PAPER])):
        if alone.arxiv_id:
            assert told(entry, *places).arxiv_id == alone.arxiv_id


def test_a_catalogue_that_was_looked_through_never_unmakes_a_match() -> None:
    for checked in (None, DAY):
        found = Candidates([PAPER], checked)
        for entry in (ENTRY, replace(ENTRY, arxiv_id=PAPER.arxiv_id, title="StoneSort")):
            assert decided(entry, OverrideIndex(()), found).arxiv_id == PAPER.arxiv_id
