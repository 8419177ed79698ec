"""Encodings: right, guessed and told, or refused with the line and what to do."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator

import pytest
from conftest import SEED
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli.terminal import is_left_out
from pipeline.digests import FORMATS, decoding
from pipeline.digests.decoding import GuessedText, capped_lines, text_of
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile, Skip, Text

KOREAN = SEED.read_text(encoding="utf-8")


def document(content: bytes, piece_bytes: int = 4096) -> InputFile:
    pieces = [content[at : at + piece_bytes] for at in range(0, len(content), piece_bytes)]
    return InputFile("notes.txt", lambda: iter(pieces))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp949"])
@pytest.mark.parametrize("piece_bytes", [7, 4096])
def test_unicode_and_korean_encodings_are_read_right(encoding: str, piece_bytes: int) -> None:
    text = text_of(document(KOREAN.encode(encoding), piece_bytes))
    assert isinstance(text, Text)
    assert list(text.lines) == KOREAN.splitlines()


def test_japanese_of_seven_bits_is_read_by_its_escapes() -> None:
    text = text_of(document("ゆっくり調理する\nA title".encode("iso2022_jp")))
    assert isinstance(text, Text)
    assert [*text.lines] == ["ゆっくり調理する", "A title"]


def test_short_korean_text_is_not_mistaken() -> None:
    text = text_of(document("GNN 논문".encode("cp949")))
    assert isinstance(text, Text)
    assert text.lines == ("GNN 논문",)


@pytest.mark.parametrize(
    ("words", "encoding", "name"),
    [
        ("今日は新しい論文を読みました。とても面白い", "shift_jis", "cp932"),
        ("今日は新しい論文を読みました", "euc_jp", "euc-jp"),
        ("这篇论文提出了一种新的方法，效果很好", "gb18030", "gb18030"),
        ("这篇论文提出了一种新的方法", "gb2312", "gb18030"),
        ("這篇論文提出了新的方法", "big5", "big5"),
        ("Schrödinger, naïve café", "cp1252", "cp1252"),
        ("“Fine” – it’s 5 µs ± 2 °C", "cp1252", "cp1252"),
        ("A atenção não é suficiente; função de perda", "latin-1", "cp1252"),
        ("Świetny pomysł, ale dużo liczenia", "cp1250", "cp1250"),
        ("Öğrenme hızı şaşırtıcı", "cp1254", "cp1254"),
        ("Привет, статья хорошая", "cp1251", "cp1251"),
        ("Статья про внимание, но дорого", "koi8-r", "koi8-r"),
        ("읽었다: 주의 기제", "utf-16-le", "utf-16-le"),
        ("Schrödinger, naïve café", "utf-16-be", "utf-16-be"),
    ],
)
def test_an_encoding_that_nothing_names_is_guessed(words: str, encoding: str, name: str) -> None:
    lines = "# A Note on Sorting Stones", words, "https://arxiv.org/abs/2409.01524"
    text = text_of(document("\n".join(lines).encode(encoding)))
    assert isinstance(text, GuessedText)
    assert (text.lines, text.encoding) == (lines, name)


def test_the_reader_is_told_of_a_guess_and_what_to_do() -> None:
    note = document("# Über Steine\nhttps://arxiv.org/abs/2409.01524\n".encode("cp1252"))
    told, entry = entries([note], FORMATS)
    assert isinstance(told, Skip)
    assert not is_left_out(told)
    assert "read as CP1252" in told.reason
    assert "save it as UTF-8" in told.reason
    assert isinstance(entry, Entry)
    assert (entry.title, entry.arxiv_id) == ("Über Steine", "2409.01524")


@pytest.mark.parametrize("seed", range(8))
def test_bytes_of_no_text_are_refused_with_line_and_remedy(seed: int) -> None:
    noise = random.Random(seed).randbytes(3_000).replace(b"\0", b"a").replace(b"\n", b"a")
    skip = text_of(document(b"first\n" + noise))
    assert isinstance(skip, Skip)
    assert skip.key == "notes.txt:2"
    assert "Save it as UTF-8" in skip.reason


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("% Encoding: ISO8859_1\nRésumé", "latin-1"),
        ("% Encoding: Cp1252\nRésumé – “a”", "cp1252"),
        ('<?xml version="1.0" encoding="Shift_JIS"?>\n今日は', "shift_jis"),
        ('<meta charset="gb2312">\n这篇论文提出了', "gb2312"),
        ("# -*- coding: koi8-r -*-\nстатья", "koi8-r"),
    ],
)
def test_a_file_that_names_its_encoding_is_read_in_it(words: str, encoding: str) -> None:
    text = text_of(document(words.encode(encoding)))
    assert isinstance(text, Text)
    assert text.lines == tuple(words.split("\n"))


@pytest.mark.parametrize("name", ["rot13", "base64", "utf-8", "utf-16", "klingon", "ascii"])
def test_a_name_that_is_no_encoding_or_cannot_be_right_is_passed_over(name: str) -> None:
    text = text_of(document(f"% Encoding: {name}\nSchrödinger\n".encode("cp1252")))
    assert isinstance(text, GuessedText)
    assert (text.lines[1], text.encoding) == ("Schrödinger", "cp1252")


@pytest.mark.parametrize("content", [b"%PDF\x00\x01", "한글".encode("utf-16-le")])
def test_binary_files_are_refused(content: bytes) -> None:
    skip = text_of(document(b"a\nb\n" + content + b"\x00"))
    assert isinstance(skip, Skip)
    assert skip.key == "notes.txt:3"
    assert "binary" in skip.reason


def test_an_empty_file_is_refused() -> None:
    skip = text_of(document(b""))
    assert isinstance(skip, Skip)
    assert "empty" in skip.reason


@given(st.text(alphabet="ab\r\n", max_size=60), st.integers(min_value=1, max_value=9))
def test_lines_are_the_same_however_the_text_is_cut(text: str, size: int) -> None:
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    whole = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert list(capped_lines(pieces)) == (whole[:-1] if whole[-1] == "" else whole)


@given(st.lists(st.text(alphabet="ab", max_size=12), max_size=12), st.integers(1, 9))
def test_a_line_over_the_limit_is_none_and_the_others_stand(lines: list[str], size: int) -> None:
    text = "".join(f"{line}\n" for line in lines)
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    wanted = [line if len(line) <= 6 else None for line in lines]
    assert list(capped_lines(pieces, limit=6)) == wanted


def test_a_line_of_100_mb_costs_little_memory_and_only_itself() -> None:
    def chunks() -> Iterator[bytes]:
        yield "앞\n".encode()
        for _ in range(100):
            yield b"x" * 1_000_000
        yield "\n뒤".encode()

    tracemalloc.start()
    text = text_of(InputFile("notes.txt", chunks))
    peak_bytes = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert isinstance(text, Text)
    assert text.lines == ("앞", None, "뒤")
    assert peak_bytes < 20_000_000


@pytest.mark.parametrize(("lines", "is_told"), [(5, False), (7, True)])
def test_of_a_file_of_too_many_lines_a_part_is_read_and_the_rest_is_told(
    lines: int, is_told: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "MOST_LINES", 5)
    content = "# A Title of One Paper\nhttps://arxiv.org/abs/2409.01524\n" + "a\n" * (lines - 2)
    read = list(entries([document(content.encode())], FORMATS))
    assert [record.arxiv_id for record in read if isinstance(record, Entry)] == ["2409.01524"]
    told = [record.reason for record in read if isinstance(record, Skip)]
    assert told == ["what comes after line 6 was not read. Cut the file into several."] * is_told
