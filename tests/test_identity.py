"""Who is who: nobody joined without a reason, nobody split by a spelling."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import built_from

from pipeline.identity.people import disambiguate_authors
from pipeline.identity.tags import tags_of_entries
from pipeline.identity.works import deduplicate_references
from pipeline.model.identities import Creator
from pipeline.model.records import Entry, Paper, Reference, ReferenceList
from pipeline.model.tables import Build

BARE = Entry("n.txt", 1, 1, None, None, None, True, None, None, (), None, (), ())


def paper(arxiv_id: str, *authors: str, references: tuple[Reference, ...] | None = None) -> Paper:
    return Paper(
        id=f"arxiv:{arxiv_id}",
        arxiv_id=arxiv_id,
        title=f"Paper {arxiv_id}",
        authors=authors,
        authors_complete=True,
        abstract=None,
        categories=None,
        published=date(2024, 9, 1),
        updated=None,
        year=2024,
        venue=None,
        doi=None,
        comment=None,
        topics=None,
        repository=None,
        upvotes=None,
        cited_by=(),
        reference_lists=(ReferenceList("bundled", references, True),) if references else (),
        citations=(),
        authorships=(),
        entries=(),
        decided={"authors": "bundled"},
        disagreements=(),
    )


def people(*found: Paper) -> dict[str, list[Creator]]:
    named: dict[str, list[Creator]] = {}
    for creator in disambiguate_authors(found):
        named.setdefault(creator.name, []).append(creator)
    return named


def reference(title: str, author: str | None, year: int, arxiv_id: str | None = None) -> Reference:
    return Reference(title, author, year, arxiv_id, None, "printed" if arxiv_id else None)


def test_a_short_name_without_shared_co_author_is_kept_apart_and_marked() -> None:
    found = people(paper("2401.00001", "Yang Liu", "Ann Lee"), paper("2402.00001", "Yang Liu"))
    assert [creator.ambiguous for creator in found["Yang Liu"]] == [True, True]
    assert len({creator.id for creator in found["Yang Liu"]}) == 2
    assert "no co-author in common" in found["Yang Liu"][0].reason


def test_a_shared_co_author_joins_a_name_and_the_reason_says_so() -> None:
    (one,) = people(
        paper("2401.00001", "Yang Liu", "Ann Lee"), paper("2402.00001", "Ann Lee", "Yang Liu")
    )["Yang Liu"]
    assert (one.reason, one.ambiguous) == ("shared co-author Ann Lee", False)
    assert [(s.paper_id, s.position) for s in one.signatures] == [
        ("arxiv:2401.00001", 1), ("arxiv:2402.00001", 2),
    ]  # fmt: skip


def test_a_long_name_is_one_person_in_all_its_spellings() -> None:
    (one,) = people(
        paper("2401.00001", "Zeyuan allen-zhu"), paper("2402.00001", "Zeyuan Allen-Zhu*")
    ).values()
    assert one[0].spellings == ("Zeyuan Allen-Zhu*", "Zeyuan allen-zhu")
    assert len(one) == 1


def test_one_paper_never_holds_one_person_twice() -> None:
    found = people(paper("2401.00001", "Yang Liu", "Yang Liu"), paper("2402.00001", "Yang Liu"))
    assert all(
        len({s.paper_id for s in creator.signatures}) == len(creator.signatures)
        for creator in found["Yang Liu"]
    )


def test_an_organisation_is_no_person() -> None:
    found = disambiguate_authors(
        [paper("2401.00001", "Qwen Team", "Ann Lee"), paper("2402.1", "Qwen team")]
    )
    assert [(c.kind, c.id) for c in found if c.kind == "organisation"] == [
        ("organisation", "org:qwenteam")
    ]


def test_an_author_keeps_the_id_when_later_papers_are_added() -> None:
    early = paper("2401.00001", "Yang Liu", "Ann Lee")
    before = people(early)["Yang Liu"][0].id
    later = paper("2402.00001", "Yang Liu", "Ann Lee")
    assert people(early, later)["Yang Liu"][0].id == before


def test_a_work_cited_twice_is_one_node_whatever_the_spelling_year_and_team() -> None:
    long = "Roformer: Enhanced transformer with rotary position embedding"
    citing = [
        paper("2401.00001", references=(
            reference(long, "Jianlin Su", 2023),
            reference("Qwen2 technical report", "An Yang", 2024),
            reference("Deepseekmath: Pushing the limits", "Zhihong Shao", 2024),
        )),
        paper("2402.00001", references=(
            reference(long.title(), "J. Su", 2021),
            reference("Qwen2 Technical Report", "Qwen Team", 2024, "2407.10671"),
            reference("DeepSeekMath: pushing the limits", "Z. Shao", 2024, "2402.03300"),
        )),
    ]  # fmt: skip
    works, citations = deduplicate_references(citing)
    assert len(works) == 3
    assert {w.id for w in works if w.arxiv_id} == {"arxiv:2407.10671", "arxiv:2402.03300"}
    assert next(w.year for w in works if not w.arxiv_id) == 2021
    first, second = ([work.id for work in listed.works] for listed in citations)
    assert first == second


def published(title: str, author: str | None, year: int, doi: str) -> Reference:
    return replace(reference(title, author, year), doi=doi, evidence="printed")


def test_a_preprint_and_its_published_version_are_one_work_with_both_ids() -> None:
    title = "A Preprint That Was Published"
    citing = [
        paper("2401.00001", references=(reference(title, "Ann Lee", 2020, "2001.00001"),)),
        paper("2402.00001", references=(published(title.upper(), "A. Lee", 2021, "10.1000/X"),)),
        paper("2403.00001", references=(reference(title, "Ann Lee", 2021),)),
    ]
    (work,), citations = deduplicate_references(citing)
    assert (work.id, work.arxiv_id, work.doi) == ("arxiv:2001.00001", "2001.00001", "10.1000/X")
    assert citations[1].works[0].evidence == "same title and first author as this preprint"


@pytest.mark.parametrize(
    ("title", "author", "year", "preprints"),
    [
        ("A Preprint That Was Published", "Bo Kim", 2020, ("2001.00001",)),
        ("A Preprint That Was Published", None, 2020, ("2001.00001",)),
        ("A Preprint That Was Published", "Ann Lee", 2024, ("2001.00001",)),
        ("A Preprint That Was Published", "Ann Lee", 2020, ("2001.00001", "2002.00002")),
        ("Editorial", "Ann Lee", 2020, ("2001.00001",)),
    ],
)
def test_two_ids_are_two_works_unless_all_else_agrees(
    title: str, author: str | None, year: int, preprints: tuple[str, ...]
) -> None:
    known = tuple(reference(title, "Ann Lee", 2020, arxiv_id) for arxiv_id in preprints)
    other = published(title, author, year, "10.1000/x")
    works, _ = deduplicate_references([paper("2401.00001", references=(*known, other))])
    assert len(works) == len(preprints) + 1


def test_works_of_one_title_by_others_or_of_other_years_stay_apart() -> None:
    citing = paper("2401.00001", references=(
        reference("Attention", "Ann Lee", 2020), reference("Attention", "Bo Kim", 2020),
        reference("Attention", "Ann Lee", 2010), reference("Attention II", "Ann Lee", 2020),
    ))  # fmt: skip
    assert len(deduplicate_references([citing])[0]) == 4


def test_a_reference_to_a_paper_at_hand_is_that_paper() -> None:
    cited = paper("2401.00001", "Ann Lee")
    citing = paper("2402.00001", "Bo Kim", references=(
        reference("paper 2401.00001", "A. Lee", 2024),
        reference("Another", "Cy Ng", 2024, "2401.00001"),
    ))  # fmt: skip
    works, citations = deduplicate_references([cited, citing])
    assert works == []
    assert {work.id for listed in citations for work in listed.works} == {"arxiv:2401.00001"}


def test_a_reference_that_names_nothing_gives_no_citation() -> None:
    empty = Reference(None, "Ann Lee", 2020, None, None, None)
    assert deduplicate_references([paper("2401.00001", references=(empty,))]) == ([], [])


def test_reprints_within_three_years_are_one_work_and_later_ones_are_not() -> None:
    def works(year: int) -> int:
        cited = (reference("A Work", "Ann Lee", 2020), reference("A Work", "Ann Lee", year))
        return len(deduplicate_references([paper("2401.00001", references=cited)])[0])

    assert (works(2023), works(2024)) == (1, 2)


def test_names_without_letters_keep_apart() -> None:
    found = disambiguate_authors([paper("2401.00001", "🤗 Team", "🎉 Team", "???")])
    assert len({creator.id for creator in found}) == len(found)


def test_a_tag_keeps_its_id_and_shows_its_latest_spelling() -> None:
    old = replace(BARE, date=date(2020, 1, 1), tags=("object_detection", "c++", "c"))
    new = replace(BARE, date=date(2024, 1, 1), tags=("Object-Detection",))
    tags = tags_of_entries([new, old])
    assert sorted((tag.id, tag.label) for tag in tags.values()) == [
        ("tag:c", "c"), ("tag:c++", "c++"), ("tag:object-detection", "Object-Detection"),
    ]  # fmt: skip


def test_two_entries_of_one_paper_are_one_node_with_both_dates(tmp_path: Path) -> None:
    found: Build = built_from(
        tmp_path,
        "2024-09-05\nhttps://arxiv.org/abs/2409.09999\nA Title\n(Ann Lee)\n처음.\n#a\n"
        "2024-10-05\nhttps://arxiv.org/abs/2409.09999v2\nA Title\n(Ann Lee)\n다시.\n#a #b\n",
    )
    (node,) = [row for row in found.nodes.to_pylist() if row["kind"] == "paper"]
    assert node["entry_dates"] == [date(2024, 9, 5), date(2024, 10, 5)]
    assert node["commentary"] == "처음.\n\n다시."
    weights = {e["target"]: e["weight"] for e in found.edges.to_pylist() if e["kind"] == "tagged"}
    assert weights == {"tag:a": 2.0, "tag:b": 1.0}
