"""Going over blocks of names in two processes, where that is worth it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from pipeline.build.forking import by_two
from pipeline.identity.blocks import ToldApart, reported
from pipeline.identity.clusters import Cluster
from pipeline.identity.kept_blocks import NameBlock
from pipeline.model.records import Progress

FEWEST_BLOCKS = 3_000
"""Of fewer names a second process takes longer to begin than it saves."""


def told_by_two(progress: Progress) -> ToldApart:
    """What goes over many blocks in two processes, in silence, and over few in one that reports."""

    def told(
        of_block: Callable[[NameBlock], list[Cluster]], blocks: Sequence[NameBlock]
    ) -> Iterable[list[Cluster]]:
        if len(blocks) < FEWEST_BLOCKS:
            return reported(progress)(of_block, blocks)
        return by_two(of_block, blocks, list[list[Cluster]])

    return told
