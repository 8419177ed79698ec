"""Digests whose entries are written in more than one style: each is read as it would be alone."""

from __future__ import annotations

import pytest
from test_exports_of_others import kept

LINK = "https://arxiv.org/abs/2401.0001{}"
BRACKETED = f"Slow Cooking of Models\n(Ann Lee, Bo Kim)\n{LINK.format(1)}\ngood\n"
OTHERS = {
    "bare names": "Heat for Ovens\nAnn Lee, Bo Kim and Cy Smith\n{}\nwarm\n",
    "link first": "Heat for Ovens\n{}\nAnn Lee, Bo Kim, Cy Smith\nwarm\n",
    "labels": "Heat for Ovens\nAuthors: Ann Lee, Bo Kim, Cy Smith\nLink: {}\nwarm\n",
    "German": "Heat for Ovens\nAutoren: Ann Lee, Bo Kim, Cy Smith\nLink: {}\nwarm\n",
    "Russian": "Название: Heat for Ovens\nАвторы: Ann Lee, Bo Kim, Cy Smith\nСсылка: {}\nwarm\n",
}


@pytest.mark.parametrize("style", OTHERS)
@pytest.mark.parametrize("before", [True, False])
def test_an_entry_in_another_style_is_its_own(style: str, before: bool) -> None:
    texts = [BRACKETED, OTHERS[style].format(LINK.format(2))]
    entries = kept("\n".join(texts if before else texts[::-1]).encode(), "read.md")
    first, second = entries if before else entries[::-1]
    assert (first.title, first.authors) == ("Slow Cooking of Models", ("Ann Lee", "Bo Kim"))
    assert (first.arxiv_id, first.commentary, first.mentions) == ("2401.00011", "good", ())
    assert (second.title, second.arxiv_id) == ("Heat for Ovens", "2401.00012")
    assert (second.authors, second.commentary) == (("Ann Lee", "Bo Kim", "Cy Smith"), "warm")


@pytest.mark.parametrize("said", ["It is like this one.", "Like it, by Dan Fox", "Heat for Ovens"])
def test_a_link_in_a_paragraph_of_an_entry_stays_said_of_it(said: str) -> None:
    (entry,) = kept(f"{BRACKETED}\n{said}\n{LINK.format(2)}\n#ovens\n".encode(), "read.md")
    assert [mention.arxiv_id for mention in entry.mentions] == ["2401.00012"]


TITLES = (
    "A Longer Title That Is Certainly Going to Be\nWrapped Over Two Lines: A Case Study",
    "Wrapped Behind the\nShort Words of Many Large Ovens",
    "Langsames Kochen mit Modellen und\nGroße Öfen für Alle",
)


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("names", ["(Ann Lee, Bo Kim)", "(Ann Lee,\nBo Kim)"])
@pytest.mark.parametrize("above", ["", "2025-03-06\n", f"{BRACKETED}\n", f"{BRACKETED}#heat\n"])
def test_a_wrapped_title_and_its_authors_are_one_head(title: str, names: str, above: str) -> None:
    text = f"{above}{title}\n{names}\n{LINK.format(2)}\nwarm\n#ovens\n"
    entry = kept(text.encode(), "read.md")[-1]
    assert (entry.title, entry.authors) == (title.replace("\n", " "), ("Ann Lee", "Bo Kim"))
    assert (entry.arxiv_id, entry.commentary, entry.tags) == ("2401.00012", "warm", ("ovens",))


@pytest.mark.parametrize(
    "name", ["Papers of March", "이번 주에 읽은 논문 가운데 가장 좋았던 것들과 그렇지 않은 것들"]
)
def test_the_name_of_a_digest_is_no_part_of_its_first_title(name: str) -> None:
    *_, entry = kept(f"{name}\n{BRACKETED}".encode(), "read.md")
    assert entry.title == "Slow Cooking of Models"
