"""Blocks and heads that are written into notes: they fit any note, and are known again."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.notes.contents import Content, ListUnderHeading
from pipeline.notes.flavours import FLAVOURS, block_lines, head_lines
from pipeline.notes.names import MOST_BYTES, comparable, file_name
from pipeline.notes.own_words import Point
from pipeline.notes.texts import NoteText


@pytest.mark.parametrize(
    "label",
    ['a/b\\c:*?"<>|#^[]', "CON", "com1.tex", "...", "", "x" * 500, "논문 " * 90, "\u202egnp", "é"],
)
def test_a_file_name_is_one_on_every_system(label: str) -> None:
    name = file_name(label, "arxiv:2409.01524")
    assert 0 < len(name.encode()) <= MOST_BYTES + 8
    assert not re.search(r"[\\/:*?\"<>|#^\[\]\x00-\x1f]", name)
    assert name.strip(". ") == name
    assert not re.fullmatch(r"(?i)(con|com1)(\..*)?", name)
    assert comparable("E\u0301") == comparable("é")


CONTENT = Content(
    node_id="arxiv:2409.01524",
    kind="paper",
    label="A [title] <!-- digest-graph end --> #1",
    url="https://a.org",
    properties=(("title", "A: [title]"), ("authors", ("Ann", 'Bo "b"'))),
    people=(),
    others=0,
    facts=("2024",),
    tags=("rl",),
    parts=(
        ListUnderHeading(
            "Related",
            (Point("tag:rl", "]] --> [[x", None, "<script>\n- <!-- digest-graph end -->"),),
        ),
    ),
)
LINES = st.sampled_from(
    ["", "words", "# Title", "---", "- item", "<!-- digest-graph end -->", "\u2028", "tags: [a]"]
)


@given(
    st.lists(LINES), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.sampled_from(list(FLAVOURS))
)
def test_a_block_goes_into_any_note_and_leaves_it_as_it_was(
    lines: list[str], newline: str, marked: bool, style: str
) -> None:
    before = (b"\xef\xbb\xbf" if marked else b"") + newline.join(lines).encode()
    note = NoteText(before)
    block = block_lines(FLAVOURS[style], CONTENT, lambda _: None, note.glue)
    held = NoteText(note.with_block_at_end(block))
    (place,) = held.places
    assert place.block.is_as_written
    assert place.block.node_id == CONTENT.node_id
    assert held.without(place) == before
    assert held.with_block(place, block) == note.with_block_at_end(block)


@pytest.mark.parametrize("style", list(FLAVOURS))
def test_a_written_note_is_known_until_a_word_is_added(style: str) -> None:
    flavour = FLAVOURS[style]
    text = "\n".join(
        [
            *head_lines(flavour, CONTENT.properties),
            "",
            *block_lines(flavour, CONTENT, lambda _: None, 1),
            "",
        ]
    )
    assert NoteText(text.encode()).is_only_written
    assert NoteText(text.encode()).has_written_head
    assert NoteText(text.replace("\n", "\r\n").encode()).has_written_head
    assert not NoteText(f"{text}Mine.\n".encode()).is_only_written
    first, _, rest = text.partition("\n")
    own = {"obsidian": "rating: 5", "logseq": "rating:: 5", "org": ":RATING: 5"}[style]
    assert not NoteText(f"{first}\n{own}\n{rest}".encode()).is_only_written
