"""Where an object of keys and values stands in the text that it was read from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pipeline.digests.bibliography import Record
from pipeline.digests.keys import with_known_keys
from pipeline.digests.objects import objects_in, record_of
from pipeline.model.records import Skip


class ObjectFinder:
    """Where in a text an object stands: the first line, after the last one's, that names it."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._position = 0
        self._line = 1

    def line_of(self, item: Mapping[str, Any]) -> int:
        """The line of the first of its texts that can be found within what follows."""
        for value in _strings(item):
            first_line = value.split("\n", 1)[0]
            for shown in (json.dumps(value, ensure_ascii=False), json.dumps(value), first_line):
                position = self._source.find(shown, self._position, self._position + 1_000_000)
                if position >= 0:
                    return self.line_at(position)
        return self._line

    def line_at(self, position: int) -> int:
        """The line of a position that does not lie before the last one."""
        self._line += self._source.count("\n", self._position, position)
        self._position = max(self._position, position)
        return self._line


def _strings(item: Mapping[str, Any]) -> Iterator[str]:
    """The first longer text of an object, be it in an object within."""
    waiting = [item]
    while waiting:
        value = waiting.pop(0)
        for inner in value.values():
            if isinstance(inner, str) and len(inner) > 5:
                yield inner
                return
            if isinstance(inner, Mapping):
                waiting.append(inner)


def records_in_values(values: Iterable[Any], source: str) -> Iterator[Record | Skip]:
    """The papers that values hold, each at the line of `source` that names it; and the skips."""
    finder = ObjectFinder(source)
    for value in with_known_keys(values):
        if isinstance(value, Skip):
            yield value
            continue
        for item in objects_in(value):
            line = finder.line_of(item)
            yield record_of(item, line, line)
