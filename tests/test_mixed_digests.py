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
