"""Works that papers cite: printed ids are checked, titles looked up, bare ids named."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
from fake_arxiv import FakeReply
from fake_papers import papers
from fake_services import FakeServices
from invented_digests import built, options, states, written
from small_catalogue import catalogue_of, record

from pipeline.build.citing import MOST_TITLES, TITLES_A_PAPER, sought_titles
from pipeline.build.local_sources import LocalSources
from pipeline.build.network import opened_network
from pipeline.build.references import EVIDENCE, CitedWorks
from pipeline.build.run import write
from pipeline.catalogue.search import Catalogue
from pipeline.model.doubted_ids import doubt
from pipeline.model.records import Facts, Reference
from pipeline.model.services import LookupResult
from pipeline.model.tables import Build

STONES, GALAXIES = "Learning to Sort Small Stones by Weight", "Deep Nets for Faint Far Galaxies"
OWN, OTHER = "2401.00001", "2301.00002"
WORLD = papers(60)
IDS = tuple(WORLD)


def printed(title: str | None, author: str | None, arxiv_id: str | None = OTHER) -> Reference:
    return Reference(title, author, 2024, arxiv_id, None, "printed in the paper's source")


@pytest.mark.parametrize(
    ("reference", "arxiv_id", "evidence"),
    [
        (printed(STONES, "A. Lee"), OWN, f"{EVIDENCE} ({doubt(OTHER)})"),
        (printed("On Quite Another Matter Altogether", "Q. Moss"), None, doubt(OTHER)),
        (printed(GALAXIES, "Eva Moss"), OTHER, None),
        (printed(f"{GALAXIES}: a Survey of Surveys", "Q. Lamb"), OTHER, None),
        (printed("What Became of Faint Things", "Eva Moss"), OTHER, None),
        (printed("What Became of Faint Things", None), OTHER, None),
        (printed("Galaxies", "Q. Lamb"), OTHER, None),
        (printed(STONES, "A. Lee", "2301.99999"), "2301.99999", None),
    ],
)
def test_an_id_whose_title_and_people_are_of_another_paper_is_not_believed(
    tmp_path: Path, reference: Reference, arxiv_id: str | None, evidence: str | None
) -> None:
    other = record(OTHER, GALAXIES, authors="Eva Moss and Ian Reed")
    facts = Facts("eprint", "2501.00001", references=(reference,))
    with Catalogue(catalogue_of(tmp_path, record(OWN, STONES), other)) as catalogue:
        ((of_facts,), _) = CitedWorks(LocalSources(catalogue)).completed([facts])
    (found,) = of_facts.references or ()
    assert (found.arxiv_id, found.title) == (arxiv_id, reference.title)
    assert found.evidence == (evidence or reference.evidence)


def test_a_work_that_is_known_by_its_id_alone_is_called_as_the_catalogue_calls_it(
    tmp_path: Path,
) -> None:
    facts = Facts("opencitations", "2501.00001", references=(printed(None, None, OWN),))
    with Catalogue(catalogue_of(tmp_path, record(OWN, STONES))) as catalogue:
        ((of_facts,), _) = CitedWorks(LocalSources(catalogue)).completed([facts])
    (found,) = of_facts.references or ()
    assert (found.title, found.first_author, found.year) == (STONES, "Ann Lee", 2024)


def cited_of(found: Build) -> list[dict[str, object]]:
    """The nodes of papers that were not read, but are cited."""
    return [n for n in found.nodes.to_pylist() if n["kind"] == "paper" and not n["in_digest"]]


def test_works_without_a_name_are_asked_for_a_hundred_at_a_time(tmp_path: Path) -> None:
    world = papers(400)
    cited = {i: p._replace(references=(), doi=None) for i, p in list(world.items())[:300]}
    read = {
        i: p._replace(references=tuple(list(cited)[n::100]), doi=f"10.5555/read.{n}")
        for n, (i, p) in enumerate(list(world.items())[300:])
    }
    digests = written(tmp_path / "in", read, read)
    with FakeServices(cited | read) as services:
        chosen = ("arxiv", "inspire", "opencitations")
        found = built(digests, options(tmp_path, services.hosts, sources=chosen))
        asked = [a.path for a in services.arrivals if "id_list" in a.path]
    queries = [parse_qs(urlsplit(path).query) for path in asked]
    assert sorted(len(of["id_list"][0].split(",")) for of in queries) == [100] * 4
    named = {node["arxiv_id"]: node["title"] for node in cited_of(found)}
    assert named == {arxiv_id: paper.title for arxiv_id, paper in cited.items()}


class _Untold(FakeServices):
    """Semantic Scholar knows of references the titles alone, in lower case."""

    def reply_to(self, host: str, path: str, body: bytes, fault: str | None) -> FakeReply:
        """What is answered."""
        reply = super().reply_to(host, path, body, fault)
        if host != "api.semanticscholar.org" or b"ARXIV" not in body:
            return reply
        of_papers = orjson.loads(reply.content)
        for work in (w for paper in of_papers if paper for w in paper.get("references", ())):
            cited = self.world[work["externalIds"].pop("ArXiv")]
            work["title"] = cited.title.lower()
        return reply._replace(content=orjson.dumps(of_papers))


def test_titles_of_references_are_looked_for_at_arxiv_several_at_a_time(tmp_path: Path) -> None:
    digests = written(tmp_path / "in", WORLD, IDS[40:])
    at_hand = {f"arxiv:{arxiv_id}" for arxiv_id in IDS[40:]}
    with _Untold(WORLD) as services:
        chosen = options(tmp_path, services.hosts, sources=("arxiv", "semantic_scholar"))
        found = built(digests, chosen)
        queries = [a for a in services.arrivals if "search_query" in a.path]
    expected = {(f"arxiv:{i}", f"arxiv:{c}") for i in IDS[40:] for c in WORLD[i].references}
    edges = {(e["source"], e["target"]) for e in found.edges.to_pylist() if e["kind"] == "cites"}
    assert edges == expected
    others = {target for _, target in expected} - at_hand
    assert len(queries) < len(others)
    assert states(found, "failed") | states(found, "not asked") == set()


@pytest.mark.parametrize(
    ("author", "year", "doi"),
    [
        ("Ann Lee", 2023, "10.1/a"),
        ("Lee", None, "10.1/a"),
        ("Ann Lee", 2019, None),
        (None, 2024, None),
        ("Bo Kim", 2024, None),
    ],
)
def test_a_title_at_crossref_is_the_work_where_author_and_year_agree(
    tmp_path: Path, author: str | None, year: int | None, doi: str | None
) -> None:
    work = Reference(STONES, "Ann Lee", 2024, None, "10.1/a", "of this title at Crossref")
    facts = Facts("eprint", OWN, references=(Reference(STONES, author, year, None, None, None),))
    with opened_network(options(tmp_path, {})) as network:
        assert network is not None
        network.answers.tell(LookupResult("crossref_titles", STONES, "found", works=(work,)))
        ((of_facts,), _) = CitedWorks(LocalSources(None), None, network).completed([facts])
    (found,) = of_facts.references or ()
    assert (found.doi, found.evidence) == (doi, work.evidence if doi else None)


def test_of_titles_the_most_cited_are_looked_for_and_no_more_than_are_bounded() -> None:
    works = [Reference(f"A title of number {n}", None, None, None, None, None) for n in range(900)]
    short = Reference("Two words", None, None, None, None, None)
    last = works[-1]
    one = [("2401.00001", work) for work in (*works, short)]
    found = list(sought_titles([*one, ("2401.00002", last), ("2401.00002", short)]).values())
    assert (found[0], len(found)) == (last.title, 2 * TITLES_A_PAPER)
    many = [(f"2401.{n:05}", work) for n, work in enumerate(works)]
    assert Counter(sought_titles(many).values()).total() == MOST_TITLES


def test_a_typed_id_is_asked_for_and_a_wrong_one_is_told_in_edge_and_report(
    tmp_path: Path,
) -> None:
    right, wrong, citing = IDS[3], IDS[5], IDS[40]
    other = WORLD[wrong]._replace(title=GALAXIES, authors=("Zeno Quux",))
    world = WORLD | {wrong: other}
    cited = world[right]
    item = f"{cited.authors[0]}.\\newblock {cited.title}.\\newblock arXiv:{wrong}, 2024."
    tex = f"\\begin{{thebibliography}}{{9}}\\bibitem{{a}} {item}\n\\end{{thebibliography}}"

    def arxiv(path: str) -> FakeReply | None:
        page = gzip.compress(f"\\documentclass{{article}}\n{tex}".encode())
        return FakeReply(200, "application/gzip", page) if path.startswith("/src/") else None

    digests = written(tmp_path / "in", world, [citing])
    with FakeServices(world, replies={"export.arxiv.org": arxiv}) as services:
        found = built(digests, options(tmp_path, services.hosts, sources=("arxiv", "eprint")))
    (edge,) = (e for e in found.edges.to_pylist() if e["kind"] == "cites")
    assert edge["target"] == f"arxiv:{right}"
    assert doubt(wrong) in edge["evidence"]
    write(found, tmp_path / "out")
    report = (tmp_path / "out" / "report.md").read_text(encoding="utf-8")
    assert f"- {cited.title}: {wrong} in `{citing}`" in report
