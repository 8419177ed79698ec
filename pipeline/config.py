"""What the reader sets by hand: the overrides file."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import OverridesError
from pipeline.ids import normal_arxiv_id
from pipeline.records import Override

OVERRIDES_NAME = "overrides.toml"
NOT_ON_ARXIV = "not on arXiv"
_KEYS = {"title", "file", "line", "arxiv_id"}
_EXAMPLE = f'Write [[entry]] with title (or file and line) and arxiv_id = "..." or "{NOT_ON_ARXIV}"'


def overrides_paths(asked: Path | None, inputs: Iterable[Path]) -> list[Path]:
    """The overrides files of a run: the one asked for, else those beside the inputs and here.

    Raises OverridesError where the file asked for does not exist.
    """
    if asked:
        if not asked.is_file():
            raise OverridesError(asked, None, "no such file. Give --overrides a file that exists.")
        return [asked]
    folders = [Path(), *(path if path.is_dir() else path.parent for path in inputs)]
    found = {
        (folder / OVERRIDES_NAME).resolve(): folder / OVERRIDES_NAME
        for folder in folders
        if (folder / OVERRIDES_NAME).is_file()
    }
    return [found[path] for path in sorted(found)]


def read_overrides(path: Path) -> tuple[Override, ...]:
    """The overrides of one file, in its order.

    Raises OverridesError, with the line where it can be known, for anything but a list of
    `[[entry]]` tables that name an entry and give it an arXiv id or "not on arXiv".
    """
    try:
        text = path.read_text(encoding="utf-8")
        content = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise OverridesError(path, None, f"not UTF-8 ({error.reason}). Save it as UTF-8.") from None
    except OSError as error:
        raise OverridesError(path, None, f"{error.strerror}. Make it readable.") from None
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else None
        raise OverridesError(path, line, f"not TOML: {error}. {_EXAMPLE}.") from None
    lines = [n for n, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[", line)]
    entries = content.get("entry", [])
    if set(content) - {"entry"} or not isinstance(entries, list):
        raise OverridesError(path, None, f"only [[entry]] tables belong here. {_EXAMPLE}.")
    places = lines if len(lines) == len(entries) else [None] * len(entries)
    return tuple(_override(path, line, entry) for line, entry in zip(places, entries, strict=True))


def _override(path: Path, at: int | None, entry: object) -> Override:
    if not isinstance(entry, dict):
        raise OverridesError(path, at, f"this entry is no table. {_EXAMPLE}.")
    title, file, line, printed = (entry.get(key) for key in ("title", "file", "line", "arxiv_id"))
    by_title = isinstance(title, str) and file is None and line is None
    by_place = isinstance(file, str) and isinstance(line, int) and title is None
    if set(entry) - _KEYS or not (by_title or by_place) or not isinstance(printed, str):
        raise OverridesError(path, at, f"this entry cannot be used. {_EXAMPLE}.")
    arxiv_id = normal_arxiv_id(printed)
    if arxiv_id is None and printed.casefold() != NOT_ON_ARXIV.casefold():
        raise OverridesError(path, at, f'"{printed}" is no arXiv id. {_EXAMPLE}.')
    return Override(title, file, line, arxiv_id, f"{path}:{at}" if at else str(path))
