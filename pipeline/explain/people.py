"""Who bears a name, in words: on what evidence, and what is undecided."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.identity.names import compatible, person_name
from pipeline.identity.signatures import name_key
from pipeline.model.counting import counted
from pipeline.model.readable_tex import readable_title
from pipeline.settings.overrides import toml_string

COLUMNS = 80
MOST_PAPERS = 12
_SIGNS = frozenset("&\\")
AuthorOutcome = dict[str, Any]


class Named(NamedTuple):
    """An author of a graph, with all spellings of the name."""

    id: str
    spellings: Sequence[str]


def named_authors(nodes: pa.Table) -> list[Named]:
    """The authors among some nodes, in order."""
    authors = nodes.filter(pc.equal(nodes["kind"], "author"))
    columns = (authors[name].to_pylist() for name in ("id", "spellings"))
    return [Named(author, spellings or ()) for author, spellings in zip(*columns, strict=True)]


def people_called(query: str, authors: Sequence[Named]) -> list[Named]:
    """The authors whose id is the query, else those of whom a spelling is that name, by id."""
    key = name_key(query)
    letters = frozenset(key.lower())
    return [author for author in authors if author.id == query] or [
        author
        for author in authors
        if any(_may_have(letters, text) and name_key(text) == key for text in author.spellings)
    ]


def _may_have(letters: frozenset[str], name: str) -> bool:
    """Whether a key of these letters can be a name's, which is dear to take apart.

    Names are spelt with their own letters, but for accents, TeX and HTML.
    """
    return not name.isascii() or not _SIGNS.isdisjoint(name) or letters <= set(name.lower())


def people_lines(
    people: Sequence[AuthorOutcome], titles: Mapping[str, str | None], others: Sequence[Named]
) -> Iterator[str]:
    """Lines: each of the people with papers and reasons, then the others who could be meant."""
    is_one = len(people) == 1
    bear = "person bears" if is_one else "people bear"
    yield f"{len(people)} {bear} the name {people[0]['name']}."
    for person in people:
        yield ""
        yield from _person(person, titles)
    yield from _undecided(people)
    if others:
        yield ""
        yield "Kept apart, though the name could be a form of this one:"
        yield from (f"  {other.id}  {', '.join(other.spellings)}" for other in others)


def _person(person: AuthorOutcome, titles: Mapping[str, str | None]) -> Iterator[str]:
    yield f"{person['id']}  {', '.join(person['spellings'])}"
    why = "one person" if len(person["papers"]) > 1 else "known"
    yield from _wrapped(f"{why} because: {person['reason']}")
    if person["ambiguous"]:
        yield from _wrapped(f"not certain: {person.get('doubt') or 'kept apart without proof'}")
        yield "  drawn hollow, and no bridge in any measure"
    if person.get("confidence") is not None and len(person["papers"]) > 1:
        yield f"  one person with a confidence of {person['confidence']:.2f}"
    for elsewhere in person["same_as"]:
        day = f", {elsewhere['day']}" if elsewhere["day"] else ""
        yield f"  {elsewhere['id']} ({elsewhere['source']}{day})"
    for paper in person["papers"][:MOST_PAPERS]:
        yield from _wrapped(
            f"{paper.removeprefix('arxiv:')}  {readable_title(titles.get(paper) or '')}"
        )
    more = len(person["papers"]) - MOST_PAPERS
    if more > 0:
        yield f"  and {counted(more, 'more paper')}"


def _undecided(people: Sequence[AuthorOutcome]) -> Iterator[str]:
    open_ones = [person for person in people if person["ambiguous"]]
    if not open_ones:
        return
    yield ""
    yield "Undecided: nothing proves who of them is one and who is not."
    yield "If you know, say so in overrides.toml, one table a person:"
    for person in open_ones[:2]:
        papers = ", ".join(
            toml_string(paper_id.removeprefix("arxiv:")) for paper_id in person["papers"]
        )
        yield ""
        yield "  [[person]]"
        yield f"  name = {toml_string(person['name'])}"
        yield f"  papers = [{papers}]"


def alike(people: Sequence[Named], authors: Sequence[Named]) -> list[Named]:
    """The other authors whose names could be forms of one of theirs."""
    names = [person_name(spelling) for person in people for spelling in person.spellings]
    families = {name.family for name in names}
    letters = {frozenset(family.lower()) for family in families}
    shown_ids = {person.id for person in people}
    return [
        author
        for author in authors
        if author.spellings and any(_may_have(some, author.spellings[0]) for some in letters)
        if (other := person_name(author.spellings[0])).family in families
        if any(compatible(name, other) for name in names) and author.id not in shown_ids
    ]


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(
        text, COLUMNS, initial_indent="  ", subsequent_indent="      ",
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip
