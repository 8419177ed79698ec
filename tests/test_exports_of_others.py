"""What mail, feeds, browsers and reference managers export is read as reading notes."""

from __future__ import annotations

import json
import time
from email.message import EmailMessage
from io import BytesIO

import pytest
from exported_samples import EXPORTS, LINES, MAIL, SCHOLAR, YAML
from openpyxl import Workbook

from pipeline.digests import FORMATS, unpacking
from pipeline.digests.reading import detect_format, entries
from pipeline.model.records import Entry, InputFile, Skip, Text

EACH = sorted(EXPORTS)
NO_AUTHORS = {"bookmarks", "pocket", "opml", "cards"}
TAGGED = {
    "cards",
    "bookmarks",
    "pocket",
    "opml",
    "lines",
    "toml",
    "yaml",
    "wos",
    "pubmed",
    "endnote_xml",
}
DATED = {"mail", "atom", "scholar", "daily", "pubmed", "rss", "wos"}
IN_A_JOURNAL = {"mail", "atom", "scholar", "wos", "endnote", "pubmed", "endnote_xml"}


def read(content: bytes | str, name: str = "notes") -> list[Entry | Skip]:
    data = content.encode() if isinstance(content, str) else content
    return list(entries([InputFile(name, lambda: iter([data]))], FORMATS))


def kept(content: bytes | str, name: str = "notes") -> list[Entry]:
    return [record for record in read(content, name) if isinstance(record, Entry)]


@pytest.mark.parametrize("name", EACH)
def test_an_export_is_known_by_its_content_and_read_by_its_format(name: str) -> None:
    format_, sample = EXPORTS[name]
    assert detect_format(Text("notes", sample.split("\n")), FORMATS) is format_
    for other in EACH:
        if EXPORTS[other][0] is not format_:
            assert format_.likeness(Text("notes", EXPORTS[other][1].split("\n"))) < 0.5


@pytest.mark.parametrize("name", EACH)
def test_the_same_paper_comes_out_of_every_export(name: str) -> None:
    entry = kept(EXPORTS[name][1])[0]
    assert entry.arxiv_id == "2409.02326"
    assert (entry.title or "").startswith("Arctic-SnowCoder")
    assert "<" not in (entry.title or "")
    assert "2409" not in (entry.title or "")
    names = entry.authors or ()
    assert names[:2] == (() if name in NO_AUTHORS else ("Yuxiang Wei", "Hojae Han"))
    assert entry.tags == (("code", "llm") if name in TAGGED else entry.tags)
    if name in DATED:
        assert (entry.published or "").startswith("2024-09")
    if name in IN_A_JOURNAL:
        assert (entry.venue or "").startswith("Invented Journal")


def test_what_stands_beside_a_paper_is_kept_and_what_is_none_is_told() -> None:
    first, second, told = read(EXPORTS["bookmarks"][1])
    assert isinstance(first, Entry)
    assert isinstance(second, Entry)
    assert (first.title, first.commentary) == (
        "Arctic-SnowCoder: & Demystifying", "a good one, like arXiv:2310.10638",
    )  # fmt: skip
    assert [mention.arxiv_id for mention in first.mentions] == ["2310.10638"]
    assert (str(first.date), str(second.date)) == ("2024-09-05", "2024-09-05")
    assert (second.arxiv_id, second.title) == ("2409.02392", None)
    assert isinstance(told, Skip)
    assert "1 link leads to no paper" in told.reason


def test_references_within_a_record_are_no_entries() -> None:
    assert [entry.arxiv_id for entry in kept(SCHOLAR)] == ["2409.02326", None]
    nested = json.dumps({"library": {"2024": {"2409.02326": {"note": "good"}}}})
    assert [entry.arxiv_id for entry in kept(nested)] == ["2409.02326"]


def test_a_damaged_line_of_json_costs_itself() -> None:
    first, second = LINES.splitlines()
    found = read(f"{first}\n{second[:30]}\n{first.replace('02326', '02327')}\n")
    ids = [record.arxiv_id for record in found if isinstance(record, Entry)]
    assert ids == ["2409.02326", "2409.02327"]
    assert ["Mend the line" in r.reason for r in found if isinstance(r, Skip)] == [True]


def test_an_id_in_yaml_keeps_its_last_zero_and_an_alias_is_not_followed() -> None:
    assert [entry.arxiv_id for entry in kept(YAML)] == ["2409.02326", "2409.02320"]
    bomb = "- title: &a [x, x]\n  b: *a\n- title: A Second Paper\n"
    found = read(bomb, "a.yml")
    assert [entry.title for entry in found if isinstance(entry, Entry)] == ["A Second Paper"]
    assert "alias" in next(record.reason for record in found if isinstance(record, Skip))


def test_a_spreadsheet_is_read_sheet_by_sheet_with_the_links_of_its_cells() -> None:
    book = Workbook()
    papers = book.worksheets[0]
    papers.append(["Title", "Authors", "Tags", "Date"])
    papers.append(["Arctic-SnowCoder", "Yuxiang Wei, Hojae Han", "code, llm", "2024-09-05"])
    papers["A2"].hyperlink = "https://arxiv.org/abs/2409.02326"
    book.create_sheet("More").append(["title", "arxiv"])
    book["More"].append(["A Second Paper", "2409.02392"])
    content = BytesIO()
    book.save(content)
    first, second = kept(content.getvalue(), "list.xlsx")
    assert (first.arxiv_id, first.tags, str(first.date)) == (
        "2409.02326", ("code", "llm"), "2024-09-05",
    )  # fmt: skip
    assert (second.file, second.line_start, second.arxiv_id) == ("list.xlsx/More", 2, "2409.02392")
    (damaged,) = read(content.getvalue()[:500], "list.xlsx")
    assert isinstance(damaged, Skip)
    assert "Save it as CSV" in damaged.reason


def test_a_sheet_that_is_too_large_is_cut_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpacking, "MOST_CELLS", 6)
    book = Workbook()
    book.worksheets[0].append(["title", "arxiv"])
    for number in range(4):
        book.worksheets[0].append([f"Paper {number} of a Sheet", f"2409.0239{number}"])
    content = BytesIO()
    book.save(content)
    *papers, cut = read(content.getvalue(), "list.xlsx")
    assert [paper.arxiv_id for paper in papers if isinstance(paper, Entry)] == [
        "2409.02390", "2409.02391",
    ]  # fmt: skip
    assert isinstance(cut, Skip)
    assert cut.key == "list.xlsx:4"
    assert "rows 4 to 5 were not read" in cut.reason


def test_the_csv_of_pocket_and_raindrop_is_read_column_by_column() -> None:
    pocket = (
        "title,url,time_added,cursor,tags,status\n"
        '"Slow Cooking, Warm",https://arxiv.org/abs/2401.00011,1728576752,71,ovens|large models,'
        "read\n"
        "https://arxiv.org/abs/2401.00012,https://arxiv.org/abs/2401.00012,1728576752,72,,unread\n"
    )
    first, bare = kept(pocket.encode(), "part_000000.csv")
    assert (first.title, first.arxiv_id, first.tags, str(first.date)) == (
        "Slow Cooking, Warm", "2401.00011", ("ovens", "large models"), "2024-10-10",
    )  # fmt: skip
    assert (bare.title, bare.arxiv_id) == (None, "2401.00012")
    raindrop = (
        "id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite\n"
        "101,[2401.00011] Slow Cooking,Good,We cook.,https://arxiv.org/abs/2401.00011,Papers,"
        '"ovens, models",2024-02-03T04:05:06.000Z,https://a.org/arxiv.org%2Fabs%2F2401.00099,heat,false\n'
    )
    (drop,) = kept(raindrop.encode(), "export.csv")
    assert (drop.title, drop.arxiv_id, drop.tags, str(drop.date), drop.commentary) == (
        "Slow Cooking", "2401.00011", ("ovens", "models"), "2024-02-03", "Good\nheat\nWe cook.",
    )  # fmt: skip


def test_a_page_of_notion_is_a_note_with_its_properties() -> None:
    page = (
        "# Slow Cooking of Large Models\n\nStatus: Read\nTags: ovens, models\n"
        "URL: https://arxiv.org/abs/2401.00011\nAuthors: Ann Lee, Bo Kim\n"
        "Created: February 3, 2024 10:22 AM\n\n## Notes\n\nGood.\n"
    )
    (note,) = kept(
        page.encode(), "Slow Cooking of Large Models 1a2b3c4d5e6f7a8b9c0d1e2f3a4b5c6d.md"
    )
    assert (note.title, note.arxiv_id, note.authors, note.tags, str(note.date), note.names) == (
        "Slow Cooking of Large Models", "2401.00011", ("Ann Lee", "Bo Kim"), ("ovens", "models"),
        "2024-02-03", (),
    )  # fmt: skip


def test_an_answer_of_openalex_gives_authors_and_the_abstract_in_order() -> None:
    work = {
        "id": "https://openalex.org/W1",
        "doi": "https://doi.org/10.48550/arxiv.2401.00011",
        "title": "Slow Cooking",
        "display_name": "Slow Cooking",
        "publication_date": "2024-01-03",
        "authorships": [
            {"author": {"display_name": "Ann Lee"}, "institutions": [{"display_name": "Oven"}]},
            {"author": {"display_name": "Bo Kim"}, "raw_author_name": "B. Kim"},
        ],
        "referenced_works": ["https://openalex.org/W2"],
        "abstract_inverted_index": {"cook": [1], "We": [0, 2], "eat.": [3]},
    }
    (read_work,) = kept(json.dumps({"meta": {}, "results": [work]}).encode(), "works.json")
    assert (read_work.title, read_work.arxiv_id, read_work.authors, read_work.abstract) == (
        "Slow Cooking", "2401.00011", ("Ann Lee", "Bo Kim"), "We cook We eat.",
    )  # fmt: skip


@pytest.mark.parametrize("indent", [1, None])
def test_a_notebook_is_its_markdown_cells(indent: int | None) -> None:
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": [
            "# Papers\n", "\n", "- [A First Title](https://arxiv.org/abs/2409.02326) good #code\n",
            "- [A Second Title](https://arxiv.org/abs/2409.02392)",
        ]},
        {"cell_type": "code", "metadata": {}, "source": ["# https://arxiv.org/abs/2401.00009\n"]},
    ]  # fmt: skip
    content = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}, indent=indent)
    first, second = kept(content, "a.ipynb")
    assert [first.arxiv_id, second.arxiv_id] == ["2409.02326", "2409.02392"]
    if indent:
        assert "2409.02392" in content.split("\n")[second.line_start - 1]


@pytest.mark.parametrize("encoded", ["7bit", "base64", "quoted-printable"])
def test_a_saved_mail_is_its_body(encoded: str) -> None:
    mail = EmailMessage()
    mail["Subject"] = "cs.CL daily"
    mail.set_content(MAIL, cte=encoded)
    assert [e.arxiv_id for e in kept(bytes(mail), "m.eml")] == ["2409.02326", "2409.02392"]
    page = EmailMessage()
    page.set_content(
        "<style>a {}</style><h3><a href='https://arxiv.org/abs/2409.02326'>Arctic: A <b>Title</b>"
        "</a></h3>", subtype="html", cte="base64",
    )  # fmt: skip
    (entry,) = kept(bytes(page), "alert.eml")
    assert (entry.arxiv_id, entry.title) == ("2409.02326", "Arctic: A Title")


def test_a_pdf_is_the_id_in_its_name() -> None:
    (entry,) = kept(b"%PDF-1.5\n\x00\xff", "attachments/2409.02326v1.pdf")
    assert entry.arxiv_id == "2409.02326"


UNITS = ("a", "<", "<a ", "<b>x", "{", "[", '{"a":', "%0 ", "- a: ", "\\\\\n", "&", "\n", "(", " ")


@pytest.mark.parametrize("name", sorted({EXPORTS[name][0].name for name in EACH}))
def test_a_megabyte_of_one_thing_is_read_in_linear_time(name: str) -> None:
    format_ = next(each for each in FORMATS if each.name == name)
    sample = next(text for of, text in EXPORTS.values() if of is format_)
    for unit in UNITS:
        taken_s = []
        for size in (20_000, 200_000):
            text = Text("notes", (sample + unit * (size // len(unit))).split("\n"))
            begin = time.process_time()
            list(format_.read(text))
            taken_s.append(time.process_time() - begin)
        # By squares it would be a hundred times; a busy machine alone makes it a few.
        assert taken_s[1] < 50 * taken_s[0] + 1.0, unit
