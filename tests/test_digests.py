"""The plain digest, as the reader writes it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from conftest import SEED
from hypothesis import given
from hypothesis import strategies as st
from patience import soon_done

from pipeline.digests import FORMATS, document, packed_lines
from pipeline.digests.dates import heading_date
from pipeline.digests.prose import sentence_at, sentence_ends, tags_in
from pipeline.digests.reading import entries
from pipeline.model.ids import printed_ids
from pipeline.model.records import Entry, InputFile, Skip
from pipeline.store.inputs import documents

ABSTRACT = "We study the thing that everyone studies and find what nobody found. " * 4


def read(text: str | bytes, file: str = "notes.txt") -> list[Entry | Skip]:
    content = text.encode() if isinstance(text, str) else text
    pieces = [content[at : at + 1000] for at in range(0, len(content), 1000)]
    return list(entries([InputFile(file, lambda: iter(pieces))], FORMATS))


def only_entry(text: str) -> Entry:
    (entry,) = read(text)
    assert isinstance(entry, Entry)
    return entry


@pytest.fixture(scope="session")
def seed() -> list[Entry]:
    found = list(entries(documents([SEED]), FORMATS))
    return [entry for entry in found if isinstance(entry, Entry)]


def test_the_digest_has_seven_entries_of_its_day_that_cover_every_line(seed: list[Entry]) -> None:
    assert [entry.date for entry in seed] == [date(2024, 9, 5)] * 7
    lines = [n for entry in seed for n in range(entry.line_start, entry.line_end + 1)]
    assert lines == list(range(2, 42))


def test_an_entry_gives_title_authors_abstract_all_commentary_and_tags(seed: list[Entry]) -> None:
    lines = SEED.read_text(encoding="utf-8").splitlines()
    last = seed[-1]
    assert last.title == lines[34]
    assert last.authors == (
        *("Kaiwen Zheng", "Yongxin Chen", "Hanzi Mao", "Ming-Yu Liu", "Jun Zhu", "Qinsheng Zhang"),
    )
    assert last.abstract == lines[36]
    assert last.commentary == "\n".join(lines[37:40])
    assert last.tags == ("diffusion", "autoregressive-model")
    assert [len(entry.authors or ()) for entry in seed] == [3, 8, 11, 10, 13, 12, 6]
    assert [entry.tags for entry in seed][:3] == [
        ("code", "llm"), ("synthetic-data",), ("long-context", "pretraining"),
    ]  # fmt: skip


def test_a_mention_carries_the_id_and_its_whole_sentence(seed: list[Entry]) -> None:
    found = {(e.line_start, m.arxiv_id): m.sentence for e in seed for m in e.mentions}
    assert set(found) == {(9, "2408.16293"), (14, "2310.10638")}
    assert found[9, "2408.16293"] == (
        "얼마 전 나온 Physics of Language Models 2.2를 (https://arxiv.org/abs/2408.16293) "
        "떠올리게 하네요."
    )
    assert found[14, "2310.10638"].startswith("Long Context 데이터는 대부분 서적 등에")
    assert found[14, "2310.10638"].endswith("이런 아이디어입니다.")


def test_a_link_line_gives_the_entry_its_own_id_and_is_no_mention() -> None:
    entry = only_entry("2024-09-05\nhttps://arxiv.org/pdf/2409.02326v2\nA Title\n(Ann Lee)\n좋다.")
    assert (entry.arxiv_id, entry.title, entry.mentions) == ("2409.02326", "A Title", ())
    assert entry.links == ("https://arxiv.org/pdf/2409.02326v2",)


@pytest.mark.parametrize("names", ["Bo Kim, Cy Ng", "Bo Kim", "Qwen, DeepSeek"])
def test_entries_without_tags_end_where_the_next_title_and_authors_stand(names: str) -> None:
    text = f"2024-09-05\nFirst Title\n(Ann Lee)\n의견 하나.\nSecond Title\n({names})\n의견 둘."
    found = [entry for entry in read(text) if isinstance(entry, Entry)]
    assert [(e.title, e.commentary) for e in found] == [
        ("First Title", "의견 하나."), ("Second Title", "의견 둘."),
    ]  # fmt: skip


@pytest.mark.parametrize("title", ["The Road to 2050", "Deep Learning 24", "Results", "ICLR 2024"])
def test_what_stands_above_its_authors_is_a_title_though_it_could_name_a_part(title: str) -> None:
    entry = only_entry(f"2024-09-05\n{title}\n(Ann Lee, Bob Kim)\nIt is good.\n#t\n")
    assert (entry.title, entry.authors) == (title, ("Ann Lee", "Bob Kim"))
    assert entry.commentary == "It is good."


def test_a_parenthesis_in_the_commentary_is_no_author_list() -> None:
    text = "A Title\n(Ann Lee)\n결과는 좋다.\n(하지만 비용이 크다. 그래서 쓰기는 어렵다.)\n#a"
    assert only_entry(text).commentary == (
        "결과는 좋다.\n(하지만 비용이 크다. 그래서 쓰기는 어렵다.)"
    )


@pytest.mark.parametrize(
    ("printed", "names", "complete"),
    [
        ("(Qwen: An Yang, Bo Li)", ("Qwen", "An Yang", "Bo Li"), True),
        ("(Ann Lee, Bo Kim, et al.)", ("Ann Lee", "Bo Kim"), False),
        ("(Ann Lee, (additional authors not shown))", ("Ann Lee",), False),
        ("(Ann Lee and Bo Kim)", ("Ann Lee", "Bo Kim"), True),
        ("(Ann Lee, and Bo Kim)", ("Ann Lee", "Bo Kim"), True),
        ("(Nanyun (Violet) Peng, Bo Kim)", ("Nanyun (Violet) Peng", "Bo Kim"), True),
    ],
)
def test_author_lists_are_read_as_people_print_them(
    printed: str, names: tuple[str, ...], complete: bool
) -> None:
    entry = only_entry(f"2024-09-05\nA Title\n{printed}\n좋다.\n#a")
    assert (entry.authors, entry.authors_complete) == (names, complete)


def test_a_long_line_of_tags_and_tags_behind_an_abstract_are_tags() -> None:
    tags = [f"topic-{number}" for number in range(60)]
    head = "2024-09-05\nSegregation of Grains\n(Ana Brandt, Wei Zhou)"
    many = only_entry(f"{head}\n{' '.join(f'#{tag}' for tag in tags)}")
    assert (list(many.tags), many.abstract) == (tags, None)
    behind = only_entry(f"{head}\n{ABSTRACT}It is #P-hard. #grains #rice")
    assert (behind.tags, behind.abstract) == (("grains", "rice"), f"{ABSTRACT}It is #P-hard.")


def test_abstract_and_commentary_are_told_apart_by_language_and_length() -> None:
    entry = only_entry(f"A Title\n(Ann Lee)\n{ABSTRACT}\n의견이다.\n#a")
    assert (entry.abstract, entry.commentary) == (ABSTRACT.strip(), "의견이다.")
    short = only_entry("A Title\n(Ann Lee)\nNice and short.\n#a")
    assert (short.abstract, short.commentary) == (None, "Nice and short.")


@pytest.mark.parametrize(
    "heading",
    [
        "2024년 9월 5일", "2024년 9월 5일 (목)", "2024-09-05", "2024.09.05", "## 2024/9/5",
        "September 5, 2024", "Sep 5th, 2024", "5 September 2024", "2024年9月5日",
        "2024年9月5日(木)",
    ],
)  # fmt: skip
def test_a_date_heading_is_read_in_the_ways_people_write_one(heading: str) -> None:
    assert heading_date(heading) == date(2024, 9, 5)


def test_several_dates_in_one_file_each_rule_what_follows() -> None:
    text = "2024-09-05\nOne Title\n(Ann Lee)\n#a\n2024-09-06\nTwo Title\n(Bo Kim)\n#b"
    assert [e.date for e in read(text) if isinstance(e, Entry)] == [
        date(2024, 9, 5), date(2024, 9, 6),
    ]  # fmt: skip


def test_an_impossible_date_is_skipped_and_its_entries_are_kept_without_one() -> None:
    skip, entry = read("2024년 13월 5일\nA Title\n(Ann Lee)\n#a")
    assert isinstance(skip, Skip)
    assert skip.key == "notes.txt:1"
    assert isinstance(entry, Entry)
    assert entry.date is None


def test_a_line_of_tags_alone_is_an_entry_of_its_own() -> None:
    found = [entry for entry in read("A Title\n(Ann Lee)\n#a\n#b #c") if isinstance(entry, Entry)]
    assert [(e.line_start, e.title, e.tags) for e in found] == [
        (1, "A Title", ("a",)), (4, None, ("b", "c")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        ("#code #llm", ("code", "llm")),
        ("좋은 논문. #rl #3d", ("rl", "3d")),
        ("# Links", ()),
        ("C# and #1 and https://a.org/#b", ()),
    ],
)
def test_tags_are_known_from_headings_numbers_and_links(line: str, tags: tuple[str, ...]) -> None:
    assert tags_in(line) == tags


@given(st.text(), st.integers(min_value=0))
def test_a_sentence_holds_the_character_that_was_asked_for(text: str, at: int) -> None:
    if text:
        position = at % len(text)
        sentence = sentence_at(text, list(sentence_ends(text)), position)
        assert sentence in text
        assert text[position].isspace() or text[position] in sentence


@given(st.text(max_size=400))
def test_any_text_is_entries_and_skips_and_never_an_error(text: str) -> None:
    encodable = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    found = read(encodable)
    assert found
    spans = [(e.line_start, e.line_end) for e in found if isinstance(e, Entry)]
    assert spans == sorted(spans)
    assert all(a[1] < b[0] for a, b in pairwise(spans))


def test_a_line_of_20000_ids_is_read_in_time() -> None:
    with soon_done(30):
        entry = only_entry(f"A Title\n(Ann Lee)\n목록: {'2409.01524 [[가 ' * 20_000}\n#a")
    assert len(entry.mentions) == 20_000
    assert max(len(mention.sentence) for mention in entry.mentions) <= 2_000


def test_bare_ids_count_and_prices_versions_and_percentages_do_not() -> None:
    text = "See 2310.10638 and arXiv:hep-th/9901001v2, not $2408.16293, 2413.10638, 3.1415.92653"
    assert [found.arxiv_id for found in printed_ids(text)] == ["2310.10638", "hep-th/9901001"]


def test_a_folder_is_read_in_the_order_of_names_and_hidden_files_are_not(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "sub/c.txt", ".git/d.txt", "overrides.toml"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("A Title\n(Ann Lee)\n#a")
    found = [d for d in documents([tmp_path, tmp_path / "a.txt"]) if isinstance(d, InputFile)]
    names = [Path(document.file).relative_to(tmp_path).as_posix() for document in found]
    assert names == ["a.txt", "b.txt", "sub/c.txt"]


def test_a_text_of_many_lines_is_read_in_parts_as_it_is_read_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = "".join(
        f"2024-09-{day:02}\n\nOf Bread and Salt {day}\n(Ann Lee, Bob Kim)\nwords\n"
        f"https://arxiv.org/abs/2401.{day:05}\n#bread\n\nOf Wine {day}\n(Cy Lee, Di Kim)\n#wine\n\n"
        for day in range(1, 31)
    )
    whole = read(text.encode())
    monkeypatch.setattr(document, "MOST_LINES", 50)
    monkeypatch.setattr(document, "_NEAR", 8)
    monkeypatch.setattr(packed_lines, "MANY", 3)
    monkeypatch.setattr(packed_lines, "_BLOCK", 7)
    assert len(whole) == 60
    assert read(text.encode()) == whole
    near = 2 * document.MOST_LINES
    assert read(b"a\n" * near) == read(b"b\n" * near)


@given(st.lists(st.none() | st.text(alphabet="ab ", max_size=3), max_size=30), st.integers(-3, 33))
def test_packed_lines_are_the_lines(lines: list[str | None], place: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packed_lines, "_BLOCK", 4)
        packed = packed_lines.PackedLines(iter(lines))
        assert (len(packed), tuple(packed)) == (len(lines), tuple(lines))
        assert packed[place:] == tuple(lines[place:])
        assert packed[place : place + 3] == tuple(lines[place : place + 3])
        if -len(lines) <= place < len(lines):
            assert packed[place] == lines[place]


@pytest.mark.parametrize(
    ("form", "between"),
    [
        ("2024-09-05\nOf Bread and Salt\n({})\nwords\n#a\n", ", "),
        ("# Of Bread and Salt\n\nAuthors: {}\n\nhttps://arxiv.org/abs/2409.01234\n", ", "),
        ("---\ntitle: Of Bread\nauthors:\n  - {}\narxiv: 2409.01234\n---\nwords\n", "\n  - "),
    ],
)
def test_three_thousand_authors_are_all_there(form: str, between: str) -> None:
    words = [chr(97 + n % 26) * 2 + chr(97 + n // 26 % 26) for n in range(600)]
    names = [f"{words[n % 600].title()} {words[n // 6].title()}son" for n in range(3_000)]
    entry = only_entry(form.format(between.join(names)))
    assert (entry.authors, entry.authors_complete) == (tuple(names), True)


def test_authors_beyond_what_is_looked_at_are_told_to_be_missing() -> None:
    names = ", ".join(f"Ann {chr(65 + n % 26)}{chr(97 + n // 26)}son" for n in range(660))
    first, _ = read(
        f"- [Of Bread](https://arxiv.org/abs/2409.01234), {names}\n"
        "- [Of Salt](https://arxiv.org/abs/2409.01235), Bo Kim\n"
    )
    assert isinstance(first, Entry)
    assert len(first.authors or ()) > 300
    assert not first.authors_complete
    assert set(first.authors or ()) <= set(names.split(", "))
