"""Libraries that are loaded as lightly as they can be."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.abc import MetaPathFinder
from types import ModuleType


def load_light() -> None:
    """Loads Arrow without pandas, igraph without matplotlib and wcwidth: a build needs none.

    They would be loaded for the mere case that something of theirs is given or drawn. Whatever is
    loaded afterwards finds them as ever.
    """
    load_arrow()
    if not {"matplotlib", "igraph"} & sys.modules.keys():
        with _without("matplotlib", "wcwidth"):
            import igraph  # noqa: F401


def load_arrow() -> None:
    """Loads Arrow without pandas."""
    import pyarrow as pa

    if "pandas" not in sys.modules:
        with _without("pandas"):
            # Arrow looks once whether a list is a Series, and again wherever it needs pandas.
            pa.array([None])


def load_mcp() -> None:
    """Loads mcp without the grammars of addresses that JupyterLab has jsonschema parse.

    Raises ModuleNotFoundError where mcp is not installed.
    """
    with _without("rfc3987_syntax"):
        import mcp  # noqa: F401


def load_pyvis() -> None:
    """Loads pyvis without what it shows graphs of others with, and in notebooks.

    For a process that does nothing but write files: pyvis can do neither in it.
    """
    instead = [name for name in ("IPython", "networkx") if name not in sys.modules]
    for name in instead:
        sys.modules[name] = sys.modules[f"{name}.display"] = _Nothing(name)
    try:
        import_module("pyvis.network")
    finally:
        for name in instead:
            del sys.modules[name], sys.modules[f"{name}.display"]


class _Nothing(ModuleType):
    """A package of which nothing is used; whatever is asked of it is None."""

    def __getattr__(self, _name: str) -> None:
        return None


@contextmanager
def _without(*names: str) -> Iterator[None]:
    absent = _Absent(names)
    sys.meta_path.insert(0, absent)
    try:
        yield
    finally:
        sys.meta_path.remove(absent)


class _Absent(MetaPathFinder):
    """Finds that packages are not there."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def find_spec(self, fullname: str, *_looked_for_in: object) -> None:
        """Raises ImportError for one of the packages."""
        if fullname in self._names:
            raise ImportError(f"{fullname} is not looked for here", name=fullname)
