"""A small invented world of papers, the same at every call, for the fake services to serve."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import NamedTuple

_ADJECTIVES = "sparse causal robust latent spectral neural modular convex lazy quantum".split()
_NOUNS = "attention retrieval lattices graphs digests kernels protocols galaxies proofs".split()
_GOALS = "reasoning ranking parsing citation sampling control alignment folding".split()
_GIVEN = "Ada Émile Grace Jürgen Kateryna Linh Mei Noor Óscar Priya".split()
_FAMILY = "Aalto Böhm Çelik Dąbrowski Evans Fujita García Hopper Ivanova O'Neill".split()
_CATEGORIES = "cs.CL cs.LG cs.IR math.CO hep-th astro-ph.CO".split()


class FakePaper(NamedTuple):
    """A paper of the world. `references` are ids of earlier papers; `doi` is the published one."""

    arxiv_id: str
    title: str
    authors: tuple[str, ...]
    abstract: str
    categories: tuple[str, ...]
    published: str
    versions: int
    references: tuple[str, ...]
    doi: str | None


World = Mapping[str, FakePaper]


def papers(count: int, seed: int = 1) -> dict[str, FakePaper]:
    """`count` papers by id, in order of ids; the same for the same arguments."""
    random = Random(seed)
    world: dict[str, FakePaper] = {}
    for number in range(count):
        month, serial = divmod(number * 7, 9000)
        year, month = divmod(month, 12)
        arxiv_id = f"{24 + year:02d}{month + 1:02d}.{serial + 1:05d}"
        world[arxiv_id] = _paper(arxiv_id, number, random, tuple(world))
    return world


def _paper(arxiv_id: str, number: int, random: Random, earlier: tuple[str, ...]) -> FakePaper:
    words = (random.choice(_ADJECTIVES), random.choice(_NOUNS), random.choice(_GOALS))
    title = f"{words[0].title()} {words[1].title()} for {words[2].title()}: Study {number}"
    names = random.sample(_FAMILY, random.randint(1, 4))
    return FakePaper(
        arxiv_id,
        title,
        tuple(f"{random.choice(_GIVEN)} {name}" for name in names),
        f"We study {words[1]} & {words[2]} where n < {number + 2}.",
        tuple(random.sample(_CATEGORIES, random.randint(1, 2))),
        f"20{arxiv_id[:2]}-{arxiv_id[2:4]}-{random.randint(1, 28):02d}",
        random.randint(1, 3),
        tuple(sorted(random.sample(earlier, min(len(earlier), random.randint(0, 4))))),
        f"10.5555/fake.{number}" if number % 3 == 0 else None,
    )
