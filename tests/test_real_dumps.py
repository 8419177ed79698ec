"""Real rows of public dumps (public facts: ids, titles, references) in the dumps' own layout."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.bulk.cutting import BulkScope, Dumps, bulk
from pipeline.bulk.dumps import KINDS, rows_of

PREPRINT = "2310.01798"
CITER = "10.1007/978-3-032-32636-2_18"
WORKS: list[dict[str, Any]] = [
    {"id": "https://openalex.org/W4387355948",
     "doi": "https://doi.org/10.48550/arxiv.2310.01798",
     "title": "Large Language Models Cannot Self-Correct Reasoning Yet",
     "publication_date": "2023-10-03", "cited_by_count": 38, "referenced_works": []},
    {"id": "https://openalex.org/W7172133375", "doi": f"https://doi.org/{CITER}",
     "title": "Enhancing Mathematical Reasoning Education with Data-Driven Fine-Tuning of Large "
              "Language Models",
     "publication_date": "2026-08-01", "cited_by_count": 0,
     "referenced_works": ["https://openalex.org/W4387355948"]},
    {"id": "https://openalex.org/W2741809807", "doi": "https://doi.org/10.7717/peerj.4375",
     "title": "The state of OA: a large-scale analysis of the prevalence and impact of Open Access "
              "articles",
     "publication_year": 2018, "publication_date": "2018-02-13", "cited_by_count": 394,
     "ids": {"openalex": "https://openalex.org/W2741809807", "mag": "2741809807",
             "pmid": "https://pubmed.ncbi.nlm.nih.gov/29456894"},
     "primary_location": {"source": {"id": "https://openalex.org/S1983995261",
                                     "display_name": "PeerJ", "type": "journal"}},
     "authorships": [{"author_position": "first",
                      "author": {"id": "https://openalex.org/A1969205032",
                                 "display_name": "Heather A. Piwowar",
                                 "orcid": "https://orcid.org/0000-0003-1613-5981"},
                      "institutions": [{"display_name": "Our Research", "country_code": "CA"}]}],
     "referenced_works": ["https://openalex.org/W1560783210", "https://openalex.org/W1724212071"]},
]  # fmt: skip
UNIX = "10.1145/3196398.3196476"
DEPOSITED = ("10.1145/2901318.2901350", "10.1109/ICSM.2013.18", "10.1109/MAHC.2009.55")
DEPOSIT: dict[str, Any] = {
    "DOI": UNIX, "URL": f"http://dx.doi.org/{UNIX}", "type": "proceedings-article",
    "title": ["Documented unix facilities over 48 years"],
    "author": [{"given": "Diomidis", "family": "Spinellis", "sequence": "first"}],
    "issued": {"date-parts": [[2018, 5, 28]]}, "reference-count": 12,
    "reference": [
        *({"key": f"e_1_3_2_1_{n}_1", "doi-asserted-by": "publisher", "DOI": doi}
          for n, doi in enumerate(DEPOSITED)),
        {"key": "e_1_3_2_1_3_1", "volume-title": "Kernighan and Rob Pike", "year": "1984"},
        {"key": "e_1_3_2_1_6_1", "unstructured": "J. F. Ossanna. 1979. NROFF/TROFF User's Manual."},
    ],
}  # fmt: skip


def opened(path: Path) -> Any:
    return path.open("rb")


def lines(items: list[dict[str, Any]]) -> bytes:
    return b"".join(orjson.dumps(item) + b"\n" for item in items)


def cut(folder: Path, wanted: BulkScope, dumps: Dumps) -> list[dict[str, Any]]:
    counted = bulk(wanted, dumps, folder / "bulk", opened)
    assert counted.bad_lines == 0
    rows: list[dict[str, Any]] = pq.read_table(folder / "bulk" / "dumped.parquet").to_pylist()
    return rows


@pytest.mark.parametrize(
    ("place", "listing"),
    [
        ("data/jsonl/works/updated_date=2026-06-24/part_0000.gz", "data/jsonl/manifest.json"),
        ("legacy-data/works/updated_date=2022-05-27/part_000.gz", "legacy-data/works/manifest"),
        ("data/parquet/works/updated_date=2026-06-24/part_0000.parquet", "data/manifest.json"),
    ],
)
def test_openalexs_works_are_read_where_its_snapshot_has_them(
    tmp_path: Path, place: str, listing: str
) -> None:
    for name in (place, listing):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    if place.endswith(".gz"):
        (tmp_path / place).write_bytes(gzip.compress(lines(WORKS)))
    else:
        pq.write_table(pa.Table.from_pylist(WORKS), tmp_path / place)
    (tmp_path / listing).write_text('{\n  "entries": [\n    {"url": "s3://openalex/data"}\n  ]\n}')
    (row,) = cut(tmp_path, BulkScope([PREPRINT]), Dumps(works=(str(tmp_path),)))
    assert (row["arxiv_id"], row["citation_count"], row["venue"]) == (PREPRINT, 38, None)
    assert [(work["doi"], work["title"][:22]) for work in row["citations"]] == [
        (CITER, "Enhancing Mathematical")
    ]


def test_a_real_work_of_openalex_is_read_whole() -> None:
    (work,) = rows_of(KINDS["works"], orjson.dumps(WORKS[2]))
    assert (work["doi"], work["year"], work["venue"]) == ("10.7717/peerj.4375", 2018, "PeerJ")
    assert work["people"] == [
        {"name": "Heather A. Piwowar", "id": "A1969205032", "orcid": "0000-0003-1613-5981",
         "institutions": ["Our Research"]}
    ]  # fmt: skip
    links = rows_of(KINDS["references"], orjson.dumps(WORKS[2]))
    assert [link["cited"] for link in links] == ["W1560783210", "W1724212071"]


@pytest.mark.parametrize("name", ["17.json.gz", "31.jsonl.gz", "2.json"])
def test_crossrefs_own_works_are_read_in_a_list_or_a_line_each(tmp_path: Path, name: str) -> None:
    """`0.json.gz` and so on hold a list `items`, as a file of 2025 holds a work a line."""
    (tmp_path / "dump").mkdir()
    other = {"DOI": "10.1007/978-3-031-74535-5", "title": ["Conceptualizations of Africa"]}
    listed = orjson.dumps({"items": [DEPOSIT, other]}, option=orjson.OPT_INDENT_2)
    content = lines([DEPOSIT, other]) if "jsonl" in name else listed
    packed = gzip.compress(content) if name.endswith(".gz") else content
    (tmp_path / "dump" / name).write_bytes(packed)
    # The two ids stand in for preprints of the citing work and of one that it cites.
    wanted = BulkScope(["1801.00001", "1602.00002"],
                    dois={UNIX: "1801.00001", DEPOSITED[0]: "1602.00002"})  # fmt: skip
    citing, cited = sorted(
        cut(tmp_path, wanted, Dumps(crossref=(str(tmp_path / "dump"),))),
        key=lambda row: row["arxiv_id"], reverse=True,
    )  # fmt: skip
    references = {work["arxiv_id"] or work["doi"] for work in citing["references"]}
    assert references == {"1602.00002", *map(str.casefold, DEPOSITED[1:])}
    assert [work["arxiv_id"] for work in cited["citations"]] == ["1801.00001"]


def test_a_reference_that_prints_a_preprint_names_it_by_arxivs_doi() -> None:
    texts = [
        {"unstructured": "Lee, A.: Stones. arXiv preprint arXiv:1706.03762v5 (2017)"},
        {"journal-title": "arXiv: hep-th/9711200", "year": "1997"},
        {"DOI": "10.48550/ARXIV.1706.03762"},
        {"unstructured": "Lee, A.: Stones 12, 1706.03762 (2017)"},
    ]
    rows = rows_of(KINDS["crossref_links"], orjson.dumps({"DOI": "10.1234/A", "reference": texts}))
    assert rows == [
        {"citing": "10.1234/a", "cited": "10.48550/arxiv.1706.03762"},
        {"citing": "10.1234/a", "cited": "10.48550/arxiv.hep-th/9711200"},
    ]


def test_comets_list_is_read_as_lines_and_as_parquet_which_names_the_id_otherwise() -> None:
    cited_by = [{"doi": CITER, "raw_match": "arXiv:2310.01798", "reference": "{}"}] * 2
    parquet = {"cited_id": PREPRINT, "citation_count": 1, "cited_by": cited_by}
    line = {"arxiv_doi": f"10.48550/arXiv.{PREPRINT}", "arxiv_id": PREPRINT,
            "cited_by": [{"doi": CITER, "matches": [{"raw_match": "x"}]}]}  # fmt: skip
    link = {"citing": CITER, "cited": f"10.48550/arxiv.{PREPRINT}"}
    for item in (parquet, line, orjson.dumps(line)):
        assert rows_of(KINDS["crossref_links"], item) == [link]
    bad = rows_of(KINDS["crossref_links"], {"items": [DEPOSIT, {"title": ["x"]}, 7]})
    assert [list(row) for row in bad[-2:]] == [["problem"], ["problem"]]
