"""Facts merged to papers: which source decides what, and what an id says by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pipeline.enrich.merging import papers
from pipeline.enrich.paper_ids import is_doubted
from pipeline.identity.works import deduplicate_references
from pipeline.model.records import Candidate, Entry, Facts, Match, Mention, Paper, Reference


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


def test_a_paper_that_is_only_mentioned_is_as_one_of_which_a_source_says_nothing() -> None:
    mention = Mention("hep-th/9901001", None, "like this one")
    entries = [replace(entry("1412.6980"), mentions=(mention,))]
    matches = [Match(e, e.arxiv_id, "matched", 1.0, "printed_id", "", ()) for e in entries]
    _, alone = papers(matches, [])
    _, looked_up = papers(matches, [Facts("openalex", "hep-th/9901001")])
    assert alone == looked_up
    assert isinstance(alone, Paper)
    assert (alone.published, alone.entries) == (date(1999, 1, 1), ())


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


def test_a_paper_without_arxiv_id_is_named_by_its_doi_however_it_is_written_down() -> None:
    def said(title: str, doi: str | None, arxiv_id: str | None = None) -> Match:
        entry = Entry(
            "a.bib", 1, 1, None, title, ("Ann Lee",), True, None, None, (), None, (), (), doi=doi
        )
        return Match(entry, arxiv_id, "matched" if arxiv_id else "undecided", 1.0, "told", "", ())

    told = [
        said("Ovens of the Northern Villages", "10.1/Ovens"),
        said("Ovens of the Northern villages", None),
        said("Ovens, reprinted", "10.1/ovens"),
        said("Soup", "10.1/soup", "2401.00011"),
        said("Soup in Print", "10.1/SOUP"),
        said("Bread", "10.1/bread"),
        said("Bread", "10.1/bread.2"),
        said("Bread", None),
        said("Pans", "10.1/pans"),
    ]
    of_pans = Facts("crossref", "2401.00012", title="Pans", doi="10.1/PANS")
    mentioned = said("Lids", None, "2401.00012")
    found = papers([*told, mentioned], [of_pans])
    shares = {paper.id: len(paper.entries) for paper in found if isinstance(paper, Paper)}
    (work,) = [own for own in shares if own.startswith("work:")]
    assert shares == {
        "doi:10.1/ovens": 3, "arxiv:2401.00011": 2, "doi:10.1/bread": 1, "doi:10.1/bread.2": 1,
        work: 1, "arxiv:2401.00012": 2,
    }  # fmt: skip


def test_the_year_is_the_papers_as_stated_and_never_that_of_the_note() -> None:
    def year_of(published: str | None, day: date | None) -> int | None:
        entry = Entry(
            "a.md", 1, 1, day, "Of Ovens", ("Ann Lee",), True, None, None, (), None, (), (),
            published=published,
        )  # fmt: skip
        (paper,) = papers([Match(entry, None, "undecided", 0.5, "none", "", ())], [])
        assert isinstance(paper, Paper)
        return paper.year

    assert year_of("2021-11", date(2024, 1, 1)) == 2021
    assert year_of(None, date(2024, 1, 1)) is None


def test_counts_stand_beside_their_source_and_only_where_one_is_told() -> None:
    found = merged(
        "2401.00001",
        Facts("openalex", "2401.00001", citation_count=0),
        Facts("arxiv", "2401.00001", title="A Title"),
    )
    assert found.cited_by == (("openalex", 0),)


def test_an_entry_is_doubted_that_prints_the_id_of_a_candidate_and_is_undecided() -> None:
    def of(printed: str, verdict: str) -> Match:
        near = Candidate("2401.00001", "Another Title", "Another Title", "arxiv", {})
        arxiv_id = printed if verdict == "matched" else None
        return Match(entry(printed), arxiv_id, verdict, 0.5, "x", "", (near,))  # type: ignore[arg-type]

    assert is_doubted(of("2401.00001", "undecided"))
    assert not is_doubted(of("2401.00002", "undecided"))
    assert not is_doubted(of("2401.00001", "matched"))
