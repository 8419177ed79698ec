"""Each habit of writing papers down is read as a reader of it would: `data/reading_shapes.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import soon_done

from pipeline.digests import FORMATS, written
from pipeline.digests.reading import entries
from pipeline.model.ids import printed_ids
from pipeline.model.records import Entry, InputFile, Text

TABLE = Path(__file__).parent / "data" / "reading_shapes.toml"
SHAPES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["shape"]
UNITS = (
    *(
        "a",
        "가",
        "[",
        "](",
        "[a](",
        "**",
        "> ",
        "|",
        "- ",
        "# ",
        ": ",
        "a, ",
        "A B, ",
        "(A, ",
        "<a ",
    ),
    *(
        "<a ",
        "```\n",
        "<!--\n",
        "<script>\n",
        "@misc{",
        "@misc{\n",
        "- a\n",
        "---\n",
        "key: v\n",
        "2024.",
        "https://",
        "et al. ",
        "#tag ",
        "“a ",
    ),
)
PIECES = st.sampled_from(
    [
        *(
            "- ",
            "## ",
            "**",
            "> ",
            "| ",
            "\n",
            "\n\n",
            "---\n",
            "tags: ",
            "Paper: ",
            "::",
            "#+title: ",
        ),
        *(
            "[Slow Cooking](",
            ")",
            "https://arxiv.org/abs/2401.00011",
            "arXiv:2401.00012",
            "2401.00013",
        ),
        *(
            "#+title: ",
            "2401.00013",
            "A Title",
            "(Ann Lee, Bo Kim)",
            "좋다.",
            "#oven",
            "<li>",
            "1. ",
        ),
        *("```\n", "2024-09-05\n", "1. ", "<!-- ", " -->\n", "<script>\n", "</script>\n"),
        "\n```bibtex\n@misc{a,\n title={Ovens},\n eprint={2401.00014}\n}\n```\n",
        *("@misc{b, note={", "}}\n", "2024arXiv240100015L", "### Paper:\n", "[Lee et al. 2024]("),
    ]
)


def read(text: str, file: str = "notes.md") -> list[Entry]:
    data = text.encode()
    found = entries([InputFile(file, lambda: iter([data]))], FORMATS)
    return [entry for entry in found if isinstance(entry, Entry)]


def told(entry: Entry, key: str) -> object:
    """What an entry has under a key of the table, in the table's form."""
    if key == "date":
        return str(entry.date)
    if key == "mentions":
        return [mention.arxiv_id for mention in entry.mentions if mention.arxiv_id]
    value = getattr(entry, key)
    return list(value) if isinstance(value, tuple) else value or ""


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape["habit"])
def test_each_habit_gives_its_papers_with_what_is_said_of_them(shape: dict[str, Any]) -> None:
    found = read(shape["text"], shape.get("file", "notes.md"))
    assert [[e.arxiv_id or "", e.title or ""] for e in found] == shape["entries"]
    rest = {key: value for key, value in shape.items() if key not in ("habit", "file", "text")}
    del rest["entries"]
    assert {key: told(found[0], key) for key in rest} == rest


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40))
def test_every_printed_id_is_an_entrys_own_or_a_mention(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = list(read(text))
    known = {each.arxiv_id for each in found}
    known |= {mention.arxiv_id for each in found for mention in each.mentions}
    assert {printed.arxiv_id for printed in printed_ids(text)} <= known


@pytest.mark.parametrize("unit", UNITS)
def test_a_hundred_thousand_characters_of_anything_are_read_in_time(unit: str) -> None:
    many = unit * (100_000 // len(unit))
    for text in (many, f"- {many}", f"https://arxiv.org/abs/2401.00011\n{many}"):
        with soon_done():
            list(written.FORMAT.read(Text("n.md", text.split("\n"))))


def test_two_notes_without_id_and_authors_stay_two_papers() -> None:
    post = '---\ntitle: "{}"\n---\n\n## Introduction\n\n* Good.\n'
    first, second = (read(post.format(title))[0] for title in ("Slow Cooking", "Fast Frying"))
    assert (first.title, second.title) == ("Slow Cooking", "Fast Frying")


@pytest.mark.parametrize("file", ["a.mbox", "a.enex", "a.typ", "a.opml", "a.json"])
def test_a_file_that_is_none_of_its_kind_stops_nothing(file: str) -> None:
    (found,) = read("From Ann Lee, Bo Kim: Slow Cooking of Models, arXiv:2401.00011\n", file)
    assert found.arxiv_id == "2401.00011"
