"""A reference that was deposited as one text is read for title, first author and year."""

from __future__ import annotations

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.model.records import Facts
from pipeline.model.services import Answer
from pipeline.sources import crossref
from pipeline.sources.eprint_ids import printed_works
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
        (f"Lee, B. , Kim, C.D. , Fox, E. & Ray, F. (2019). {STONES}. J. Sand, 3.", "B. Lee", 2019),
        (f"EEA (2019). <i>{STONES}.</i> EEA, Copenhagen, pp 128.", "EEA", 2019),
    ],
)
def test_the_styles_of_publishers_are_read(text: str, author: str, year: int) -> None:
    assert printed_reference(text) == (STONES, author, year)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Lee B, Kim C. <i>{STONES}</i>. <b>Nature</b> 3, 4 (2019).", STONES),
        (
            "Lee, B. &amp; Kim, C. H<sub>2</sub>O on stones. <i>Nature</i> <b>3</b>, 4 (2019)",
            "H2O on stones",
        ),
        (
            "Lee, B. (2019). <italic>E. coli</italic> of stones. <jats:italic>X</jats:italic>, 3.",
            "E. coli of stones",
        ),
        (f'<mixed-citation id="r1">Lee B. {STONES}. Nature. 2019</mixed-citation>', STONES),
        (
            "Lee, B. &amp;amp; Kim, C. (2019). Stones of p &lt; 0.05 and q > 1. Nature.",
            "Stones of p < 0.05 and q > 1",
        ),
    ],
)
def test_the_marks_of_a_text_are_no_words_of_it(text: str, title: str) -> None:
    found = printed_reference(text)
    assert (found.title, found.year) == (title, 2019)
    assert (found.first_author or "").split() == ["B.", "Lee"] or found.first_author == "B Lee"


def test_what_is_printed_in_a_deposited_text_alone_is_read_of_it() -> None:
    rows = [
        {"unstructured": f"Lee, B. <i>{STONES}</i>. CoRR abs/231005845 (2023)"},
        {"unstructured": f"Lee, B. {STONES}. https://doi.org/10.1000/A.1"},
        {"DOI": "10.1000/b", "article-title": "On <i>sand</i> &amp; rain", "author": "<b>Lee</b>"},
    ]
    record = {"message": {"DOI": "10.1000/x", "reference": rows}}
    answer = Answer(
        crossref.SOURCE.ask(["2401.00001 10.1000/x"]),
        (("2401.00001 10.1000/x", orjson.dumps(record)),),
    )
    (facts,) = crossref.SOURCE.read(answer)
    assert isinstance(facts, Facts)
    assert [(r.title, r.arxiv_id, r.doi) for r in facts.references or ()] == [
        (STONES, "2310.05845", None),
        (STONES, None, "10.1000/a.1"),
        ("On sand & rain", None, "10.1000/b"),
    ]


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


@pytest.mark.parametrize(
    ("item", "arxiv_id"),
    [
        ("CoRR abs/231005845, 2023", "2310.05845"),
        ("CoRR, vol. abs/231005845", "2310.05845"),
        ("arXiv preprint 231005845", "2310.05845"),
        ("arXiv:07063762", "0706.3762"),
        # Two errors have more than one mending.
        ("arXiv:23100584", None),
        ("CoRR abs/17063762", None),
        ("arXiv:231305845", None),
        ("https://example.org/abs/231005845", None),
    ],
)
def test_a_lost_dot_is_mended_and_no_digit_guessed_beside_it(
    item: str, arxiv_id: str | None
) -> None:
    assert [work.arxiv_id for work in printed_works(item)] == ([arxiv_id] if arxiv_id else [])
