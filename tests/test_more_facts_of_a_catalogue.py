"""A bibliography matched while a catalogue, its authors and the sources grow: no paper is lost."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import pytest
from small_catalogue import built, lines_of, written

from benchmarks.matching.invented import invented_records
from pipeline.build.local_sources import LocalSources
from pipeline.build.matching import matches
from pipeline.build.run import Inputs, build
from pipeline.catalogue.search import Catalogue
from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.match.candidates import CandidateIndex
from pipeline.model.records import Entry, Facts, InputFile, Match

Record = Mapping[str, str]
RECORDS = [json.loads(line) for line in invented_records(2_400).splitlines()]
FIRST = 600
LISTED = random.Random(1).sample(RECORDS[:FIRST], 120)
"""Papers of a bibliography, in the first quarter of the records."""


def bibliography() -> str:
    """One record a paper, in turn with its title alone, authors, month, or id and a nickname."""
    shapes = (
        "title = {{{title}}}",
        "title = {{{title}}}, author = {{{people}}}",
        "title = {{{title}}}, year = {{20{year}}}, month = {{{month}}}",
        "title = {{Our Net}}, eprint = {{{id}}}, archiveprefix = {{arXiv}}",
    )
    records = []
    for number, known in enumerate(LISTED):
        fields = shapes[number % len(shapes)].format(
            people=known["authors"].replace(", ", " and "),
            year=known["id"][:2],
            month=int(known["id"][2:4]),
            **{name: known[name] for name in ("id", "title")},
        )
        records.append(f"@article{{key{number}, {fields}}}\n")
    return "".join(records)


def in_order() -> list[Entry]:
    named = InputFile("papers.bib", partial(iter, [bibliography().encode()]))
    return [entry for entry in entries([named], FORMATS) if isinstance(entry, Entry)]


def matched(
    folder: Path, known: Sequence[Record], other_source: Sequence[Facts] = ()
) -> list[Match]:
    built(folder / "catalogue", written(folder, lines_of(known)))
    with Catalogue(folder / "catalogue") as catalogue:
        places = [*LocalSources(catalogue).places(()), CandidateIndex(other_source).candidates_of]
        return list(matches(in_order(), [], places))


def assert_nothing_lost(before: Sequence[Match], after: Sequence[Match]) -> None:
    right = [known["id"] for known in LISTED]
    assert sum(match.arxiv_id == own for match, own in zip(before, right, strict=True)) > 60
    for was, now, own in zip(before, after, right, strict=True):
        if was.arxiv_id == own != now.arxiv_id:
            assert now.arxiv_id is None
            assert "tie between" in now.reason
            assert own in now.reason


def without_authors(known: Record) -> Record:
    return {**known, "authors": ""}


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> list[Match]:
    return matched(tmp_path_factory.mktemp("first"), RECORDS[:FIRST])


def test_four_times_the_records_lose_no_paper_but_to_a_twin_that_is_told(
    tmp_path: Path, first: list[Match]
) -> None:
    assert_nothing_lost(first, matched(tmp_path, RECORDS))


def test_authors_that_a_catalogue_comes_to_know_lose_no_paper(
    tmp_path: Path, first: list[Match]
) -> None:
    silent = matched(tmp_path / "silent", list(map(without_authors, RECORDS[:FIRST])))
    assert_nothing_lost(silent, first)


def test_a_source_with_other_titles_and_few_authors_loses_no_paper(
    tmp_path: Path, first: list[Match]
) -> None:
    other_source = [
        Facts(
            "semantic_scholar",
            known["id"],
            title=known["title"].upper() if number % 2 else f"Draft: {known['title']}",
            authors=(known["authors"].split(", ")[0],) if number % 3 else None,
        )
        for number, known in enumerate(RECORDS)
    ]
    assert_nothing_lost(first, matched(tmp_path, RECORDS[:FIRST], other_source))


def test_a_graph_built_with_more_records_has_every_paper_that_it_had(tmp_path: Path) -> None:
    (tmp_path / "papers.bib").write_text(bibliography(), encoding="utf-8")
    papers = []
    for known in (RECORDS[:FIRST], RECORDS):
        folder = tmp_path / str(len(known))
        built(folder, written(tmp_path, lines_of(known)))
        nodes = build(Inputs((tmp_path / "papers.bib",), catalogue=folder)).nodes.to_pylist()
        papers.append({node["id"] for node in nodes if node["in_digest"] and "arxiv" in node["id"]})
    right = {f"arxiv:{known['id']}" for known in LISTED}
    assert len(papers[0] & right) > 60
    assert papers[0] & right <= papers[1]
