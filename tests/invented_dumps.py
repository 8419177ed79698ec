"""Dumps of a few invented works, as Semantic Scholar, OpenAlex and arXiv put them out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

OWN, CITED, CITER, FAR = "2409.01524", "2301.00001", "2410.00002", "2411.00003"
IDS = {OWN: 1, CITED: 2, CITER: 3, FAR: 4}
LINKS = [(OWN, CITED), (CITER, OWN), (FAR, CITER)]
BAD = [
    '{"corpusid": 9, "title": "cut',
    "\udcff no text",
    "[1, 2]",
    '{"title": "no id"}',
    '{"a": "\\ud800"}',
]
"""Each is no record of any dump."""


class Dumped(NamedTuple):
    """Where the dumps lie."""

    semantic_scholar: Path
    openalex: Path
    arxiv: Path


def dumps(folder: Path) -> Dumped:
    """Every dump, in `folder`, each with bad lines between the good ones."""
    s2, openalex = folder / "s2", folder / "openalex"
    for kind in ("papers", "citations", "authors"):
        (s2 / kind).mkdir(parents=True)
    openalex.mkdir()
    papers = [_paper(own, number) for own, number in IDS.items()]
    write_lines(s2 / "papers" / "000.jsonl.gz", papers[:2], BAD)
    write_lines(s2 / "papers" / "001.jsonl.gz", papers[2:])
    pairs = [{"citingcorpusid": str(IDS[a]), "citedcorpusid": IDS[b]} for a, b in LINKS]
    untold = {"citingcorpusid": "1", "citedcorpusid": None}
    write_lines(s2 / "citations" / "000.jsonl.gz", [*pairs, untold, pairs[0]], BAD)
    orcid = {"ORCID": ["0000-0002-1825-0097"]}
    write_lines(s2 / "authors" / "000.jsonl.gz", [{"authorid": "a1", "externalids": orcid}])
    works = [_work(own, number) for own, number in IDS.items()]
    write_lines(openalex / "part_000.gz", works[:2], BAD)
    pq.write_table(pa.Table.from_pylist(works[2:]), openalex / "part_001.parquet")
    records = [{"id": own, "title": f"Title {own}", "categories": "cs.CL"} for own in IDS]
    write_lines(folder / "arxiv.json", records, ["no JSON"])
    return Dumped(s2, openalex, folder / "arxiv.json")


def write_lines(path: Path, records: Iterable[object], bad: Iterable[str] = ()) -> None:
    """Records as JSON lines with `bad` ones and a blank one after the first; .gz by the name."""
    first, *rest = map(json.dumps, records)
    text = "\n".join([first, "", *bad, *rest, ""]).encode("utf-8", "surrogateescape")
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)


def _paper(own: str, number: int) -> dict[str, Any]:
    return {
        "corpusid": number,
        "externalids": {"ArXiv": own, "DOI": f"10.48550/arXiv.{own}"},
        "title": f"Title {own} \u0130 \U0001f600",
        "authors": [{"authorId": f"a{number}", "name": "Ann Lee"}, {"authorId": None, "name": "B"}],
        "year": 2024,
        "venue": "ICLR",
        "citationcount": 10 + number,
        "referencecount": 1,
    }


def _work(own: str, number: int) -> dict[str, Any]:
    cited = [f"https://openalex.org/W{IDS[b]}" for a, b in LINKS if a == own]
    return {
        "id": f"https://openalex.org/W{number}",
        "doi": f"https://doi.org/10.1162/x{number}",
        "title": f"Title\n{own}",
        "publication_year": 2024,
        "cited_by_count": 20 + number,
        "referenced_works": cited,
        "authorships": [
            {
                "author": {"id": f"https://openalex.org/A{number}", "display_name": "Ann Lee"},
                "institutions": [{"display_name": "University of Reading"}],
            }
        ],
        "locations": [{"landing_page_url": f"http://arxiv.org/abs/{own}"}],
    }
