"""An author's id lasts from build to build; who was joined or parted since is told."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_people import paper, yang
from test_person_rules import rule

from pipeline.build.run import Inputs, build, write
from pipeline.identity.former_ids import Wrote, with_lasting_ids
from pipeline.identity.people import disambiguate_authors
from pipeline.model.identities import Creator, Moved
from pipeline.model.records import Skip
from pipeline.store.former import former_signatures


def kept(found: Sequence[Creator]) -> list[Wrote]:
    return [
        Wrote(c.id, s.paper_id, s.position, c.spellings)
        for c in found
        if c.kind == "author"
        for s in c.signatures
    ]


def by_paper(found: Sequence[Creator], name: str) -> dict[str, str]:
    return {s.paper_id: c.id for c in found if c.name == name for s in c.signatures}


def test_an_older_paper_of_a_namesake_takes_no_ones_id() -> None:
    before = disambiguate_authors([yang("2402.1")])
    now, moved = with_lasting_ids(
        disambiguate_authors([yang("2301.1"), yang("2402.1")]), kept(before)
    )
    ids = by_paper(now, "Yang Liu")
    assert ids["arxiv:2402.1"] == "author:yangliu"
    assert ids["arxiv:2301.1"].startswith("author:yangliu-")
    assert (moved, [c.id for c in now]) == ([], sorted(c.id for c in now))


def test_who_was_joined_keeps_the_id_of_most_papers_and_is_told() -> None:
    papers = [yang("2401.1"), yang("2402.1", "Ana Brandt"), yang("2403.1", "Ana Brandt")]
    before = disambiguate_authors(papers)
    old = by_paper(before, "Yang Liu")
    assert len(set(old.values())) == 2
    joined = disambiguate_authors(papers, rules=[rule("Yang Liu")])
    now, moved = with_lasting_ids(joined, kept(before))
    assert set(by_paper(now, "Yang Liu").values()) == {old["arxiv:2402.1"]}
    ids = tuple(sorted(set(old.values())))
    assert moved == [
        Moved("joined", "Yang Liu", ids, (old["arxiv:2402.1"],), "the reader says so"),
    ]  # fmt: skip


def test_who_was_parted_keeps_the_id_with_most_papers_and_is_told() -> None:
    papers = [yang("2401.1"), yang("2402.1", "Ana Brandt"), yang("2403.1", "Ana Brandt")]
    before = disambiguate_authors(papers, rules=[rule("Yang Liu")])
    now, moved = with_lasting_ids(disambiguate_authors(papers), kept(before))
    ids = by_paper(now, "Yang Liu")
    assert ids["arxiv:2402.1"] == ids["arxiv:2403.1"] == "author:yangliu"
    assert ids["arxiv:2401.1"] != "author:yangliu"
    (told,) = moved
    assert (told.kind, told.before) == ("parted", ("author:yangliu",))
    assert told.after == tuple(sorted(set(ids.values())))


def test_the_id_of_one_who_left_is_nobody_elses() -> None:
    before = disambiguate_authors([yang("2401.1"), yang("2402.1")])
    left = by_paper(before, "Yang Liu")["arxiv:2402.1"]
    now, _ = with_lasting_ids(disambiguate_authors([yang("2402.1"), yang("2403.1")]), kept(before))
    ids = by_paper(now, "Yang Liu")
    assert ids["arxiv:2402.1"] == left
    assert ids["arxiv:2403.1"] not in {creator.id for creator in before}


def test_two_of_one_name_on_one_paper_are_known_again_by_their_places() -> None:
    two = disambiguate_authors([paper("2401.1", "Wei Wang", "Bo Li", "Wei Wang")])
    before = [Wrote("author:a", "arxiv:2401.1", 3, ["Wei Wang"]),
              Wrote("author:b", "arxiv:2401.1", 1, ["W. Wang", "wei wang"])]  # fmt: skip
    now, _ = with_lasting_ids(two, before)
    placed = {s.position: c.id for c in now for s in c.signatures}
    assert placed == {1: "author:b", 2: "author:boli", 3: "author:a"}


def test_who_moved_in_the_list_of_a_paper_is_known_by_the_name() -> None:
    now, _ = with_lasting_ids(
        disambiguate_authors([paper("2401.1", "Ana Brandt", "Bo Li")]),
        [Wrote("author:b", "arxiv:2401.1", 1, ["Bo Li"])],
    )
    assert [creator.id for creator in now] == ["author:anabrandt", "author:b"]


NAMES = st.sampled_from(["Yang Liu", "Y. Liu", "Ana Brandt", "Bo Li", "Wei Wang", "Qwen Team"])
LISTS = st.lists(st.lists(NAMES, min_size=1, max_size=4), min_size=1, max_size=7)


@given(LISTS, LISTS)
def test_ids_are_each_somebodys_and_an_unchanged_build_changes_none(
    first: list[list[str]], second: list[list[str]]
) -> None:
    papers = [paper(f"24{n:02}.1", *names) for n, names in enumerate(first + second)]
    before = disambiguate_authors(papers[: len(first)])
    now, _ = with_lasting_ids(disambiguate_authors(papers), kept(before))
    assert len({creator.id for creator in now}) == len(now)
    again, moved = with_lasting_ids(disambiguate_authors(papers), kept(now))
    assert (again, moved) == (now, [])
    assert {c.id for c in before if c.kind == "organisation"} <= {c.id for c in now}


def test_authors_keep_their_ids_when_a_digest_grows(tmp_path: Path) -> None:
    notes, outputs = tmp_path / "notes", tmp_path / "outputs"
    notes.mkdir()
    first = "*Some Paper of Mine* (Wei Wang, Ana Brandt)\n\nIt is new.\n\n#vision\n"
    (notes / "240902.txt").write_text(first, encoding="utf-8")
    inputs = Inputs((notes,), kept_in=outputs)
    found = build(inputs)
    write(found, outputs)
    (mine,) = (c.id for c in found.creators if c.name == "Wei Wang")
    other = "*An Earlier Work* (Wei Wang, Olga Greco)\n\nIt is old.\n\n#vision\n"
    (notes / "200101.txt").write_text(other, encoding="utf-8")
    grown = build(inputs)
    (place,) = (p.id for p in found.papers)
    assert {c.id for c in grown.creators for s in c.signatures if s.paper_id == place} >= {mine}
    write(grown, outputs)
    again = build(inputs)
    assert (again.nodes, again.moved) == (grown.nodes, ())


@pytest.mark.parametrize("content", [b"", b"PAR1 no more", b"\0" * 100])
def test_a_damaged_build_before_is_told_and_ends_nothing(tmp_path: Path, content: bytes) -> None:
    for name in ("nodes.parquet", "edges.parquet"):
        (tmp_path / name).write_bytes(content)
    (skip,) = former_signatures(tmp_path)
    assert isinstance(skip, Skip)
    assert "other ids than before" in skip.reason


def test_without_a_build_before_there_is_nothing_to_keep(tmp_path: Path) -> None:
    assert list(former_signatures(tmp_path)) == []
    assert list(former_signatures(None)) == []
