"""Which source said what of each paper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from test_boundaries import entry, merged

from pipeline.enrich.coverage import coverage, told_at_hand
from pipeline.model.records import Facts, Reference, ReferenceList
from pipeline.model.services import LookupResult


def test_coverage_has_a_row_for_each_source_and_paper_but_for_searches_by_title() -> None:
    listed = ReferenceList("openalex", (Reference("A", None, None, None, None, None),) * 3, True)
    paper = replace(merged(entry("a", 1, None)), reference_lists=(listed,))
    told = [
        LookupResult("openalex", "2401.00001", "found", day=date(2026, 1, 2)),
        LookupResult("crossref", "2401.00001 10.1/a", "failed", reason="late"),
        LookupResult("arxiv_titles", "2401.00001", "found"),
        LookupResult("openalex", "2401.00002", "found"),
    ]
    rows = coverage(told, [paper]).to_pylist()
    assert [(row["source"], row["state"], row["references"]) for row in rows] == [
        ("crossref", "failed", None), ("openalex", "found", 3),
    ]  # fmt: skip
    assert [row["paper"] for row in rows] == ["arxiv:2401.00001"] * 2
    facts = [Facts("bundled", "2401.00001"), Facts("catalogue", "2401.00002")]
    at_hand = told_at_hand("bundled", ["2401.00001", "2401.00002"], facts)
    assert [result.state for result in at_hand] == ["found", "unknown"]


def test_rows_are_by_paper_then_source_and_the_last_answer_counts() -> None:
    papers = [replace(merged(entry("a", 1, None)), id=f"arxiv:{i}", arxiv_id=i) for i in "231"]
    told = [
        LookupResult("openalex", "3", "found"),
        LookupResult("openalex", "1", "not asked"),
        LookupResult("crossref", "3 10.1/a", "found"),
        LookupResult("openalex", "1", "unknown"),
    ]
    rows = [
        (row["paper"], row["source"], row["state"]) for row in coverage(told, papers).to_pylist()
    ]
    assert rows == [
        ("arxiv:1", "openalex", "unknown"),
        ("arxiv:3", "crossref", "found"), ("arxiv:3", "openalex", "found"),
    ]  # fmt: skip
    assert coverage([], papers).num_rows == 0
