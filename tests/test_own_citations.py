"""A paper of the reader's own BibTeX is cited as before: by its key, as what it is, from where."""

from __future__ import annotations

import json
from pathlib import Path

import rispy
from bibtexparser.entrypoint import parse_string
from foreign_readers import written
from invented_graphs import Row, Tables, tables_of

from pipeline.build.run import Inputs, build

OWN = r"""
@string{icml = "Proc. of {ICML}"}
@inproceedings{Lee-2019_nets, title = {Nets That Sort}, author = {Lee, Ann}, booktitle = icml,
  pages = {17--29}, year = 2019, month = 7, eprint = {1812.00001}, archiveprefix = {arXiv}}
@Book{müller:book, title = {On Nets & More}, author = {Müller, K.}, publisher = {Press \& Sons},
  year = {2001}, isbn = {978-0262035613}}
@incollection{chapter, crossref = {Volume}, title = {A Chapter on Nets}, author = {Ray, Bo}}
@misc{twice, title = {One of Two Papers}, author = {Kim, Jo}, year = {2020}}
@misc{Twice, title = {Another, Unlike the First}, author = {Cho, Ed}, year = {2021}}
@techreport{again, title = {Nets That Sort}, eprint = {1812.00001}, institution = {Lab}}
@book{volume, title = {The Volume of Nets}, editor = {Ed Itor}, year = {2011}, publisher = {P}}
"""
LINES = {"year", "month", "booktitle", "publisher", "pages", "isbn", "editor", "ids"}


def built(text: str, folder: Path) -> Tables:
    (folder / "own.bib").write_text(text, "utf-8")
    found = build(Inputs((folder / "own.bib",)))
    return Tables(found.nodes, found.edges)


def in_bibtex(tables: Tables) -> dict[str, Row]:
    (data,) = written("bibtex", tables)
    entries = parse_string(data.decode()).entries
    return {
        entry.key: {"kind": entry.entry_type}
        | {f.key: str(f.value).strip("{}") for f in entry.fields}
        for entry in entries
    }


def test_a_paper_of_your_bibtex_keeps_its_key_its_kind_and_where_it_appeared(
    tmp_path: Path,
) -> None:
    found = in_bibtex(built(OWN, tmp_path))
    said = {key: {n: v for n, v in row.items() if n in LINES} for key, row in found.items()}
    kinds = {key: row["kind"] for key, row in found.items()}
    assert said["Lee-2019_nets"] == {
        "year": "2019", "month": "jul", "booktitle": "Proc. of ICML", "pages": "17--29",
        "ids": "again",
    }  # fmt: skip
    assert said["müller:book"] == {
        "year": "2001", "publisher": r"Press \& Sons", "isbn": "978-0262035613",
    }  # fmt: skip
    assert said["chapter"] == {
        "booktitle": "The Volume of Nets", "editor": "Ed Itor", "year": "2011", "publisher": "P",
    }  # fmt: skip
    assert [kinds[key] for key in ("Lee-2019_nets", "müller:book", "chapter")] == [
        "inproceedings", "book", "incollection",
    ]  # fmt: skip
    assert not {"twice", "Twice"} & found.keys()
    assert len(found) == 6


def test_what_was_written_of_your_bibtex_is_the_same_when_it_is_read_again(tmp_path: Path) -> None:
    tables = built(OWN, tmp_path)
    (data,) = written("bibtex", tables)
    (again,) = written("bibtex", built(data.decode(), tmp_path))
    assert parse_string(again.decode()).entries_dict.keys() >= {"Lee-2019_nets", "müller:book"}
    assert sorted(data.split(b"\n\n")) == sorted(again.split(b"\n\n"))


def test_other_bibliographies_cite_by_your_key_as_well(tmp_path: Path) -> None:
    tables = built(OWN, tmp_path)
    csl = {item["id"]: item for item in json.loads(written("csl-json", tables)[0])}
    ris = {item["id"]: item for item in rispy.loads(written("ris", tables)[0].decode())}
    assert (csl["Lee-2019_nets"]["type"], csl["Lee-2019_nets"]["page"]) == (
        "paper-conference", "17-29",
    )  # fmt: skip
    assert csl["Lee-2019_nets"]["issued"] == {"date-parts": [[2019, 7]]}
    assert (csl["müller:book"]["type"], csl["müller:book"]["publisher"]) == ("book", "Press & Sons")
    assert "container-title" not in csl["müller:book"]
    lee, book = ris["Lee-2019_nets"], ris["müller:book"]
    assert (lee["type_of_reference"], lee["start_page"], lee["end_page"]) == ("CONF", "17", "29")
    assert (lee["journal_name"], lee["date"]) == ("Proc. of ICML", "2019/07")
    assert (book["type_of_reference"], book["publisher"], book["isbn" if "isbn" in book else "issn"]
            ) == ("BOOK", "Press & Sons", "978-0262035613")  # fmt: skip


def test_a_key_that_tex_would_stop_at_is_not_written_and_a_known_venue_is_added() -> None:
    row: Row = {"id": "arxiv:1", "title": "T", "venue": "ICML", "year": 2018, "month": 3}
    for cited_as, wanted in (
        (["key: a b", "kind: misc"], ("arxiv:1", "misc", "2018", "journal")),
        (["key: a%b", "kind: in{proceedings"], ("arxiv:1", "article", "2018", "journal")),
        (
            ["key: a", "kind: inproceedings", "year: 2019"],
            ("a", "inproceedings", "2019", "booktitle"),
        ),
    ):
        ((key, found),) = in_bibtex(tables_of([row | {"cited_as": cited_as}], [])).items()
        place = "booktitle" if "booktitle" in found else "journal"
        assert (key, found["kind"], found["year"], place) == wanted
        assert found[place] == "ICML"
