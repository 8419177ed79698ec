"""Every digest format keeps one contract; a new one is a file, a line in the table and a sample."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import test_bibliographies
import test_lists
import test_notes
from conftest import SEED
from exported_samples import EXPORTS, RDF
from patience import soon_done

from benchmarks.reading import quality
from pipeline.digests import FORMATS, bibtex, written
from pipeline.digests.dates import is_date_line
from pipeline.digests.heads import leads_to_paper
from pipeline.digests.reading import NO_DIGEST, detect_format, entries, names_columns
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Entry, Format, InputFile, Skip, Text

WRITTEN = {
    "plain": SEED.read_text(encoding="utf-8"),
    "note": test_notes.NOTE,
    **test_lists.SAMPLES,
}
ZOTERO = """{"zotero": "item",
"collections": [["Reading"]],
"item": {"key": "ABCD2345", "itemType": "preprint", "title": "A Title",
"url": "arxiv.org/abs/2409.02326"},
"children": [{"itemType": "note", "note": "<p>Better than it looks.</p>"}]}
"""
SAMPLES = {
    "zotero": ZOTERO,
    "zotero_rdf": RDF,
    **{name: sample for name, (_, sample) in test_bibliographies.SAMPLES.items()},
    **{format_.name: sample for format_, sample in reversed(EXPORTS.values())},
    "written": "\n\n".join(WRITTEN.values()),
}
DAMAGED = [
    *((format_, SAMPLES[format_.name]) for format_ in FORMATS if format_.name in SAMPLES),
    *((FORMATS[-1], sample) for sample in WRITTEN.values()),
]
FRAME = re.compile(
    r"#{1,6}(?:\s.*)?|[\W_]*|%.*|<!--.*-->|\|?[\s:|-]+\|?|@(?:string|comment|preamble)\b.*"
)
each_format = pytest.mark.parametrize("format_", FORMATS, ids=lambda format_: format_.name)


def read(format_: Format, content: str) -> list[Entry | Skip]:
    """What a text is read as by one format, with all that reading adds to it."""
    data = content.encode()
    return list(entries([InputFile("notes", lambda: iter([data]))], [format_]))


def damaged(sample: str, chance: random.Random) -> str:
    """A sample with up to eight pieces cut out, doubled, moved or replaced by noise."""
    text = sample
    for _ in range(chance.randint(1, 8)):
        start, end = sorted(chance.randint(0, len(text)) for _ in range(2))
        end = min(end, start + chance.choice((1, 5, 80, 800)))
        noise = "".join(
            chance.choice("(){}[]|#>*-\n\t\"',:;@=&\\$가é\u2028 \x00x") for _ in range(9)
        )
        piece = chance.choice(("", noise, text[start:end] * 2, text[start:end][::-1]))
        text = text[:start] + piece + text[end:]
    return text.replace("\x00", chance.choice(("", "\x01")))


def unaccounted_lines(content: str, records: list[Entry | Skip]) -> list[int]:
    """The lines with words that are in no entry, told by no skip, and no frame of other lines."""
    if any(isinstance(record, Skip) and record.reason == NO_DIGEST for record in records):
        return []
    lines = content.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    taken = {
        number
        for record in records
        if isinstance(record, Entry)
        for number in range(record.line_start, record.line_end + 1)
    }
    left, told = [], False
    starts = {
        number for record in records if isinstance(record, Skip) for number in lines_of(record)
    }
    for number, line in enumerate(lines, 1):
        blank = not line.strip()
        told = not blank and number not in taken and (told or number in starts)
        below = lines[number] if number < len(lines) else ""
        heads = below.count("-") > 2 and "|" in below
        heads = heads or (number == 1 and names_columns(line))
        if not (blank or told or number in taken or heads or is_frame(line.strip())):
            left.append(number)
    return left


def lines_of(skip: Skip) -> list[int]:
    """The lines that a skip names: in its key, and in its reason if it lists some."""
    named = [int(number) for number in re.findall(r":(\d+)$", skip.key)]
    if "no paper is named in" in skip.reason:
        for start, end in re.findall(r"(\d+)(?:-(\d+))?(?=[, .])", skip.reason):
            named += range(int(start), int(end or start) + 1)
    return named


def is_frame(line: str) -> bool:
    return bool(FRAME.fullmatch(line)) or is_date_line(line)


@each_format
def test_a_format_has_a_sample_and_is_the_one_that_reads_it(format_: Format) -> None:
    text = Text("notes", SAMPLES[format_.name].split("\n"))
    assert detect_format(text, FORMATS) is format_
    assert 0 <= format_.likeness(text) <= 1


def test_records_below_notes_are_bibtex_only_where_they_are_most_of_the_lines() -> None:
    fields = "".join(f"  field{n} = {{Value of a line of its own}},\n" for n in range(9))
    record = f"@article{{key,\n{fields}}}\n"
    stray, prose = "}\n", "What I think of it.\n"
    for content in (record, record + stray + record, prose * 10 + record):
        assert detect_format(Text("a", content.split("\n")), FORMATS) is bibtex.FORMAT
    for content in (prose * 12 + record, record + prose * 12, stray * 3 + prose * 15 + record):
        assert detect_format(Text("a", content.split("\n")), FORMATS) is written.FORMAT


@each_format
def test_a_sample_gives_entries_whose_lines_are_its_own_and_in_order(format_: Format) -> None:
    found = [record for record in read(format_, SAMPLES[format_.name]) if isinstance(record, Entry)]
    last = SAMPLES[format_.name].count("\n") + 1
    assert found
    assert all(1 <= entry.line_start <= entry.line_end <= last for entry in found)
    starts = [entry.line_start for entry in found]
    assert starts == sorted(starts)
    assert all(entry.arxiv_id is None or normal_arxiv_id(entry.arxiv_id) for entry in found)


@pytest.mark.parametrize(("format_", "sample"), DAMAGED)
def test_damage_costs_no_line_and_no_time(format_: Format, sample: str) -> None:
    for seed in range(100):
        content = damaged(sample, random.Random(seed))
        with soon_done():
            records = read(format_, content)
        assert unaccounted_lines(content, records) == [], seed


@each_format
def test_nothing_is_nothing(format_: Format) -> None:
    assert format_.likeness(Text("notes", ())) < 0.85
    assert list(format_.read(Text("notes", ()))) == []


@each_format
def test_a_line_too_long_to_read_is_a_skip_with_its_line(format_: Format) -> None:
    lines: list[str | None] = [*SAMPLES[format_.name].split("\n"), None]
    records = list(format_.read(Text("notes", lines)))
    told = [record for record in records if isinstance(record, Skip) and "million" in record.reason]
    assert [skip.key for skip in told] == [f"notes:{len(lines)}"]


def test_the_gold_notes_and_digests_are_read_as_they_are(shared: Path) -> None:
    lines = list(quality.measured())
    missed = [line for line in lines if "NOT MET" in line]
    assert missed == []
    assert sum(line.startswith("    ") for line in lines) == 3


def test_the_lines_that_no_entry_has_are_told_together() -> None:
    link = "- [{}](https://arxiv.org/abs/2401.0001{})"
    lines = ("- a remark", link.format("A", 1), "", "some words", "other words", "",
             link.format("B", 2), link.format("C", 3), "- no paper", "- none")  # fmt: skip
    *_, skip = read(written.FORMAT, "\n".join(lines))
    assert isinstance(skip, Skip)
    assert skip.reason == "no paper is named in lines 1, 4-5, 9-10."


def test_a_title_with_a_link_leads_to_a_paper_and_either_alone_does_not() -> None:
    for body in ("[Deep Widgets](https://example.org/x) - good", "arXiv:2401.00011"):
        assert leads_to_paper(body)
    for body in ("Deep Widgets, I think", "see https://example.org/x for more", "some words"):
        assert not leads_to_paper(body)
