"""Titles that a reader wrote shorter: which paper's they are, and when that is not said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from small_catalogue import sought

from pipeline.match.candidates import Candidates
from pipeline.match.decision import decided
from pipeline.match.evidence import Background
from pipeline.match.overriding import OverrideIndex
from pipeline.match.shortened import is_head, run_of, told_of, written_out
from pipeline.match.titles import title_likeness
from pipeline.model.records import Entry, Facts, Match

ENTRY = replace(sought("PebbleNet"), date=date(2024, 1, 20), authors=None)
PAPER = Facts("catalogue", "2401.00001", title="PebbleNet: Sorting River Stones by Their Weight")
TWIN = replace(PAPER, arxiv_id="2401.00002", title="PebbleNet: Routing Messages in Mesh Networks")
TEXT = "It takes the weight of each stone of a river and sorts them."


def match(entry: Entry, *facts: Facts, bits: float | None = 18.0) -> Match:
    return decided(entry, OverrideIndex(()), Candidates(facts, background=Background(bits=bits)))


def test_a_name_alone_is_the_paper_of_its_month_that_the_text_tells_of() -> None:
    told = replace(ENTRY, commentary=TEXT)
    for papers in ([PAPER], [TWIN, PAPER]):
        found = match(told, *papers)
        assert (found.arxiv_id, found.decided_by) == ("2401.00001", "shortened_title_and_text")
    assert match(told, TWIN).verdict == "undecided"
    assert match(ENTRY, PAPER).verdict == "undecided"
    assert match(told, PAPER, bits=None).verdict == "undecided"
    for day in (date(2023, 12, 20), date(2024, 3, 20)):
        assert match(replace(told, date=day), PAPER).verdict == "undecided"
    two = [PAPER, replace(PAPER, arxiv_id="2401.00003", title=f"{PAPER.title} Again")]
    assert match(told, *two).verdict == "undecided"


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Planning with LLMs in Rivers", "Planning with Large Language Models in Rivers"),
        ("Planning with Large Language Models in Rivers", "Planning with LLMs in Rivers"),
        ("A Theory of CoT for Rivers", "A Theory of Chain-of-Thought for Rivers"),
        ("Very Fast Sorting of Stones by Units", "Very Fast Sorting of Stones by Units (ESUs)"),
        (
            "Very Fast Sorting of Stones by Units",
            "[Stone Lab] Very Fast Sorting of Stones by Units",
        ),
        ("(R-SORT) Very Fast Sorting of Stones by Units", "Very Fast Sorting of Stones by Units"),
        ("Memory Layers for Stones at Scale", "Memory Layers for Stones at Sca"),
    ],
)
def test_acronyms_brackets_and_a_cut_end_leave_a_title_what_it_is(typed: str, known: str) -> None:
    assert title_likeness(typed, known) == 0.9999
    found = match(replace(ENTRY, title=typed), replace(PAPER, title=known))
    assert found.arxiv_id == "2401.00001"


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("Planning with LLMs", "Planning with Local Linear Splines"),
        ("Proof of Part I", "Proof of Part II"),
        ("Sorting Small", "Sorting Sma"),
        ("Sorting of Stones 12", "Sorting of Stones 1"),
        ("Sorting (in Rivers) Stones", "Sorting Stones"),
    ],
)
def test_what_is_not_an_acronym_a_bracket_or_a_cut_end_stays(typed: str, known: str) -> None:
    assert written_out(typed, known) == (typed, known)


def test_a_head_ends_at_a_mark_and_has_its_numbers() -> None:
    assert is_head("J1", "J1: Judging Judges")
    assert is_head("Does it Sort", "Does It Sort? A Study")
    assert not is_head("J1", "J1 and J2")
    assert not is_head("Sort 2.1", "Sort 21: Stones")
    assert not is_head("Sort", "Sort:")


def test_a_run_of_words_keeps_their_order_and_has_no_gap() -> None:
    whole = "Plotto: A Model of Chart Generation 2 by Agents"
    assert run_of("Generating Charts", whole) == 0
    assert run_of("Chart Generations", whole) == 2
    assert run_of("Chart Agents", whole) == 0
    assert run_of("Chart Generation 3", whole) == 0
    assert run_of("of", whole) == 0


def test_what_a_text_tells_of_a_title_is_the_share_of_its_further_words() -> None:
    title = PAPER.title or ""
    assert told_of(TEXT, "PebbleNet", title) == 1.0
    assert told_of("Of rivers alone", "PebbleNet", title) == 0.25
    assert told_of(None, "PebbleNet", title) is None
    assert told_of(TEXT, "PebbleNet: Sorting River Stones", title) is None
