"""The four formats that read a bibliography as reading notes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from conftest import SEED
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import soon_done

from pipeline.digests import bibtex, csl_json, csv_table, ris
from pipeline.model.records import Entry, Format, Skip, Text

BIBTEX = r"""% Encoding: UTF-8
@string{arx = "arXiv preprint"}
@comment{jabref-meta: databaseType:bibtex;}

@misc{wei2024arctic,
  title = {{Arctic-SnowCoder}: 90\% of {\'E}tude, $S^3$ \& 20$\times$},
  author = {Wei, Yuxiang and {\L}ukasz, J{\"o}rg and others},
  abstract = {Recent studies cost 5% more
    than we think.},
  eprint = {2409.02326v2}, archivePrefix = {arXiv}, keywords = {code, llm, code},
  annote = {코드 LLM 연구.
https://arxiv.org/abs/2310.10638 참고.},
  date-added = {2024-09-05 10:22:31 +0900}
}
@article{lee2024,
  title = "A Title", author = {Ann Lee and {OpenAI}},
  journal = arx # { arXiv:2408.16293},
  url = {https://example.org/a\_b},
}
@book{lee2024, title = {A Book without a Date}, doi = {10.1000/xyz}}
"""

RIS = """TY  - JOUR
TI  - Arctic-SnowCoder: Demystifying Code
AU  - Wei, Yuxiang
KW  - code
KW  - llm
KW  - code
AB  - Recent studies
in two lines.
N1  - <p>코드 LLM 연구.</p><p>https://arxiv.org/abs/2310.10638 참고.</p>
N1  - arXiv:2409.02326 [cs]
UR  - http://arxiv.org/abs/2409.02326
Y2  - 2024/09/05/10:22:31
ER  - 

TY  - BOOK
T1  - A Book
A1  - et al.
ER  - 
"""  # noqa: W291

CSL = """[
  {
    "id": "wei", "type": "article", "title": "Arctic-SnowCoder: <i>Demystifying</i> Code",
    "author": [{"family": "Wei", "given": "Yuxiang"}, {"literal": "OpenAI"}],
    "abstract": "Recent studies.", "keyword": "code, llm,code",
    "note": "arXiv: 2409.02326 [cs]\\ntex.version: 2\\n코드 LLM 연구. arXiv:2310.10638 참고.",
    "DOI": "10.48550/arXiv.2409.02326", "accessed": {"date-parts": [["2024", 9, 5]]}
  },
  {"id": "lee", "title": "A Book"}
]
"""

CSV = """제목,저자,arXiv ID,태그,메모,날짜,쪽수
"Arctic-SnowCoder, Demystified","Wei, Yuxiang; Lee, Ann; et al.",2409.02326,"code, llm,code",\
"코드 LLM 연구.
https://arxiv.org/abs/2310.10638 참고.",2024. 9. 5,12

A Book,Ann Lee and Bo Kim,,#책,,,
"""

FORMATS = (bibtex.FORMAT, ris.FORMAT, csl_json.FORMAT, csv_table.FORMAT)
SAMPLES = {f.name: (f, s) for f, s in zip(FORMATS, (BIBTEX, RIS, CSL, CSV), strict=True)}
FRAME = re.compile(r"%.*|@string.*|@comment.*|[\[\]]|제목.*|\s*")
NAMES = sorted(SAMPLES)


def text_of(content: str) -> Text:
    return Text("a.txt", tuple(content.split("\n")))


def read(format_: Format, content: str) -> list[Entry | Skip]:
    return list(format_.read(text_of(content)))


def kept(format_: Format, content: str) -> list[Entry]:
    return [record for record in read(format_, content) if isinstance(record, Entry)]


def skips(format_: Format, content: str) -> dict[int, str]:
    found = [record for record in read(format_, content) if isinstance(record, Skip)]
    return {int(skip.key.removeprefix("a.txt:")): skip.reason for skip in found}


def line_of(content: str, start: str) -> int:
    return content[: content.index(start)].count("\n") + 1


@pytest.mark.parametrize("name", NAMES)
def test_a_format_knows_its_own_and_no_other(name: str) -> None:
    format_, sample = SAMPLES[name]
    assert format_.name == name
    assert format_.likeness(text_of(sample)) > 0.9
    others = [other for key, (_, other) in SAMPLES.items() if key != name]
    markdown = (
        f"# Notes\n\n- A Title, authors: Lee\n\n```bibtex\n{BIBTEX[:300]}\n```\n" + "글.\n" * 40
    )
    for other in [*others, SEED.read_text(encoding="utf-8"), markdown, "", "\n \n", "{"]:
        assert format_.likeness(text_of(other)) < 0.3


@pytest.mark.parametrize("name", NAMES)
def test_every_line_belongs_to_an_entry_or_to_the_frame_of_the_format(name: str) -> None:
    format_, sample = SAMPLES[name]
    found = read(format_, sample)
    assert all(isinstance(record, Entry) for record in found)
    owned = {n for e in kept(format_, sample) for n in range(e.line_start, e.line_end + 1)}
    for number, line in enumerate(sample.split("\n"), 1):
        assert number in owned or FRAME.fullmatch(line), line


@pytest.mark.parametrize("name", NAMES)
def test_the_same_paper_comes_out_of_every_format(name: str) -> None:
    entry = kept(*SAMPLES[name])[0]
    assert (entry.title or "").startswith("Arctic-SnowCoder")
    assert (entry.authors or ())[0] == "Yuxiang Wei"
    assert (entry.arxiv_id, entry.tags) == ("2409.02326", ("code", "llm"))
    assert (entry.file, entry.date) == ("a.txt", date(2024, 9, 5))
    assert (entry.commentary or "").startswith("코드 LLM 연구.")
    assert "[cs]" not in (entry.commentary or "")
    (mention,) = entry.mentions
    assert (mention.arxiv_id, mention.sentence[-3:]) == ("2310.10638", "참고.")


@pytest.mark.parametrize("name", NAMES)
def test_a_line_too_long_is_a_skip_and_the_rest_is_read(name: str) -> None:
    format_, sample = SAMPLES[name]
    lines = tuple(sample.rstrip("\n").split("\n"))
    *rest, last = format_.read(Text("a.txt", (*lines, None)))
    reason = "the line is over a million characters. The rest of the file was read; "
    reason += "break the line or take it out."
    assert last == Skip("digests", f"a.txt:{len(lines) + 1}", reason)
    assert rest == read(format_, sample.rstrip("\n"))


def damaged(data: st.DataObject, sample: str) -> str:
    for _ in range(data.draw(st.integers(1, 6))):
        start, length = data.draw(st.integers(0, len(sample))), data.draw(st.integers(0, 40))
        added = data.draw(st.text(max_size=5) | st.sampled_from(['"', "{", "}", "[", "@a{", "\n"]))
        sample = sample[:start] + added + sample[start + length :]
    return sample


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data(), some=st.text() | st.text(alphabet='@{}"=,#\\[]:aTYER-10 \n\t$'))
@settings(max_examples=200, deadline=None)
def test_any_text_and_any_damage_is_entries_and_skips_in_time(
    name: str, data: st.DataObject, some: str
) -> None:
    format_, sample = SAMPLES[name]
    ends_in_time(format_, some)
    ends_in_time(format_, damaged(data, sample))


def ends_in_time(format_: Format, content: str) -> None:
    text = text_of(content)
    with soon_done():
        assert 0.0 <= format_.likeness(text) <= 1.0
        records = list(format_.read(text))
    for record in records:
        if isinstance(record, Entry):
            assert 1 <= record.line_start <= record.line_end <= len(text.lines)
        else:
            assert re.fullmatch(r"a\.txt:\d+", record.key)


HARD = {
    "open lists": "[" * 200_000,
    "open records": '[{"a":' * 30_000,
    "records on lines": "[\n" + '{"title": [1, \n' * 5_000,
    "unclosed records": "@a{b, c = {d\n" * 5_000,
    "quotes": "title,authors\n" + '"a\n' * 5_000,
    "dollars and accents": "@a{b, title = {" + "$\\'{" * 5_000,
    "tags of HTML": "TY  - JOUR\nN1  - <p>" + "<p " * 30_000 + "\nER  - ",
    "many macros": "@string{a = {xxxxx}}\n" + "@string{a = a # a}\n" * 200 + "@a{b, title = a}",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", HARD.values(), ids=HARD.keys())
def test_a_hostile_text_ends_in_time(name: str, content: str) -> None:
    ends_in_time(SAMPLES[name][0], content)


def test_tex_is_turned_to_plain_text() -> None:
    first, second, book = kept(bibtex.FORMAT, BIBTEX)
    assert first.title == "Arctic-SnowCoder: 90% of Étude, $S^3$ & 20×"
    assert (first.authors, first.authors_complete) == (("Yuxiang Wei", "Jörg Łukasz"), False)
    assert first.abstract == "Recent studies cost 5% more than we think."
    assert (second.authors, second.authors_complete) == (("Ann Lee", "OpenAI"), True)
    assert (second.arxiv_id, second.links) == ("2408.16293", ("https://example.org/a_b",))
    assert (book.title, book.authors, book.date) == ("A Book without a Date", None, None)
    assert book.links == ("https://doi.org/10.1000/xyz",)


def test_a_key_or_field_that_comes_twice_loses_nothing() -> None:
    twice = "@misc{a, title={One}, note={하나.}, note={둘.}}\n@misc{a, title={Two}}"
    one, two = kept(bibtex.FORMAT, twice)
    assert (one.title, one.commentary, two.title) == ("One", "하나.\n둘.", "Two")


def test_the_time_stamp_of_dblp_is_not_the_reader_s() -> None:
    field = "timestamp = {Mon, 05 Aug 2019 10:00:00 +0200}"
    assert kept(bibtex.FORMAT, f"@misc{{a, title={{T}}, {field}}}")[0].date == date(2019, 8, 5)
    dblp = f"@misc{{a, title={{T}}, {field}, bibsource = {{dblp computer science}}}}"
    assert kept(bibtex.FORMAT, dblp)[0].date is None


DAMAGED: list[tuple[str, Callable[[str], str], str]] = [
    ("bibtex", lambda s: s.replace("{OpenAI}},", "{OpenAI,"), "@article{lee2024"),
    ("ris", lambda s: s.replace("ER  - \n\n", "\n"), "TY  - JOUR"),
    ("csl_json", lambda s: s.replace('"Recent studies."', '"Recent "studies."'), "  {\n"),
    ("csv_table", lambda s: s.replace("쪽수\n", '쪽수\n"Bad,\n'), '"Bad'),
    ("bibtex", lambda s: s[: s.index("A Book")], "@book"),
    ("ris", lambda s: s[: s.index("A Book")], "TY  - BOOK"),
    ("csl_json", lambda s: s[: s.index("A Book")], '  {"id": "lee"'),
]


@pytest.mark.parametrize(("name", "damage", "start"), DAMAGED)
def test_a_damaged_or_cut_record_costs_itself_alone_and_says_where_it_is(
    name: str, damage: Callable[[str], str], start: str
) -> None:
    format_, sample = SAMPLES[name]
    changed = damage(sample)
    assert line_of(changed, start) in skips(format_, changed)
    others = [entry.title for entry in kept(format_, changed)]
    assert others
    assert set(others) <= {entry.title for entry in kept(format_, sample)}


def test_fields_outside_a_record_and_bare_records_are_not_lost_in_silence() -> None:
    lost = "@misc{a, title = {One}}\nmisc{b, title = {Two},\n year = 2024}\n@misc{c, title = {T}}"
    assert list(skips(bibtex.FORMAT, lost)) == [2]
    assert list(skips(bibtex.FORMAT, "@misc{a, year = 2024}")) == [1]
    assert list(skips(ris.FORMAT, RIS + "TI  - Lost\nAU  - Lee\n")) == [19]


@pytest.mark.parametrize("item", ["[" * 99_999 + "]" * 99_999, "9" * 5000, "7"])
def test_json_that_cannot_be_used_is_a_skip_and_the_next_record_is_read(item: str) -> None:
    content = f'[\n{item},\n{{"title": "Good", "id": "g"}}\n]'
    assert list(skips(csl_json.FORMAT, content)) == [2]
    assert [entry.title for entry in kept(csl_json.FORMAT, content)] == ["Good"]


def test_records_may_stand_under_items_with_other_keys_around() -> None:
    wrapped = f'{{"config": {{"a": 1}}, "items": {CSL}, "total": 2}}'
    assert csl_json.FORMAT.likeness(text_of(wrapped)) == 1.0
    assert [entry.title for entry in kept(csl_json.FORMAT, wrapped)][1:] == ["A Book"]
    assert skips(csl_json.FORMAT, wrapped) == {}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_by_the_names_of_its_columns(delimiter: str) -> None:
    rows = [["Notes", "Paper", "Date Added", "Date", "URL"],
            ["좋다.", "T", "2024-09-05", "2019", "https://arxiv.org/abs/2409.02326"]]  # fmt: skip
    content = "\n".join(delimiter.join(row) for row in rows)
    assert csv_table.FORMAT.likeness(text_of(content)) == 1.0
    (entry,) = kept(csv_table.FORMAT, content)
    assert (entry.title, entry.commentary, entry.arxiv_id) == ("T", "좋다.", "2409.02326")
    assert entry.date == date(2024, 9, 5)


@pytest.mark.parametrize("number", ["911.3083", "2409.0152", "2.41E+03", "2409"])
def test_an_id_that_became_a_number_is_a_skip_and_never_guessed(number: str) -> None:
    content = f"title,arxiv\nGood,2409.01520\nBad,{number}\nNone,-\n"
    assert [e.arxiv_id for e in kept(csv_table.FORMAT, content)] == ["2409.01520", None]
    ((line, reason),) = skips(csv_table.FORMAT, content).items()
    assert (line, "Make the column text" in reason) == (3, True)


def test_a_row_number_is_no_id_and_a_row_too_wide_too_long_or_unclosed_is_a_skip() -> None:
    bad = f'2,Two, Three,나쁘다.\n3,Long,{"x" * 200_000}\n4,"Bad,\n'
    content = f'id,title,notes\n1,One,\n{bad}5,"Four",\n'
    assert [e.title for e in kept(csv_table.FORMAT, content)] == ["One", "Four"]
    assert list(skips(csv_table.FORMAT, content)) == [3, 4, 5]


def test_a_date_that_is_none_is_said_and_the_entry_kept_without_one() -> None:
    content = "title,date\nOne,2024-13-05\nTwo,2024\n"
    assert [e.date for e in kept(csv_table.FORMAT, content)] == [None, None]
    assert list(skips(csv_table.FORMAT, content)) == [2]
