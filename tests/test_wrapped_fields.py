"""What is set in below a label: the rest of the field, or a remark; in invented notes."""

from __future__ import annotations

import pytest

from pipeline.digests import FORMATS
from pipeline.digests.reading import entries
from pipeline.model.records import Entry, InputFile

LINK = "https://arxiv.org/abs/2401.00011"
TITLE = "Slow Cooking of Models"
PEOPLE = ("Ann Lee", "Bo Kim")
LONG = f"On the Invented Heat of Ovens, Pans and {TITLE}"


def read(note: str, name: str = "notes.txt") -> Entry:
    records = entries([InputFile(name, lambda: iter([note.encode()]))], FORMATS)
    (entry,) = [record for record in records if isinstance(record, Entry)]
    return entry


@pytest.mark.parametrize(
    ("below_title", "below_names", "below_tags"),
    [
        ("  Interesting step for ovens.", "  (both in Seoul)", "  ask Cy about it"),
        ("     really nice", "     I know them both", "     TODO: compare with 2401.00012"),
        ("   see also the blog of Cy", "   (at Oven Lab)", "   a remark of mine, set in"),
        ("    (굽는 이야기)", "    다들 유명한 사람들", "    나중에 다시 읽기"),
        ("    ICLR 2024", "    great people", "    nice, short"),
    ],
)
@pytest.mark.parametrize("labels", ["Title Authors Link Tags", "제목 저자 링크 태그"])
def test_a_remark_set_in_below_a_label_stays_a_remark(
    labels: str, below_title: str, below_names: str, below_tags: str
) -> None:
    title, authors, link, tags = labels.split()
    entry = read(
        f"{title}: {TITLE}\n{below_title}\n{authors}: Ann Lee, Bo Kim\n{below_names}\n"
        f"{link}: {LINK}\n{tags}: heat, oven\n{below_tags}\n"
    )
    assert (entry.title, entry.authors, entry.arxiv_id) == (TITLE, PEOPLE, "2401.00011")
    assert entry.tags == ("heat", "oven")
    said = f"{entry.commentary} {entry.published} {entry.venue}"
    for remark in (below_names, below_tags):
        assert remark.strip() in said


@pytest.mark.parametrize("label", ["Title: ", "Title:: ", "**Title:** ", "제목: ", "Paper: "])
def test_a_link_set_in_below_a_title_is_its_link(label: str) -> None:
    entry = read(f"{label}{TITLE}\n    {LINK}\n    nice, simple\n", "notes.md")
    assert (entry.title, entry.arxiv_id) == (TITLE, "2401.00011")
    assert entry.commentary == "nice, simple"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Slow Cooking", "       of Several Models"),
        ("Slow Cooking of", "  Models"),
        ("Slow Cooking:", "  models that wait"),
        ("On the Invented Heat of Ovens and Slow Cooking", "  for Several Models"),
        ("Slow cooking (of models", "  and ovens)"),
        ("On the invented heat of ovens and how to cook slow", "       models with it"),
    ],
)
def test_a_wrapped_title_is_whole(first: str, second: str) -> None:
    entry = read(f"Title: {first}\n{second}\nAuthors: Ann Lee\nLink: {LINK}\n")
    assert entry.title == f"{first} {second.strip()}"


@pytest.mark.parametrize(
    "names",
    [
        "Ann Lee,\n  Bo Kim",
        "Ann Lee and\n  Bo Kim",
        "Ann Lee; Bo Kim;\n  Cy Ng",
        "Ann Lee, Bo Kim\n  Cy Ng, Dan Poe",
        "Ann Lee, Bo T.\n  Kim",
    ],
)
def test_a_wrapped_list_of_names_is_whole(names: str) -> None:
    entry = read(f"Title: {TITLE}\nAuthors: {names}\nLink: {LINK}\n")
    people = names.replace("Kim\n  Cy", "Kim, Cy").replace("\n ", "").replace(" and ", ", ")
    assert entry.authors == tuple(name.strip() for name in people.replace(";", ",").split(","))


def test_a_wrapped_abstract_is_whole_and_a_remark_below_it_is_none_of_it() -> None:
    wrapped = (
        "Abstract: We cook models slowly and measure at each step how warm they are.\n"
        "  It is shown that a slow oven makes of each model a better one, and that it\n"
        "  takes no more heat."
    )
    fields = f"Title: {TITLE}\nLink: {LINK}\n"
    whole = "Abstract: We cook models slowly.\n"
    remarks = ("    -- I doubt that (2401.00012)", "    Ask Bo.", "    https://oven.example/a")
    entries_read = [read(f"{fields}{whole}{remark}\n") for remark in remarks]
    assert {entry.abstract for entry in entries_read} == {"We cook models slowly."}
    assert [entry.commentary for entry in entries_read[:2]] == [x.strip() for x in remarks[:2]]
    aligned = "\n".join(line.replace("  ", " " * 10, 1) for line in wrapped.split("\n"))
    sentence = " ".join(part.strip() for part in wrapped.removeprefix("Abstract: ").split("\n"))
    assert read(f"{fields}{aligned}\n").abstract == sentence
    below = wrapped.replace("are.\n", "are,\n").replace("It is", "it is")
    said = sentence.replace("are.", "are,").replace("It is", "it is")
    assert read(f"{fields}{below}\n").abstract == said


def test_tags_go_on_behind_a_comma() -> None:
    fields = f"Title: {TITLE}\nLink: {LINK}\n"
    assert read(f"{fields}Tags: heat,\n   slow oven\n").tags == ("heat", "slow oven")
    assert read(f"{fields}Tags: #heat\n   #oven\n").tags == ("heat", "oven")
