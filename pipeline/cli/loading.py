"""Libraries that a command loads as lightly as it can."""

from __future__ import annotations

import sys


def load_igraph() -> None:
    """Loads igraph without matplotlib, with which it would draw, and which takes long to load.

    Whatever is loaded afterwards finds matplotlib as ever.
    """
    if "matplotlib" in sys.modules or "igraph" in sys.modules:
        return
    sys.modules["matplotlib"] = None  # type: ignore[assignment]
    try:
        import igraph  # noqa: F401
    finally:
        del sys.modules["matplotlib"]
