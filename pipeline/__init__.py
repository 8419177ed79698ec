"""A paper-author-tag-citation graph from the digests a researcher writes while reading arXiv."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.knowledge_graph import KnowledgeGraph, load

__all__ = ["KnowledgeGraph", "load"]


def __getattr__(name: str) -> object:
    # `digest-graph --help` imports this package too, and must not wait for pandas.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from pipeline import knowledge_graph

    return getattr(knowledge_graph, name)
