"""Notes as a build finds them before it draws."""

from __future__ import annotations

from pathlib import Path

from pipeline.build.finding import Listed, listed
from pipeline.store.memory import as_remembered
from pipeline.store.standing import Standing


def met(vault: Path, folder: Path) -> Listed | None:
    """The notes of a vault, if the output folder remembers anything."""
    with as_remembered(folder) as memory:
        return listed([vault], folder, (), Standing(memory)) if memory else None
