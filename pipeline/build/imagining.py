"""What services might answer, by worlds that differ: where nobody knows anything, where all do.

The shares of the usual world hold for arXiv as a whole. A field or a vault may be unlike most, so
that they are right to a factor of two or so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import NamedTuple
from zlib import crc32

from pipeline.build.citing import TITLES_A_PAPER
from pipeline.build.questions import GIVING_REFERENCES
from pipeline.model.records import Facts, Reference
from pipeline.model.services import Answer, Request, Source
from pipeline.sources import openalex


class World(NamedTuple):
    """What is so of papers, as shares of all where it may be one.

    `known` are those whose id services know, `titled` those whose title a search finds; where
    titles lead `on` to papers whatever searches say, most is asked. Where a service is `busy` it
    drops each key once. `published` have a DOI, `placed` a venue. `cites` says how many works of a
    list are an id, a DOI, or a title alone; where lists are `long`, each of the first two is a
    whole request. `on_arxiv` are the titles of works that arXiv has, `named` the DOIs that
    Crossref names.
    """

    known: float = 1.0
    titled: float = 1.0
    on: bool = False
    busy: bool = False
    published: float = 1.0
    placed: float = 1.0
    physics: float = 0.0
    computing: float = 0.0
    cites: tuple[int, int, int] = (0, 0, 0)
    long: bool = False
    on_arxiv: float = 1.0
    named: float = 1.0


USUAL = World(
    titled=0.8,
    # 32 of 100 papers in a recorded feed have a DOI.
    published=1 / 3,
    placed=1 / 2,
    physics=0.3,
    computing=0.6,
    cites=(3, 20, TITLES_A_PAPER),
    on_arxiv=0.2,
    named=0.9,
)
_PREPRINTS = World(
    on=True,
    titled=0.0,
    busy=True,
    published=0.0,
    placed=0.0,
    physics=1.0,
    computing=1.0,
    cites=(1, 1, TITLES_A_PAPER),
    long=True,
    on_arxiv=0.0,
    named=0.0,
)
EXTREMES = (
    World(known=0.0, titled=0.0, published=0.0, on_arxiv=0.0, named=0.0),
    World(titled=0.0),
    World(),
    _PREPRINTS,
    _PREPRINTS._replace(published=1.0),
)
"""Each service is asked least in one of these, and most in one of these."""

_MARK = "imagined"
_IMAGINED = re.compile(rf"99\d\d\.\d{{5}}|.*{_MARK}.*", re.DOTALL)
_SERIALS = 99_999


def is_imagined(key: str) -> bool:
    """Whether a key is of a paper or a work that was imagined.

    >>> is_imagined("9901.00001"), is_imagined("2401.00001")
    (True, False)
    """
    return bool(_IMAGINED.fullmatch(key))


class Imagination:
    """What services say in a world, and the works that papers turn out to cite in it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.citing: set[str] = set()
        self.arxiv_ids: list[str] = []
        self.dois: list[str] = []
        self.titles: list[str] = []
        self._ids = 0
        self._nameless: set[str] = set()
        self._dropped: set[tuple[str, str]] = set()

    def new_id(self) -> str:
        """The id of a paper that nobody has."""
        month, serial = divmod(self._ids, _SERIALS)
        self._ids += 1
        return f"99{month + 1:02d}.{serial + 1:05d}"

    def payload(self, source: Source, key: str, *, of_work: bool) -> bytes | None:
        """What a service says of a key: something, or that it does not know it."""
        if source.drops and self.world.busy and (source.name, key) not in self._dropped:
            self._dropped.add((source.name, key))
            return None
        shares = {
            "title": self.world.on_arxiv if of_work else self.world.titled,
            "doi": self.world.named,
        }
        return b"." if _among(shares.get(source.keyed_by, self.world.known), key) else None

    def requests(self, request: Request) -> int:
        """How many requests one stands for: a merged work is sent on, a long list fills its own."""
        if request.source == openalex.NAME:
            return sum(1 + self._is_published(key) for key in request.keys)
        whole = sum(key in self._nameless for key in request.keys) if self.world.long else 0
        return max(1, whole + (whole < len(request.keys)))

    def telling(self, source: Source) -> Source:
        """A source whose answers are read as this world has it."""
        readers: dict[str, Callable[[Source, str], Facts | Reference]] = {
            "title": self._found,
            "doi": _named,
        }
        reader = readers.get(source.keyed_by, self._paper)
        return replace(source, read=partial(_read, partial(reader, source)))

    def _found(self, source: Source, _title: str) -> Facts:
        return Facts(source.name, self.new_id(), title=_MARK)

    def _paper(self, source: Source, key: str) -> Facts:
        arxiv_id = key.partition(" ")[0]
        if source.name in GIVING_REFERENCES:
            self._cite(arxiv_id, source)
        world = self.world
        fields = (("hep-th", world.physics), ("cs.CL", world.computing), ("math.GM", 1.0))
        published = self._is_published(arxiv_id)
        return Facts(
            source.name,
            arxiv_id,
            title=f"{_MARK} {arxiv_id}",
            authors=("A. Name",),
            categories=tuple(name for name, share in fields if _among(share, name + arxiv_id)),
            doi=f"10.99999/{_MARK}.{arxiv_id}" if published else None,
            venue="V" if published or _among(world.placed, f"placed {arxiv_id}") else None,
        )

    def _is_published(self, arxiv_id: str) -> bool:
        return _among(self.world.published, f"published {arxiv_id}")

    def _cite(self, arxiv_id: str, source: Source) -> None:
        ids, dois, titles = self.world.cites
        if source.keyed_by == "published_doi" and (arxiv_id, "doi") not in self._dropped:
            self._dropped.add((arxiv_id, "doi"))
            new_dois = [f"10.99999/{_MARK}.{arxiv_id}.{n}" for n in range(dois)]
            self._nameless.update(new_dois)
            self.dois += new_dois
        if arxiv_id not in self.citing and (ids, dois, titles) != (0, 0, 0):
            self.citing.add(arxiv_id)
            new_ids = [self.new_id() for _ in range(ids)]
            self._nameless.update(new_ids)
            self.arxiv_ids += new_ids
            self.titles += [f"{_MARK} work {n} of {arxiv_id}" for n in range(titles)]


def _named(_source: Source, doi: str) -> Reference:
    return Reference(_MARK, None, None, None, doi, None)


def _read(
    of_key: Callable[[str], Facts | Reference], answer: Answer
) -> Iterator[Facts | Reference]:
    return (of_key(key) for key, payload in answer.payloads if payload is not None)


def _among(share: float, key: str) -> bool:
    return crc32(key.encode()) % 1000 < 1000 * share
