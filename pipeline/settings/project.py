"""What `digest-graph.toml` in the working folder says, so that commands need no arguments."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pipeline.model.errors import UsageError
from pipeline.settings.toml_file import text_and_content

PROJECT_NAME = "digest-graph.toml"


@dataclass(frozen=True, slots=True)
class Project:
    """What the file sets, each as the option of that name; None, or nothing, where it is silent.

    Paths that are not absolute are of the folder of the file; `~` is the reader's home.
    """

    inputs: tuple[Path, ...] = ()
    name: str | None = None
    exclude: tuple[str, ...] = ()
    output: Path | None = None
    overrides: Path | None = None
    catalogue: Path | None = None
    bulk: Path | None = None
    email: str | None = None
    sources: str | None = None
    refresh: str | None = None
    within: str | None = None
    references_from_source: bool | None = None
    everything: bool | None = None
    offline: bool | None = None


class ProjectError(UsageError):
    """The file cannot be used: `path` and `line` (from 1; None: the whole file) say where."""

    def __init__(self, path: Path, line: int | None, what: str) -> None:
        self.path = path
        self.line = line
        super().__init__(f"{path}:{line}: {what}" if line else f"{path}: {what}")


def project(folder: Path | None = None) -> Project:
    """What the file in a folder, else in the working folder, says; nothing where there is none.

    Raises ProjectError, with the line where it is known, for what cannot be used.
    """
    path = (folder or Path()) / PROJECT_NAME
    if not path.exists():
        return Project()
    text, document = text_and_content(path, ProjectError, _ADVICE)
    for name, value in document.items():
        fault = _fault(name, value)
        if fault:
            raise ProjectError(path, _line_of(text, name), fault)
    return Project(**{n: _KINDS[n].value(v, path.parent) for n, v in document.items()})


@dataclass(frozen=True, slots=True)
class _ValueType:
    """How a value is written, whether it is so, and what it is turned into."""

    written: str
    fits: Callable[[Any], bool]
    value: Callable[[Any, Path], Any]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _path(text: str, folder: Path) -> Path:
    # What Zotero answers lies in no folder.
    return Path(text) if text.startswith("zotero:") else folder / Path(text).expanduser()


_TEXT = _ValueType('a text in quotes, such as "..."', _is_text, lambda value, _: value)
_TEXTS = _ValueType('a list of texts, such as ["...", "..."]', _are_texts, lambda v, _: tuple(v))
_PATH = _ValueType('a path in quotes, such as "outputs"', _is_text, _path)
_PATHS = _ValueType(
    'a list of paths, such as ["notes", "~/vault"]',
    _are_texts,
    lambda value, folder: tuple(_path(text, folder) for text in value),
)
_NAMES = _ValueType(
    'a list of names, such as ["arxiv"]', _are_texts, lambda value, _: ",".join(value)
)
_YES = _ValueType("true or false", lambda value: isinstance(value, bool), lambda value, _: value)
_KINDS: Mapping[str, _ValueType] = {
    "inputs": _PATHS, "exclude": _TEXTS, "output": _PATH, "overrides": _PATH, "catalogue": _PATH,
    "bulk": _PATH, "email": _TEXT, "sources": _NAMES, "refresh": _TEXT, "within": _TEXT,
    "references_from_source": _YES, "everything": _YES, "offline": _YES,
    "name": _TEXT,
}  # fmt: skip
_ADVICE = 'Write name = "..." on each line, with each text in quotes.'
_NAMES_KNOWN = [field.name for field in fields(Project)]


def _fault(name: str, value: Any) -> str | None:
    kind = _KINDS.get(name)
    if kind is None:
        near = difflib.get_close_matches(name, _NAMES_KNOWN, 1)
        meant = f"Did you mean {near[0]}?" if near else f"Known are {', '.join(_NAMES_KNOWN)}."
        if name in ("keys", "hosts"):
            meant = "Keys and hosts stand in config.toml; `digest-graph doctor` says where."
        return f"{name} is unknown here. {meant}"
    return None if kind.fits(value) else f"{name} has to be {kind.written}."


def _line_of(text: str, name: str) -> int | None:
    written = re.compile(rf"""\s*\[*\s*["']?{re.escape(name)}["']?\s*[\]=.]""")
    lines = enumerate(text.splitlines(), 1)
    return next((number for number, line in lines if written.match(line)), None)
