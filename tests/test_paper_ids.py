"""Which paper an entry without arXiv id and DOI is: by its title, what it mentions, or its link."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.enrich.paper_ids import paper_ids
from pipeline.model.folding import folded_title
from pipeline.model.ids import note_name, work_id
from pipeline.model.records import Entry, Match, Mention

TITLE, LINK = "Ovens of the North", "https://example.org/ovens"
BY_TITLE = work_id(folded_title(TITLE), "", None)
SIGNED = work_id(folded_title(TITLE), "lee", None)
BY_LINK = work_id(LINK, "", None)
NAMED = "2401.00001"
BY_MENTION = work_id(note_name("a.md"), NAMED, None)


def id_of(everything: bool, **said: Any) -> str | None:
    what = {"title": None, "authors": None, "links": (), "mentions": ()} | said
    entry = Entry(
        "a.md", 1, 1, None, what["title"], what["authors"], True, None, None, (), None,
        what["links"], what["mentions"],
    )  # fmt: skip
    match = Match(entry, None, "undecided", 0.0, "", "", ())
    (paper_id,) = paper_ids([match], {}, everything)
    return paper_id


@pytest.mark.parametrize(
    ("said", "usual", "with_everything"),
    [
        ({"title": TITLE}, BY_TITLE, BY_TITLE),
        ({"title": TITLE, "links": (LINK,)}, None, BY_TITLE),
        ({"title": TITLE, "authors": ("Ann Lee",), "links": (LINK,)}, SIGNED, SIGNED),
        ({"links": (LINK,)}, None, BY_LINK),
        ({"authors": ("Ann Lee",)}, None, None),
        ({"authors": ("Ann Lee",), "links": (LINK,)}, None, BY_LINK),
        ({}, None, None),
        ({"mentions": (Mention(NAMED, None, "as"),)}, BY_MENTION, BY_MENTION),
        ({"mentions": (Mention(NAMED, None, "as"),), "links": (LINK,)}, BY_MENTION, BY_MENTION),
        (
            {"title": TITLE, "mentions": (Mention(NAMED, None, "as"),), "links": (LINK,)},
            BY_TITLE,
            BY_TITLE,
        ),
    ],
)
def test_a_title_names_a_paper_unless_a_link_may_be_all_it_is_of(
    said: dict[str, Any], usual: str | None, with_everything: str | None
) -> None:
    assert (id_of(False, **said), id_of(True, **said)) == (usual, with_everything)
