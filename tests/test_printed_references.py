"""A reference that was deposited as one text is read for title, first author and year."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sources.printed_references import printed_reference

STONES = "On the weight of small stones"


@pytest.mark.parametrize(
    ("text", "author", "year"),
    [
        (f"Lee, B., Kim, C.D., Fox, E.: {STONES}. In: Proc. X, pp. 1-9 (2019)", "B. Lee", 2019),
        (f"3. Lee, B., et al.: {STONES}. J. Stones 4, 12 (2019)", "B. Lee", 2019),
        (f'[12] B. Lee and C. Kim, "{STONES}," in Proc. X, 2019, pp. 598-608.', "B. Lee", 2019),
        (f"Lee B, Kim C (2019) {STONES}. J Stones 4(2001):12", "B Lee", 2019),
        (f"Lee, B., & Kim, C. (2019a). {STONES}. In Stones.", "B. Lee", 2019),
        (f"Bo Lee, Cho Kim, and E. Fox. 2019. {STONES}. J. of X 4 (2018).", "Bo Lee", 2019),
        (f"Lee B, Kim CD, et al. {STONES}. J Stones. 2019;9(8):1735.", "B Lee", 2019),
    ],
)
def test_the_styles_of_publishers_are_read(text: str, author: str, year: int) -> None:
    assert printed_reference(text) == (STONES, author, year)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"B. Lee, C. Kim, {STONES}, J. Stones 4 (2019) 12",
        "Lee, B.: Stones. J. Stones 4 (2019)",
        "ISO 9001:2015 Quality management systems",
        "https://example.org/stones-and-their-weight (accessed 2019)",
    ],
)
def test_where_no_style_tells_the_title_none_is_told_and_no_author(text: str) -> None:
    assert printed_reference(text)[:2] == (None, None)


@given(
    st.lists(st.sampled_from("Lee, |B. |Lee AB, |: |(2019) |2019. |“|et al. |x |In: ".split("|")))
)
def test_any_text_at_all_is_read(pieces: list[str]) -> None:
    found = printed_reference("".join(pieces))
    assert found.title is None or found.title.strip() == found.title != ""
