"""A decision depends on the papers that have to do with an entry, and on nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from test_match_rules import DAY, ENTRY, PAPER, TITLE, match

from pipeline.model.records import Entry, Facts, Match

WORDS = st.lists(st.sampled_from("bread wine salt corn milk tea".split()), min_size=3, max_size=6)
UNRELATED = st.builds(
    lambda number, words, name: Facts(
        "catalogue", f"24{number % 12 + 1:02}.1{number:04}", title=" ".join(words), authors=(name,)
    ),
    st.integers(0, 9999),
    WORDS,
    st.sampled_from(["Xu Yan", "Zoe Fox", "Ian Orr"]),
)
ENTRIES = st.sampled_from(
    [
        ENTRY,
        replace(ENTRY, authors=None),
        replace(ENTRY, title="Learning to Sort Smal Stone by Weight"),
        replace(ENTRY, title=f"StoneSort: {TITLE}"),
        replace(ENTRY, title="Of Bread, Wine and Sundry Things", authors=("Una Vu",)),
        replace(ENTRY, date=None, authors=None),
        replace(ENTRY, arxiv_id="2401.00001"),
        replace(ENTRY, title=None, commentary="좋다"),
    ]
)
RELATED = [
    PAPER,
    replace(PAPER, arxiv_id="2401.00007", title=f"{TITLE} II"),
    replace(PAPER, arxiv_id="2307.00001"),
    replace(PAPER, arxiv_id="2312.00001", title="Learning to Sort Big Stones by Weight"),
]


def summed(found: Match) -> tuple[object, ...]:
    sure = found.confidence if found.verdict == "matched" else None
    return found.arxiv_id, found.verdict, found.decided_by, sure


@settings(max_examples=80, deadline=None)
@given(ENTRIES, st.lists(UNRELATED, max_size=20, unique_by=lambda facts: facts.arxiv_id))
def test_unrelated_candidates_never_change_a_decision(entry: Entry, others: list[Facts]) -> None:
    for related in (RELATED[:1], RELATED):
        for checked in (None, DAY):
            alone = match(entry, *related, checked=checked)
            among = match(entry, *others, *related, checked=checked)
            assert summed(among) == summed(alone)


@settings(max_examples=100, deadline=None)
@given(ENTRIES, st.permutations([*RELATED, replace(PAPER, arxiv_id="2401.00009")]))
def test_the_order_of_the_candidates_does_not_matter(entry: Entry, facts: Sequence[Facts]) -> None:
    assert match(entry, *facts) == match(entry, *sorted(facts, key=lambda f: f.arxiv_id))
