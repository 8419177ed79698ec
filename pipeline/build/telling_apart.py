"""Going over names and blocks of them in two processes, where that is worth it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from pipeline.build.forking import by_two
from pipeline.identity.blocks import ToldApart, reported
from pipeline.identity.clusters import Cluster
from pipeline.identity.kept_blocks import NameBlock
from pipeline.identity.names import PersonName, know_names, person_name
from pipeline.model.records import Progress

FEWEST_NAMES = 3_000
"""Of fewer names a second process takes longer to begin than it saves."""
FEWEST_PAIRS = 3_000
"""Likewise of pairs of names in blocks, each name with itself among them."""
FEWEST_PAIRS_BESIDE = 12_000
"""Likewise where both processors have something to do already."""


def know_names_by_two(names: Iterable[str]) -> None:
    """Takes names apart for all who look at them afterwards; many in two processes."""
    texts = sorted(names)
    if len(texts) >= FEWEST_NAMES:
        taken_apart = _sharing_words(by_two(person_name, texts, list[PersonName]))
        know_names(dict(zip(texts, taken_apart, strict=True)))


def _sharing_words(names: Iterable[PersonName]) -> Iterator[PersonName]:
    """The names, each word held once: those that come from another process have their own."""
    words: dict[str, str] = {}
    shared = words.setdefault
    for key, given, family, suffix, number, nicknames, second_key, last in names:
        yield PersonName(
            key, tuple([shared(word, word) for word in given]), shared(family, family),
            suffix, number, nicknames, second_key, shared(last, last),
        )  # fmt: skip


def told_by_two(progress: Progress, fewest_pairs: int = FEWEST_PAIRS) -> ToldApart:
    """What goes over many blocks in two processes, in silence, and over few in one that reports."""

    def told(
        of_block: Callable[[NameBlock], list[Cluster]], blocks: Sequence[NameBlock]
    ) -> Iterable[list[Cluster]]:
        if sum(len(block) ** 2 for block in blocks) < fewest_pairs:
            return reported(progress)(of_block, blocks)
        return by_two(of_block, blocks, list[list[Cluster]])

    return told
