"""The program and what it uses, loaded once for all processes that are forked later."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import walk_packages


def load_pipeline() -> None:
    """Every module of the program."""
    import pipeline

    for module in walk_packages(pipeline.__path__, "pipeline."):
        import_module(module.name)


def load_what_it_uses() -> None:
    """The libraries of the program and of its tests; of the program itself nothing stays loaded."""
    load_pipeline()
    for library in ("hypothesis", "playwright.sync_api", "openpyxl", "rdflib", "nbclient"):
        import_module(library)
    for name in [name for name in sys.modules if name.split(".")[0] == "pipeline"]:
        del sys.modules[name]
