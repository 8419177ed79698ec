"""Stages that look at all papers at once, remembered whole: of use where nothing changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.build.ahead import Told
from pipeline.build.inputs import Given
from pipeline.build.second_process import FEWEST_ENTRIES
from pipeline.build.telling_apart import FEWEST_PAIRS_BESIDE, told_by_two
from pipeline.export.deflating import know_parts, parts_met
from pipeline.export.explorer_page import PageSources, know_page_sources, page_sources
from pipeline.identity.blocks import Rounds, reported
from pipeline.identity.kept_blocks import KeptBlocks, Recalled
from pipeline.identity.names import PersonName, know_names, person_name
from pipeline.identity.people import Days, disambiguate_authors
from pipeline.identity.tag_suggestions import tag_suggestions
from pipeline.model.identities import Creator, Suggestion
from pipeline.model.records import Paper, Progress
from pipeline.store.memory import NAME, Memory, key_of, remember

T = TypeVar("T")

_PARTS_OF_PAGE = "parts of the page"
MOST_PAPERS = 20_000
"""Of more papers what a stage gives is too much to be kept and looked through for a mere chance."""


def people_of(papers: Sequence[Paper], of: Given, days: Days, progress: Progress) -> list[Creator]:
    """Who is behind the author lists, as `disambiguate_authors` finds it."""

    def told_apart(rounds: Rounds) -> list[Creator]:
        return disambiguate_authors(papers, of.local.author_names(), of.people, days, rounds)

    if len(papers) > MOST_PAPERS:
        return told_apart(Rounds(reported(progress)))
    encode = msgspec.msgpack.Encoder().encode
    said = {
        p.id: sha256(encode(
            (p.id, p.title, p.year, p.categories, p.venue, p.authors, p.authorships,
             p.decided.get("authors"))
        )).digest()
        for p in papers
    }  # fmt: skip
    given = (tuple(said.values()), of.people, sorted(days.items()), of.local.mark())

    def found() -> list[Creator]:
        with _names_known(papers, of.memory), _blocks_known(said, of) as recalled:
            is_much = of.beside and len(papers) >= FEWEST_ENTRIES
            over = told_by_two(progress, FEWEST_PAIRS_BESIDE) if is_much else reported(progress)
            return told_apart(Rounds(over, recalled))

    return _remembered("people", given, of.memory, list[Creator], found)


@contextmanager
def _blocks_known(said: Mapping[str, bytes], of: Given) -> Iterator[Recalled]:
    """A block in which names are not told apart again of which nothing changed."""
    key = key_of("blocks of names", msgspec.msgpack.encode(of.people))
    recalled = Recalled(of.memory.of([key], KeptBlocks).get(key), said)
    yield recalled
    of.memory.keep({key: recalled.to_keep} if recalled.to_keep else {})


@contextmanager
def _names_known(papers: Sequence[Paper], memory: Memory) -> Iterator[None]:
    """A block in which names are not taken apart that were in the build before."""
    key = key_of("names")
    before = memory.of([key], dict[str, PersonName]).get(key, {})
    know_names(before)
    texts = {text for paper in papers for text in paper.authors or ()}
    yield
    if texts != before.keys():
        memory.keep({key: {text: person_name(text) for text in sorted(texts)}})


def know_page_as_before(memory: Memory) -> None:
    """Takes the style, the script and the parts of the page as they were made before."""
    key = key_of("sources of the page")
    sources = memory.of([key], PageSources).get(key)
    if sources:
        know_page_sources(sources)
    else:
        memory.keep({key: page_sources()})
    key = key_of(_PARTS_OF_PAGE)
    know_parts(memory.of([key], dict[bytes, bytes]).get(key, {}))


def keep_page_parts(folder: Path) -> None:
    """Remembers of what parts the page was made that was written last."""
    if (parts := parts_met()) and (folder / NAME).exists():
        remember(folder, {key_of(_PARTS_OF_PAGE): parts})


def suggestions_of(
    papers: Sequence[Paper], of: Given, told: Told
) -> Callable[[Sequence[Paper]], tuple[Suggestion, ...]]:
    """What gives pairs of tags that may be one, as `tag_suggestions` finds them.

    It is to be asked with these papers, none of which it holds meanwhile.
    They are found in the second process meanwhile, where there is one, with what it can make of
    what is `told`.
    """
    rules, memory, beside = of.tags, of.memory, of.beside
    entries = [entry for paper in papers for entry in paper.entries]
    said = [(e.title, e.abstract, e.commentary, e.tags, e.date) for e in entries]
    rules_said = (rules.aliases, rules.spellings, rules.broader, rules.related, sorted(rules.meta))
    key = _key("tag suggestions", (said, rules_said))
    for remembered in memory.of([key] if key else [], tuple[Suggestion, ...]).values():
        return lambda _papers: remembered
    is_much = len(entries) >= FEWEST_ENTRIES
    if beside and is_much and not beside.copies:
        beside.begin()
    coming = beside.suggestions(entries, rules, told) if beside and is_much else None

    def suggestions(papers: Sequence[Paper]) -> tuple[Suggestion, ...]:
        pairs = coming.result() if coming else None
        if pairs is None:
            pairs = tag_suggestions([entry for paper in papers for entry in paper.entries], rules)
        memory.keep({key: pairs} if key else {})
        return pairs

    return suggestions


def _remembered(
    stage: str, given: tuple[Sequence[object], ...], memory: Memory, kind: type[T],
    make: Callable[[], T],
) -> T:  # fmt: skip
    key = _key(stage, given)
    for remembered in memory.of([key] if key else [], kind).values():
        return remembered
    made = make()
    memory.keep({key: made} if key else {})
    return made


def _key(stage: str, given: tuple[Sequence[object], ...]) -> bytes | None:
    """What a result is kept under; None where it is too much to be kept."""
    if len(given[0]) > MOST_PAPERS:
        return None
    return key_of(stage, msgspec.msgpack.encode(given))
