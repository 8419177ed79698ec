"""A paper-author-tag-citation graph from the digests a researcher writes while reading arXiv.

`build` reads digests, `load` what was built before; both give a `KnowledgeGraph`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.knowledge_graph import KnowledgeGraph, load
    from pipeline.knowledge_graph.building import build as build

__all__ = ["KnowledgeGraph", "build", "load"]


def __getattr__(name: str) -> object:
    # `digest-graph --help` imports this package too, and must not wait for pandas.
    if name not in __all__:
        names = ", ".join(__all__)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}. It has {names}.")
    if name == "build":
        return import_module("pipeline.build")
    return getattr(import_module("pipeline.knowledge_graph"), name)


def __dir__() -> list[str]:
    return __all__


class _CallableBuild(ModuleType):
    """The stage of that name, which can be called: `g = build("~/vault", offline=True)`."""

    def __call__(self, *inputs: Any, **options: Any) -> KnowledgeGraph:
        """The graph of files and folders; see `help(pipeline.knowledge_graph.building.build)`."""
        made = import_module("pipeline.knowledge_graph.building").build(*inputs, **options)
        graph: KnowledgeGraph = made
        return graph


class _Package(ModuleType):
    """The package, into which Python puts each module as soon as that is imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "build" and isinstance(value, ModuleType):
            value.__class__ = _CallableBuild
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
