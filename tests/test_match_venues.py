"""The venue of an entry as evidence."""

from __future__ import annotations

from dataclasses import replace

from test_match_rules import ENTRY, PAPER, match


def test_the_venue_and_the_year_in_its_name_speak_for_a_paper() -> None:
    paper = replace(PAPER, title="Sorting Small Stones", venue="Journal of Stones 12 (2024) 1")
    entry = replace(ENTRY, title=paper.title, authors=None, date=None)
    assert match(entry, paper).verdict == "undecided"
    assert match(replace(entry, venue="J. Stones"), paper).arxiv_id == PAPER.arxiv_id
    assert match(replace(entry, venue="Stones and Rivers"), paper).verdict == "undecided"
    assert match(replace(entry, venue="Rivers 2024"), paper).arxiv_id == PAPER.arxiv_id
    assert match(replace(entry, venue="Rivers 2021"), paper).verdict == "undecided"
