"""arXiv ids, and what two spellings of a title or a name have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.identity.tags import folded_tag
from pipeline.model.folding import family_name, folded_name, folded_title, title_numbers
from pipeline.model.ids import month_of, normal_arxiv_id, printed_ids
from pipeline.model.organisations import is_organisation

new_ids = st.builds(
    lambda year, month, number: f"{year:02d}{month:02d}.{number:05d}",
    st.integers(15, 40),
    st.integers(1, 12),
    st.integers(1, 99999),
)


@given(new_ids, st.sampled_from(["", "v1", "v12"]))
@pytest.mark.parametrize(
    "form",
    [
        "{}", "arXiv:{}", "arxiv: {}", "https://arxiv.org/abs/{}", "http://www.arxiv.org/pdf/{}",
        "https://arxiv.org/pdf/{}.pdf", "https://export.arxiv.org/abs/{}", "arxiv.org/html/{}",
        "https://ar5iv.labs.arxiv.org/html/{}", "https://www.alphaxiv.org/abs/{}",
        "https://huggingface.co/papers/{}", "https://doi.org/10.48550/arXiv.{}",
        "10.48550/arxiv.{}", "https://www.semanticscholar.org/arxiv/{}", "abs/{}",
        "https://api.semanticscholar.org/arXiv:{}", "https://papers.cool/arxiv/{}",
        "https://scirate.com/arxiv/{}", "https://www.arxiv-vanity.com/papers/{}/",
        "https://www.connectedpapers.com/main/arxiv/{}", "http://xxx.lanl.gov/abs/{}",
        "https://www.alphaxiv.org/overview/{}", "https://arxiv.org/abs/{}?context=cs",
        "https://arxiv.org/ftp/arxiv/papers/2409/{}.pdf", "arXiv:{} [cs.CL]", "arXiv:{} [hep-th]",
        "https://paperswithcode.com/paper/arxiv:{}", "https://arxiv.org/abs/{}/", "arxiv:abs/{}",
        "https://arxiv.org/abs//{}", "https://browse.arxiv.org/html/{}#S1",
    ],
)  # fmt: skip
def test_every_form_of_an_id_gives_the_versionless_one(form: str, arxiv_id: str, v: str) -> None:
    assert normal_arxiv_id(form.format(arxiv_id + v)) == arxiv_id
    if form != "{}" and not form.endswith(".pdf"):
        (found,) = printed_ids(f"앞 ({form.format(arxiv_id + v)})를 보라.")
        assert (found.arxiv_id, found.version) == (arxiv_id, int(v[1:]) if v else None)


@pytest.mark.parametrize(
    "text",
    [
        "zhttps://arxiv.org/abs/2409.02326", "[x](https://example.org/notes/2409.02326.md)",
        "https://papers.cool/arxiv/kimi?paper=2409.02326", "see 2024arXiv240902326W there",
        "http://export.arxiv.org/api/query?id_list=2409.02326", "<https://a.org/r/2409.02326v2>",
        "https://ui.adsabs.harvard.edu/abs/2024arXiv240902326W/abstract", "CoRR abs/2409.02326",
        r"\url{https://arxiv.org/abs/2409.02326}", "[2409.02326] A Title",
    ],
)  # fmt: skip
def test_an_id_is_found_in_whatever_link_prints_it(text: str) -> None:
    assert [found.arxiv_id for found in printed_ids(text)] == ["2409.02326"]


@pytest.mark.parametrize(
    "text",
    [
        "https://doi.org/10.1145/2409.02326", "https://a.org/v2409.02326", "and/2409.02326",
        "https://a.org/fig/2409.02326_1.png", "https://a.org/2409.023261", "$2409.02326", "12:2409",
    ],
)  # fmt: skip
def test_other_numbers_are_no_ids(text: str) -> None:
    assert list(printed_ids(text)) == []


@given(st.text(max_size=60))
def test_normalising_is_idempotent_and_never_fails(text: str) -> None:
    arxiv_id = normal_arxiv_id(text)
    if arxiv_id:
        assert normal_arxiv_id(arxiv_id) == arxiv_id


@pytest.mark.parametrize(
    "text",
    [
        "2413.01234", "2400.01234", "1412.12345", "1501.1234", "0703.1234", "2409.015240",
        "911.3083", "1711.0510100000001", "hep-th/990100", "unknown/9901001", "2409.01524v",
        "https://arxiv.org@evil.com/abs/2409.01524", "https://arxiv.org.evil.com/abs/2409.01524",
    ],
)  # fmt: skip
def test_what_is_no_id_is_none(text: str) -> None:
    assert normal_arxiv_id(text) is None


def test_old_ids_lose_their_subject_class_and_keep_their_archive() -> None:
    assert normal_arxiv_id("math.GT/0309136") == "math/0309136"
    assert month_of("hep-th/9901001") == 1999 * 12
    assert month_of("2409.01524") == 2024 * 12 + 8


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("S^3c-Math: Spontaneous", "S$^3$cMath: Spontaneous"),
        (r"Schr\"odinger's {\L}ukasz", "Schrödinger's Łukasz"),
        ("100% of $5 &amp; more", "100\\% of 5 & More"),
        (r"The $\alpha$-\textbf{Net}", "The α-Net"),
        ("Bridge-Tower", "BridgeTower"),
        ("ﬁne-tuning：A Survey", "Fine-Tuning: a survey"),
    ],
)
def test_spellings_of_one_title_fold_to_one(a: str, b: str) -> None:
    assert folded_title(a) == folded_title(b)


@given(st.text(max_size=80))
def test_a_folded_title_is_ascii_letters_and_digits_and_folds_to_itself(title: str) -> None:
    folded = folded_title(title)
    assert folded.isascii()
    assert all(c.isdigit() or c.islower() for c in folded)
    assert folded_title(folded) == folded


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Qwen2 Technical Report", "Qwen2.5 Technical Report"),
        ("Hyperbolic laminations I", "Hyperbolic laminations II"),
        ("Nemotron-4 15B", "Nemotron-4 340B"),
        ("Physics of Language Models: Part 2.1", "Physics of Language Models: Part 2.2"),
        ("Surface Bundles III", "Surface Bundles IV"),
    ],
)
def test_parts_and_versions_have_different_numbers(a: str, b: str) -> None:
    assert title_numbers(a) != title_numbers(b)


def test_roman_and_arabic_numerals_are_one_number_and_words_are_none() -> None:
    assert title_numbers("Part II") == title_numbers("Part 2")
    assert title_numbers("Vision I See: MIX of IVF data") == ()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Quoc V Le", "Quoc V. Le"), ("Piotr Dollar", "Piotr Dollár"), ("Enze Xie1", "Enze Xie"),
        ("Ming-Yu Liu", "MingYu Liu"), ("yelong shen", "Yelong Shen"), ("C.X. Lv", "C. X. Lv"),
        ("Shuyang Sun*", "Shuyang Sun"), ("Daniel Dsouza", "Daniel D'Souza"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_fold_to_one(a: str, b: str) -> None:
    assert folded_name(a) == folded_name(b)


def test_a_family_name_is_the_last_word_but_for_jr() -> None:
    assert [family_name(n) for n in ("Z. Shao", "Sammy Davis Jr.", "John D. Co-Reyes III", "")] == [
        "shao", "davis", "coreyes", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "organisation"),
    [
        ("Qwen Team", True), ("DeepSeek-AI", True), ("LIGO Collaboration", True), ("OpenAI", True),
        ("01.AI", True), ("Essential AI", True), ("Tsinghua University", True), ("NVIDIA", True),
        ("Gemma Team", True), ("Kai Chen", False), ("Yi Ai", False), ("Jia Wang", False),
        ("Chi Jin", False), ("Zeyuan Allen-Zhu", False), ("Misha Khalman", False),
    ],
)  # fmt: skip
def test_organisations_are_told_from_people(name: str, organisation: bool) -> None:
    assert is_organisation(name) is organisation


def test_tags_fold_by_case_and_joints_only() -> None:
    assert folded_tag("in_context_learning") == folded_tag("In-Context-Learning")
    assert folded_tag("sampling") != folded_tag("resampling")
    assert folded_tag("c++") != folded_tag("c")


@pytest.mark.parametrize("arxiv_id", ["1501.00000", "0704.0000", "hep-th/9901000", "٢٤٠٩.01524"])
def test_a_number_that_no_paper_has_is_no_id(arxiv_id: str) -> None:
    assert normal_arxiv_id(arxiv_id) is None


@pytest.mark.parametrize("arxiv_id", ["1501.00010", "0704.0010", "hep-th/9901010"])
def test_a_number_that_ends_in_zero_is_an_id(arxiv_id: str) -> None:
    assert normal_arxiv_id(arxiv_id) == arxiv_id


LINK, OTHER = "https://arxiv.org/abs/2409.01524", "http://arxiv.org/pdf/2310.10638v2"


@pytest.mark.parametrize(
    "text",
    [
        f"like {LINK} and ({OTHER}).",
        f"{LINK}\n{OTHER}",
        f"{LINK}{OTHER}",
        f"see x{LINK}",
        f"{LINK}0",
        f"{LINK}_b, {OTHER}3",
        f"{LINK} [cs.CL]",
        f"{LINK}, of 2017",
        f"https://a.org/{LINK}",
        f"{LINK} and arXiv:1706.03762",
        f"{LINK.replace('2409', '2413')} {OTHER}",
    ],
)
def test_links_alone_are_found_as_links_beside_other_signs(text: str) -> None:
    # Behind a link within a word, and a stroke, ids of every form are looked for.
    assert list(printed_ids(text)) == list(printed_ids(f"{text}\nx{LINK} /"))[:-1]
