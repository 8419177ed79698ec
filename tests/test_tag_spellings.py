"""How spellings of tags are looked for in texts."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.identity.tag_spellings import phrases, printed_of

LETTERS = st.text("ab", min_size=1, max_size=5)


@given(st.lists(LETTERS, max_size=8), st.lists(st.lists(LETTERS, max_size=9), max_size=3))
def test_a_key_is_printed_where_it_is_a_phrase_of_a_text(
    keys: list[str], words: list[list[str]]
) -> None:
    texts = [" ".join(line) for line in words]
    assert printed_of(keys, texts) == {key for key in keys if any(key in phrases(t) for t in texts)}
