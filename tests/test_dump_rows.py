"""Rows of public dumps, in the shapes in which they are put out; and OpenCitations end to end."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.build.run import Inputs, build
from pipeline.bulk.cutting import BulkScope, Dumps, bulk
from pipeline.bulk.dumps import KINDS, rows_of
from pipeline.bulk.papers_at_hand import dois_at_hand

SCHOLAR_PAPER = {
    "corpusid": 202660943, "title": "On the Weight of Stones", "year": 2019, "venue": "",
    "externalids": {"ACL": None, "DBLP": "journals/corr/abs-1909-1", "ArXiv": "1909.00001",
                    "MAG": "2975059944", "CorpusId": "202660943", "PubMed": None, "DOI": None,
                    "PubMedCentral": None},
    "url": "https://www.semanticscholar.org/paper/x", "publicationvenueid": None,
    "authors": [{"authorId": "1741101", "name": "Ann Lee"}], "referencecount": 2,
    "citationcount": 17, "influentialcitationcount": 1, "isopenaccess": False,
    "s2fieldsofstudy": [{"category": "Computer Science", "source": "s2-fos-model"}],
    "publicationtypes": None, "publicationdate": "2019-09-01",
    "journal": {"name": "ArXiv", "pages": None, "volume": "abs/1909.00001"},
}  # fmt: skip
SCHOLAR_CITATION = {
    "citationid": 4062177106, "citingcorpusid": 202660943, "citedcorpusid": 2314124,
    "isinfluential": False, "contexts": ["as was shown"], "intents": [["background"], None],
}  # fmt: skip
OPENALEX_WORK = {
    "id": "https://openalex.org/W2741809807", "doi": "https://doi.org/10.48550/arxiv.1909.00001",
    "title": "On the Weight of Stones", "display_name": "On the Weight of Stones",
    "publication_year": 2019, "publication_date": "2019-09-01", "cited_by_count": 17,
    "ids": {"openalex": "https://openalex.org/W2741809807", "mag": "2741809807"},
    "primary_location": {
        "is_oa": True, "landing_page_url": "https://doi.org/10.48550/arxiv.1909.00001",
        "source": {"id": "https://openalex.org/S4393179698", "display_name": "DataCite API",
                   "issn_l": None, "type": "metadata"},
    },
    "locations": [], "referenced_works": ["https://openalex.org/W1560783210"],
    "authorships": [{"author_position": "first", "raw_author_name": "Ann Lee",
                     "author": {"id": "https://openalex.org/A5048491430", "orcid": None},
                     "institutions": []}],
}  # fmt: skip
CITED_BY = {
    "arxiv_doi": "10.48550/arXiv.1909.00001", "arxiv_id": "1909.00001", "reference_count": 3,
    "citation_count": 2,
    "cited_by": [{"doi": "10.1016/J.STONES.2020.1", "matches": [{"provenance": "mined"}]},
                 {"doi": "10.1016/j.stones.2020.1", "matches": []}],
}  # fmt: skip
HEAD = b"oci,citing,cited,creation,timespan,journal_sc,author_sc"
META = (
    b'"id","title","author","issue","volume","venue","page","pub_date","type","publisher","editor"'
)
META_ROW = (
    b'"omid:br/06202880635 doi:10.1145/3025453.3025717 openalex:W2611339666","On, and of, Stones",'
    b'"Lee, Ann [orcid:0000-0002-1825-0097 omid:ra/0621010775619]; The Team","","",'
    b'"Journal Of Stones [issn:0138-9130 omid:br/0626055628]","35-46","2017-05-02",'
    b'"proceedings article","Acm [crossref:320 omid:ra/0610116009]",""'
)


@pytest.mark.parametrize(
    ("kind", "item", "expected"),
    [
        ("papers", SCHOLAR_PAPER, {"work": "202660943", "arxiv_id": "1909.00001", "venue": None}),
        ("citations", SCHOLAR_CITATION, {"citing": "202660943", "cited": "2314124"}),
        ("works", OPENALEX_WORK, {"work": "W2741809807", "arxiv_id": "1909.00001", "venue": None}),
        (
            "crossref_links",
            CITED_BY,
            {"citing": "10.1016/j.stones.2020.1", "cited": "10.48550/arxiv.1909.00001"},
        ),
        ("references", OPENALEX_WORK, {"citing": "W2741809807", "cited": "W1560783210"}),
        (
            "opencitations_links",
            b"06023129539-06202880635,omid:br/06023129539,omid:br/06202880635,2026,P8Y,no,no",
            {"citing": "omid:br/06023129539", "cited": "omid:br/06202880635"},
        ),
        (
            "opencitations_links",
            b'"0200100-02001","10.1186/1756-8722-6-59","10.1186/1756-8722-5-31","2013","P1Y","no","no"',
            {"citing": "10.1186/1756-8722-6-59", "cited": "10.1186/1756-8722-5-31"},
        ),
        (
            "opencitations_links",
            b'"doi:10.4000/geocarrefour.7195","doi:10.3917/her.123.0088"',
            {"citing": "10.4000/geocarrefour.7195", "cited": "10.3917/her.123.0088"},
        ),
        (
            "opencitations_links",
            (
                b'"061202325243-062403150807","omid:br/061202325243 doi:10.1145/3535511.3535541 '
                b'openalex:W4283735155","omid:br/062403150807 doi:10.1145/3452383.3452391 '
                b'openalex:W3159497091","2022-05-16","P1Y2M21D","no","no"'
            ),
            {"citing": "omid:br/061202325243", "cited": "omid:br/062403150807"},
        ),
        (
            "opencitations_works",
            META_ROW,
            {
                "work": "omid:br/06202880635",
                "doi": "10.1145/3025453.3025717",
                "title": "On, and of, Stones",
                "year": 2017,
                "venue": "Journal Of Stones",
                "people": [{"name": "Ann Lee"}, {"name": "The Team"}],
            },
        ),
    ],
)
def test_a_row_as_the_dump_has_it_is_read(kind: str, item: Any, expected: dict[str, Any]) -> None:
    lines = [item] if isinstance(item, bytes) else [item, orjson.dumps(item)]
    for line in lines:
        row = rows_of(KINDS[kind], line)[0]
        assert {name: row.get(name) for name in expected} == expected


def test_rows_of_semantic_scholars_releases_are_read_with_ids_as_text_or_numbers() -> None:
    """Rows of the public samples: a release has its ids as text, another as numbers."""
    older = b'{"citingcorpusid":"17821850","citedcorpusid":"784288","isinfluential":false,'
    older += b'"contexts":null,"intents":null,"updated":"2020-11-01T08:14:11.812Z"}'
    assert rows_of(KINDS["citations"], older) == [{"citing": "17821850", "cited": "784288"}]
    unknown = older.replace(b'"784288"', b"null")
    assert rows_of(KINDS["citations"], unknown) == []
    paper = b'{"corpusid":178503351,"externalids":{"ACL":null,"ArXiv":null,"MAG":"1517813643",'
    paper += b'"CorpusId":"178503351","DOI":"10.21031/EPOD.45799"},"authors":[{"authorId":'
    paper += b'"144872225","name":"M. Tur\xc4\x9fut"}],"venue":"","year":2011,"referencecount":0,'
    paper += b'"citationcount":1,"s2fieldsofstudy":null,"journal":{"name":"","volume":"2"}}'
    (row,) = rows_of(KINDS["papers"], paper)
    assert (row["work"], row["doi"]) == ("178503351", "10.21031/epod.45799")
    assert (row["year"], row["citation_count"], row["venue"]) == (2011, 1, None)
    assert row["people"] == [{"name": "M. Tur\u011fut", "id": "144872225"}]


@pytest.mark.parametrize("kind", ["opencitations_links", "opencitations_works"])
def test_a_line_of_the_other_dump_and_a_header_are_no_rows_and_any_other_is_bad(kind: str) -> None:
    others = {"opencitations_links": META_ROW, "opencitations_works": b"1-2,10.1/a,10.1/b,,,,"}
    for line in (HEAD, META, others[kind]):
        assert rows_of(KINDS[kind], line) == []
    for bad in (b"a,b,c", b'"unclosed', b"\xff,x", b"1-2,no id,10.1/b,,,,", b",,,,,,,,,,"):
        rows = rows_of(KINDS[kind], bad)
        assert all(list(row) == ["problem"] for row in rows)
    assert [list(row) for row in rows_of(KINDS[kind], b"a,b,c")] == [["problem"]]


OWN, CITED = "2401.00001", "2301.00002"


def dumped(folder: Path, *, meta: bool) -> tuple[str, ...]:
    """OpenCitations' dumps: with Meta the links are of OMIDs, in an archive within an archive."""
    ends = [
        ("10.1234/own", "10.1234/old"),
        ("10.48550/arxiv." + OWN, "10.48550/arxiv." + CITED),
        ("10.1234/citer", "10.1234/own"),
        ("10.1234/citer", "10.1234/old"),
    ]
    dois = sorted({doi for pair in ends for doi in pair})
    names = {doi: f"omid:br/06{n}" if meta else doi for n, doi in enumerate(dois)}
    lines = [HEAD, *(f"o,{names[a]},{names[b]},2020,P1Y,no,no".encode() for a, b in ends), b"bad"]
    with zipfile.ZipFile(folder / "inner.zip", "w") as inner:
        inner.writestr("2020.csv", b"\n".join(lines))
    with zipfile.ZipFile(folder / "index.zip", "w") as outer:
        outer.write(folder / "inner.zip", "inner.zip")
    works = [META, *(_meta_row(names[doi], doi) for doi in dois)]
    (folder / "meta.csv.gz").write_bytes(gzip.compress(b"\n".join(works)))
    return (str(folder / "index.zip"), *([str(folder / "meta.csv.gz")] if meta else []))


def _meta_row(name: str, doi: str) -> bytes:
    return f'"{name} doi:{doi}","Title Of {doi}","Lee, Ann","","","","","2020","","",""'.encode()


@pytest.mark.parametrize("meta", [True, False])
def test_the_links_of_preprint_and_published_version_are_one_papers(
    tmp_path: Path, meta: bool
) -> None:
    nodes = {"arxiv_id": [OWN], "doi": ["10.1234/OWN"], "in_digest": [True]}
    pq.write_table(pa.table(nodes), tmp_path / "nodes.parquet")
    dumps = Dumps(opencitations=dumped(tmp_path, meta=meta))
    wanted = BulkScope([OWN], dois=dois_at_hand(tmp_path))
    counted = bulk(wanted, dumps, tmp_path / "bulk", lambda path: path.open("rb"))
    assert counted[:3] == (1, 2, 1)
    assert counted.bad_lines == 1
    (tmp_path / "notes.txt").write_text(
        f"2024-09-05\nhttps://arxiv.org/abs/{OWN}\nA Title of a Paper\nx\n"
    )
    found = build(Inputs((tmp_path / "notes.txt",), bulk=tmp_path / "bulk"))
    cites = [e for e in found.edges.to_pylist() if e["kind"] == "cites"]
    assert {(e["source"], e["target"]) for e in cites} == {
        (f"arxiv:{OWN}", "doi:10.1234/old"),
        (f"arxiv:{OWN}", f"arxiv:{CITED}"),
    }
    assert {e["sources"][0] for e in cites} == {"opencitations_dump"}
    titles = {node["id"]: node["title"] for node in found.nodes.to_pylist()}
    assert titles["doi:10.1234/old"] == ("Title Of 10.1234/old" if meta else None)


def test_citations_at_crossref_join_papers_at_hand_by_their_published_dois(tmp_path: Path) -> None:
    nodes = {"arxiv_id": [OWN, CITED], "doi": ["10.1234/OWN", None], "in_digest": [True, True]}
    pq.write_table(pa.table(nodes), tmp_path / "nodes.parquet")
    cited_by: list[dict[str, object]] = [
        {"doi": doi, "matches": []} for doi in ("10.1234/own", "10.1234/other")
    ]
    rows = [{"arxiv_id": CITED, "cited_by": cited_by}, {"arxiv_id": "1001.0001", "cited_by": []}]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "all.parquet")
    wanted = BulkScope([OWN, CITED], dois=dois_at_hand(tmp_path))
    dumps = Dumps(crossref=(str(tmp_path / "all.parquet"),))
    bulk(wanted, dumps, tmp_path / "bulk", lambda path: path.open("rb"))
    table = pq.read_table(tmp_path / "bulk" / "dumped.parquet").to_pylist()
    (own,) = (row for row in table if row["arxiv_id"] == OWN)
    assert [work["arxiv_id"] for work in own["references"]] == [CITED]
    (cited,) = (row for row in table if row["arxiv_id"] == CITED)
    assert [w["arxiv_id"] or w["doi"] for w in cited["citations"]] == ["10.1234/other", OWN]
