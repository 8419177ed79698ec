"""The bytes of a page are packed in parts, which are known from the page before."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator

import pytest

from pipeline.export import deflating
from pipeline.export.deflating import MOST_BYTES, deflated, know_parts, parts_met

WORDS = [f"word{number}" for number in range(3_000)]
TEXT = " ".join(random.Random(22).choices(WORDS, k=150_000)).encode()


@pytest.fixture(autouse=True)
def _nothing_known() -> Iterator[None]:
    yield
    know_parts({})
    parts_met()


@pytest.mark.parametrize(
    "content", [b"", b"a", bytes(2 * MOST_BYTES + 1), TEXT[: MOST_BYTES - 1], TEXT]
)
def test_what_is_packed_in_parts_is_unpacked_as_one(content: bytes) -> None:
    packed = deflated([content])
    assert zlib.decompress(packed, -zlib.MAX_WBITS) == content
    assert len(packed) <= 1.02 * len(zlib.compress(content, deflating.LEVEL)) + 64


def test_parts_hang_on_the_bytes_and_not_on_how_they_come() -> None:
    pieces = [TEXT[start : start + 7_001] for start in range(0, len(TEXT), 7_001)]
    assert deflated(pieces) == deflated([TEXT]) == deflated([memoryview(TEXT)])


def test_a_word_more_changes_few_parts_and_the_others_are_known() -> None:
    know_parts({})
    deflated([TEXT])
    before = parts_met()
    assert before
    longer = TEXT[:400_000] + b" inserted " + TEXT[400_000:]
    anew = deflated([longer])
    know_parts(before)
    assert deflated([longer]) == anew
    after = parts_met()
    assert after
    assert 1 <= len(after.keys() - before.keys()) <= 4 < len(before) - 8
    know_parts(dict.fromkeys(after, b"known"))
    assert deflated([longer]).startswith(b"knownknown")
    assert parts_met() is None


def test_a_part_that_stands_behind_another_one_is_packed_anew() -> None:
    first, second, third, *_ = deflating.parts_of([TEXT])
    know_parts({})
    deflated([first, third])
    know_parts(parts_met() or {})
    assert zlib.decompress(deflated([second, third]), -zlib.MAX_WBITS) == second + third
