"""Paths as a reader types them."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.model.errors import UsageError


def real_path(path: Path) -> Path:
    """The path without links; where they lead around in a circle, or nowhere, as far as they go."""
    return Path(os.path.realpath(path))


def leads_to_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, or a link to one; links in a circle lead to none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def usable_path(path: Path) -> Path:
    """A path that a file system can hold, whether anything is there or not.

    Raises UsageError for a name that is too long or not UTF-8, and for links in a circle.
    """
    try:
        str(path).encode()
        os.stat(path)  # noqa: PTH116 - Path.exists() is silent about what this is to tell
    except UnicodeEncodeError:
        raise UsageError(f"{path}: no UTF-8. Give a name that is.") from None
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        return path
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "holds a null character"
        raise UsageError(f"{path}: {reason}. Give another one.") from None
    return path


def shadows(folder: Path | None = None) -> list[str]:
    """What in a folder, else in the working folder, Python would import instead of this package.

    A notebook that lies there gets it by `from pipeline import load`; a sentence for each.
    """
    place, own = folder or Path(), Path(__file__).resolve().parents[1]
    there = [place / "pipeline.py", place / "pipeline" / "__init__.py"]
    return [
        f"{path} stands in the way of `from pipeline import load` in notebooks here. Rename it"
        for path in there
        if path.is_file() and own not in path.resolve().parents
    ]
