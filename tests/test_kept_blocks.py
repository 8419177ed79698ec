"""What was found of names before is what would be found anew, whatever has changed since."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from hashlib import blake2b
from itertools import permutations

import msgspec
import pytest
from test_identity import paper

from pipeline.identity import blocks
from pipeline.identity.blocks import Rounds
from pipeline.identity.clusters import Cluster
from pipeline.identity.forms import Known
from pipeline.identity.kept_blocks import KeptBlocks, NameBlock, Recalled
from pipeline.identity.people import disambiguate_authors
from pipeline.model.identities import Creator
from pipeline.model.records import Paper

GIVEN = "Ann Anna A. Wei W. Min-jun M. Juan J. Björn B.".split()
FAMILY = ["Lee", "Wang", "Kim", "García Márquez", "García", "Müller", "Mueller", "Okafor"]
WORDS = "graph neural sparse causal quantum protein bayes bandits policy diffusion vision".split()


class World:
    """Papers of circles of people, drawn at random, some with words that nobody else has."""

    def __init__(self, seed: int, families: Sequence[str]) -> None:
        self._draw = random.Random(seed)
        names = [f"{given} {family}" for given in GIVEN for family in families]
        self._circles = [self._draw.sample(names, 6) for _ in range(len(families) * 3)]
        self._made = 0

    def paper(self) -> Paper:
        self._made += 1
        circle = self._draw.choice(self._circles)
        authors = self._draw.sample(circle, self._draw.randint(1, 5))
        title = " ".join([*self._draw.sample(WORDS, 4), f"seldom{self._draw.randint(0, 40)}"])
        arxiv_id = f"{self._draw.randint(2001, 2012)}.{self._made:05}"
        return replace(paper(arxiv_id, *authors), title=title)


def said(papers: Iterable[Paper]) -> dict[str, bytes]:
    return {
        each.id: blake2b(msgspec.msgpack.encode((each.title, each.authors))).digest()
        for each in papers
    }


def told(papers: Sequence[Paper], kept: KeptBlocks | None) -> tuple[list[Creator], KeptBlocks, int]:
    """The people, what to keep, and of how many blocks anything was worked out."""
    anew: list[NameBlock] = []

    def told_apart(
        of_block: Callable[[NameBlock], list[Cluster]], of: Sequence[NameBlock]
    ) -> Iterable[list[Cluster]]:
        anew.extend(of)
        return map(of_block, of)

    recalled = Recalled(kept, said(papers))
    creators = disambiguate_authors(papers, rounds=Rounds(told_apart, recalled))
    packed = msgspec.msgpack.encode(recalled.to_keep)
    return creators, msgspec.msgpack.decode(packed, type=KeptBlocks), len(anew)


def test_people_known_from_before_are_those_that_are_found_anew() -> None:
    for seed in range(2):
        world, kept = World(seed, FAMILY), None
        papers = [world.paper() for _ in range(60)]
        for step in range(25):
            creators, kept, _ = told(papers, kept)
            assert creators == disambiguate_authors(papers)
            if step % 5 == 1:
                del papers[step]
            elif step % 5 == 3:
                papers[step] = replace(papers[step], authors=world.paper().authors)
            else:
                papers.append(world.paper())


def test_who_meets_no_joined_co_author_twice_need_not_be_told_apart_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = World(3, FAMILY)
    papers = [drawn.paper() for _ in range(150)]
    creators, _, few = told(papers, None)

    def every(_: Iterable[Cluster], known: Known) -> set[NameBlock]:
        return {form.block for form in known.forms.values()}

    monkeypatch.setattr(blocks, "_meeting_again", every)
    again, _, more = told(papers, None)
    assert creators == again
    assert few < more


def test_a_paper_more_has_few_names_told_apart_anew() -> None:
    world = World(1, [f"{start}{end}" for start in FAMILY for end in ("ov", "son", "i", "ez", "e")])
    papers = [world.paper() for _ in range(400)]
    _, kept, all_blocks = told(papers, None)
    lone = replace(paper("2005.99999", "Una Sola"), title="Seldom heard")
    _, _, anew = told([*papers, lone], kept)
    assert anew < all_blocks / 4


def test_a_word_that_gets_usual_has_those_told_apart_anew_whose_topics_are_compared() -> None:
    # Initials have to be compared with the name; of two given names nobody need ask. No word here
    # is one of research, as what titles have in common would be another too.
    who = ("Yuna Quill", "Y. Quill", "Bert Roe", "Boris Roe")
    titled = [(who[n % 4], f"Qwgraph qw{WORDS[n % 5]}") for n in range(12)]
    titled += [(f"Ed Ub{first}{last}", "Xyzzq") for first in FAMILY for last in "aeiou"]
    papers = [
        replace(paper(f"2001.{n:05}", name), title=title) for n, (name, title) in enumerate(titled)
    ]
    for title, count in (("Qwgraph", 1), ("Xyzzq", 0)):
        _, kept, _ = told(papers, None)
        lone = replace(paper("2005.99999", "Una Sola"), title=title)
        creators, _, anew = told([*papers, lone], kept)
        assert anew == count
        assert creators == disambiguate_authors([*papers, lone])


def test_what_titles_have_in_common_counts_for_those_with_a_known_subject_alone() -> None:
    drawn = World(1, FAMILY)
    papers = [drawn.paper() for _ in range(60)]
    unknown = [replace(each, title="Xyzzq" + "q" * n) for n, each in enumerate(papers)]
    for titled in (papers, unknown):
        _, kept, all_blocks = told(titled, None)
        _, _, as_before = told(titled, kept)
        other = kept._replace(basis=kept.basis._replace(usual=(0.5,) * 32))
        _, _, anew = told(titled, other)
        assert anew == (all_blocks if titled is papers else as_before)
        assert as_before < all_blocks / 2


def test_a_name_is_told_apart_anew_where_its_co_author_is_another_person_now() -> None:
    """None of its papers changed: only who, of two others, wrote together elsewhere."""
    titled = [
        ("Fern rope wave", "Yu Zhang", "Anna Kim", "Zora Quentin"),
        ("Causal bandits vision", "Anna Kim", "Cyra Oddfellow"),
        ("Diffusion flow bandits", "Yu Zhang", "A. Kim"),
        ("Fern tide moss", "A. Kim", "Dorian Pemberley"),
        ("Causal rope protein", "Zora Quentin", "Yolanda Uster"),
        ("Soil sand rope", "Z. Quentin", "Yolanda Uster"),
        ("Protein neural diffusion", "Yu Zhang", "Hanno Else"),
    ]
    met, apart = (
        [
            *titled,
            ("Quantum pole tide", "Cyra Oddfellow", one),
            ("Ocean sparse moss", "Edda Rosenquist", other),
        ]
        for one, other in permutations(("Dorian Pemberley", "Fabio Tantalo"))
    )
    before, after = (
        [replace(paper(f"2001.{n:05}", *who), title=title) for n, (title, *who) in enumerate(world)]
        for world in (met, apart)
    )
    creators_before, kept, _ = told(before, None)
    creators, _, _ = told(after, kept)
    assert _signing_as("Anna Kim", creators) != _signing_as("Anna Kim", creators_before)
    assert creators == disambiguate_authors(after)


def _signing_as(name: str, creators: Iterable[Creator]) -> list[int]:
    return [len(each.signatures) for each in creators if each.name == name]
