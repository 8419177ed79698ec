"""`evidence.jsonl` looked up where it is: of a large graph it is more than memory holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Any

from pipeline.model.errors import DataError

EvidenceRecord = dict[str, Any]
_ORDER = ("entry", "paper", "author")
"""What lines are about, in their order; papers and authors stand by their ids."""
_Key = tuple[int, str]


@contextmanager
def evidence_lines(path: Path) -> Iterator[EvidenceLines]:
    """The lines of the file, within the block. Raises DataError where it cannot be read."""
    try:
        with path.open("rb") as stream:
            if not stream.seek(0, 2):
                yield EvidenceLines(path, b"")
                return
            with closing(mmap(stream.fileno(), 0, access=ACCESS_READ)) as content:
                yield EvidenceLines(path, content)
    except FileNotFoundError as error:
        raise DataError(path, "no such file", _remedy(path)) from error
    except OSError as error:
        raise DataError(path, f"cannot be read ({error})", _remedy(path)) from error


class EvidenceLines:
    """The lines of the file, of which those are read that are asked for.

    Raises DataError where one of them is damaged.
    """

    def __init__(self, path: Path, content: bytes | mmap) -> None:
        self._path, self._content = path, content

    def of_id(self, about: str, node_id: str) -> EvidenceRecord | None:
        """The record of a paper or an author, by bisection; None where there is none."""
        start = self._first((_ORDER.index(about), node_id))
        found = self._record(start) if start < len(self._content) else None
        return found if found and (found["about"], found.get("id")) == (about, node_id) else None

    def entries_in(
        self, file: str, line: int | None = None
    ) -> Iterator[tuple[int, EvidenceRecord]]:
        """The entries of files whose names end so, or the ones that begin at a line, and where."""
        name = json.dumps(file, ensure_ascii=False).encode("utf-8", "replace")[1:]
        begins = b"" if line is None else b"%d," % line
        wanted, end = name + b',"line_start":' + begins, self._first((1, ""))
        place = self._content.find(wanted, 0, end)
        while place >= 0:
            start = self._content.rfind(b"\n", 0, place) + 1
            yield start, self._record(start)
            after = self._content.find(b"\n", place)
            place = self._content.find(wanted, after, end) if after >= 0 else -1

    def _first(self, key: _Key) -> int:
        """Where the first line begins that does not stand before this key."""
        low, high = 0, len(self._content)
        while low < high:
            start = self._content.rfind(b"\n", low, (low + high) // 2) + 1 or low
            after = self._content.find(b"\n", start) + 1 or len(self._content)
            if self._key(start) < key:
                low = after
            else:
                high = start
        return low

    def _key(self, start: int) -> _Key:
        record = self._record(start)
        place = _ORDER.index(record["about"])
        return place, record["id"] if place else ""

    def _record(self, start: int) -> EvidenceRecord:
        end = self._content.find(b"\n", start)
        line = self._content[start : end if end >= 0 else len(self._content)]
        try:
            record: EvidenceRecord = json.loads(line)
            _ORDER.index(record["about"])
        except (ValueError, KeyError, TypeError) as error:
            what = f"the line at byte {start} is no evidence ({error!r})"
            raise DataError(self._path, what, _remedy(self._path)) from error
        return record


def _remedy(path: Path) -> str:
    return f"Run `digest-graph build INPUT... -o {path.parent}` first."
