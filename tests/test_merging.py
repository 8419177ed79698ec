"""Facts merged to papers: which source decides what, and what an id says by itself."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.enrich.merging import papers
from pipeline.identity.works import deduplicate_references
from pipeline.model.records import Entry, Facts, Match, Paper, Reference


def entry(arxiv_id: str, day: date | None = None) -> Entry:
    return Entry("a.md", 1, 1, day, "A Title", None, True, None, None, (), arxiv_id, (), ())


def merged(arxiv_id: str, *facts: Facts, day: date | None = None) -> Paper:
    match = Match(entry(arxiv_id, day), arxiv_id, "matched", 1.0, "printed_id", "", ())
    (paper,) = papers([match], facts)
    assert isinstance(paper, Paper)
    return paper


@pytest.mark.parametrize(
    ("arxiv_id", "first"),
    [("1412.6980", date(2014, 12, 1)), ("hep-th/9901001", date(1999, 1, 1))],
)
def test_an_id_says_the_month_where_nothing_better_is_known(arxiv_id: str, first: date) -> None:
    found = merged(arxiv_id, day=date(2024, 9, 5))
    assert (found.year, found.published) == (first.year, first)
    assert found.decided["published"] == "arxiv_id"
    assert not found.disagreements


def test_the_day_of_a_source_comes_before_the_month_of_an_id() -> None:
    # Sent in on the last day of the year, and given an id on the first of the next.
    sent = date(2024, 12, 31)
    found = merged("2501.00001", Facts("openalex", "2501.00001", published=sent))
    assert (found.year, found.published, found.decided["published"]) == (2024, sent, "openalex")
    assert not found.disagreements


@pytest.mark.parametrize("source", ["openalex", "semantic_scholar_dump"])
def test_the_day_of_the_journal_is_not_that_of_the_preprint(source: str) -> None:
    found = merged("1412.6980", Facts(source, "1412.6980", published=date(2017, 5, 1)))
    assert (found.year, found.published) == (2014, date(2014, 12, 1))
    assert [(c.field, c.source) for c in found.disagreements] == [("published", source)]
    of_arxiv = merged("1412.6980", Facts("catalogue", "1412.6980", published=date(2017, 5, 1)))
    assert of_arxiv.year == 2017


def test_a_cited_work_is_of_the_month_of_its_id_whatever_bibliographies_print() -> None:
    def cited(year: int | None, arxiv_id: str | None) -> Reference:
        return Reference("Adam: A method", "D. Kingma", year, arxiv_id, None, "printed")

    citing = [
        Facts("inspire", "2401.00001", references=(cited(2017, "1412.6980"),)),
        Facts("inspire", "2402.00001", references=(cited(2015, None),)),
    ]
    (work,), _ = deduplicate_references([merged(of.arxiv_id, of) for of in citing])
    assert (work.id, work.year, work.published) == ("arxiv:1412.6980", 2014, date(2014, 12, 1))
