"""The overrides file as a review writes to it: one decision at a time, all else left as it is."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import NamedTuple

import tomlkit
from filelock import FileLock, Timeout
from tomlkit.items import AoT, Item, Table

from pipeline.model.errors import OverridesError
from pipeline.model.records import Override
from pipeline.settings.overrides import (
    IS_NO_PAPER,
    NOT_ON_ARXIV,
    headers,
    read_overrides,
    toml_string,
)

_COMMENT = re.compile(r"""(?:"(?:\\.|[^"\\])*"|'[^']*'|[^#"'])*(#.*)?""")


class OverridesChange(NamedTuple):
    """The text of the overrides file before (None: there was none) and after a decision."""

    before: str | None
    after: str


def known_overrides(path: Path) -> tuple[Override, ...]:
    """The overrides of a file that need not be there yet. Raises as `read_overrides`."""
    return () if _text(path) is None else read_overrides(path)


@contextmanager
def sole_review(path: Path) -> Iterator[None]:
    """While it lasts, a second review of the same overrides file is refused.

    Raises OverridesError for that, and where nothing can be written beside the file.
    """
    target = path.resolve()
    if not target.parent.is_dir():
        raise OverridesError(path, None, f"no folder {target.parent}. Make it first.")
    lock = FileLock(target.with_name(f".{target.name}.lock"), timeout=0)
    try:
        lock.acquire()
    except Timeout:
        problem = "another review is writing to it. Finish that one first."
        raise OverridesError(path, None, problem) from None
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        yield
    finally:
        lock.release()


def write_override(
    path: Path, override: Override, former: Override | None = None
) -> OverridesChange:
    """Puts an override into a file, at the end or, in place, into the table of `former`.

    `former` is as `known_overrides` gives it now, and keeps its title or its file and line. All
    else in the file stays as it is, comments too. The file is replaced whole, after what it will
    say has been read back. Raises OverridesError where that cannot be done.
    """
    before = _text(path)
    overrides = list(known_overrides(path))
    # Notepad and others put a byte order mark before a file.
    mark = "\ufeff" * (before or "").startswith("\ufeff")
    tables = (before or "").removeprefix(mark)
    if former is None:
        after = mark + _with_table(tables, override)
        wanted = [*overrides, override]
    else:
        after = mark + _with_changed_table(tables, former, override)
        wanted = [
            override if known_override == former else known_override for known_override in overrides
        ]
    _write(path, after, wanted)
    return OverridesChange(before, after)


def take_back(path: Path, written: OverridesChange) -> None:
    """Gives the file the text that it had before. Raises OverridesError if it changed since."""
    if _text(path) != written.after:
        problem = "it was changed by hand since. Take the decision back there."
        raise OverridesError(path, None, problem)
    if written.before is None:
        path.resolve().unlink()
    else:
        _write(path, written.before, None)


def _said(override: Override) -> dict[str, str]:
    """The keys that decide, with their values in TOML."""
    values_of = {}
    if override.arxiv_id or not override.rejected:
        absent = NOT_ON_ARXIV if override.is_paper else IS_NO_PAPER
        values_of["arxiv_id"] = toml_string(override.arxiv_id or absent)
    if override.rejected:
        values_of["rejected"] = f"[{', '.join(map(toml_string, override.rejected))}]"
    return values_of


def _table(override: Override) -> list[str]:
    if override.title is not None:
        named = {"title": toml_string(override.title)}
    else:
        named = {"file": toml_string(override.file or ""), "line": str(override.line)}
    keys = {**named, **_said(override)}
    return ["[[entry]]", *(f"{key} = {value}" for key, value in keys.items())]


def _with_table(text: str, override: Override) -> str:
    before = text if not text or text.endswith("\n") else f"{text}\n"
    gap = "\n" if text else ""
    return before + gap + "".join(f"{line}\n" for line in _table(override))


def _with_changed_table(text: str, former: Override, override: Override) -> str:
    """The text with other values in the table of `former`; where it cannot be found, as it was.

    That table alone is read and written anew: of a whole document tomlkit changes the order where
    tables of one name do not stand together.
    """
    at = re.search(r":(\d+)$", former.place)
    if not at:
        return text
    lines = StringIO(text, newline="\n").readlines()
    start = int(at[1]) - 1
    end = next((index for index in headers(lines) if index > start), len(lines))
    document = tomlkit.parse("".join(lines[start:end]))
    tables = document.get("entry")
    if not isinstance(tables, AoT):
        return text
    _change(tables[0], _said(override))
    return "".join([*lines[:start], tomlkit.dumps(document), *lines[end:]])


def _change(table: Table, values_of: Mapping[str, str]) -> None:
    for key, value in values_of.items():
        _put(table, key, value)
    if "rejected" in table and "rejected" not in values_of:
        comments = f"{_comments(table, 'arxiv_id')}  {_comments(table, 'rejected')}".strip()
        table.remove("rejected")
        _comment(_item(table, "arxiv_id"), comments)


def _put(table: Table, key: str, value: str) -> None:
    """Gives a key a value in TOML. What is commented within the old one goes behind the new one."""
    comments = _comments(table, key)
    table[key] = tomlkit.value(value)
    _comment(_item(table, key), comments)


def _item(table: Table, key: str) -> Item:
    item = table.value.item(key)
    assert isinstance(item, Item)  # noqa: S101  (only tables that are taken apart are no Item)
    return item


def _comment(item: Item, comments: str) -> None:
    item.trivia.comment_ws, item.trivia.comment = ("  " if comments else ""), comments


def _comments(table: Table, key: str) -> str:
    """What is commented within and behind the value of a key, on one line, with its marks."""
    if key not in table:
        return ""
    item = _item(table, key)
    lines = [*item.as_string().split("\n"), item.trivia.comment]
    matches = (_COMMENT.match(line) for line in lines)
    return "  ".join(match[1].rstrip() for match in matches if match and match[1])


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode() if path.exists() else None
    except (OSError, UnicodeDecodeError) as error:
        raise OverridesError(path, None, f"cannot be read ({error}). Save it as UTF-8.") from error


def _write(path: Path, text: str, wanted: Sequence[Override] | None) -> None:
    target = path.resolve()
    partial = target.with_name(f".{target.name}.partial")
    try:
        with partial.open("wb") as stream:
            stream.write(text.encode())
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, partial)
        if wanted is not None:
            _check(path, partial, wanted)
        partial.replace(target)
    except (OSError, UnicodeEncodeError) as error:
        raise _unwritable(path, error) from error
    finally:
        partial.unlink(missing_ok=True)


def _check(path: Path, partial: Path, wanted: Sequence[Override]) -> None:
    try:
        reread = read_overrides(partial)
    except OverridesError:
        reread = ()
    if [replace(override, place="") for override in reread] != [
        replace(override, place="") for override in wanted
    ]:
        table = "\n".join(_table(wanted[-1]))
        problem = f"this file cannot be added to without harm. Write it in by hand:\n{table}"
        raise OverridesError(path, None, problem)


def _unwritable(path: Path, error: Exception) -> OverridesError:
    return OverridesError(path, None, f"cannot be written ({error}). Make it writable.")
