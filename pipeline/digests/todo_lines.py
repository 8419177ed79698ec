"""Lines of todo.txt (http://todotxt.org) as a list: what is to be read, or was, with its tags.

x 2024-09-03 2024-09-01 A Title https://arxiv.org/abs/2401.00001 -- said of it +reading @home
"""

from __future__ import annotations

import re

from pipeline.digests.markdown import is_paper_link
from pipeline.model.records import Text

_LINE = re.compile(
    r"(?:(?P<done>x) |\([A-Z]\) )?(?P<day>\d{4}-\d\d-\d\d )?(?:\d{4}-\d\d-\d\d )?(?P<said>\S.*)"
)
_MARK = re.compile(r"(?<!\S)[+@](?=[^\W\d])")
_BEGUN = re.compile(r"(?:x|\([A-Z]\)) |\d{4}-\d\d-\d\d \S")
_KEY = re.compile(r"(?<!\S)(?:due|t|rec|pri|h):\S{1,30}")


def is_todo(text: Text) -> bool:
    """Whether nearly every line is one of todo.txt, and some have a project or a place."""
    lines = text.head
    begun = sum(_BEGUN.match(line) is not None for line in lines)
    marked = sum(_MARK.search(line) is not None for line in lines)
    return len(lines) > 1 and begun * 10 >= len(lines) * 7 and marked * 2 >= len(lines)


def todo_as_markdown(text: Text) -> Text:
    """The lines as items, their projects and places as tags; those that name no paper apart."""
    lines: list[str | None] = []
    numbers: list[int] = []
    for number, line in enumerate(text.lines, 1):
        # A task is never said of the one above it.
        above = ["---"] if line and line.strip() and not is_paper_link(line) else []
        lines += [*above, line if line is None else _item(line)]
        numbers += [number] * (len(above) + 1)
    return Text(text.file, lines, numbers)


def _item(line: str) -> str:
    match = _LINE.fullmatch(line.strip())
    if match is None:
        return line
    said = _MARK.sub("#", _KEY.sub("", match["said"])).replace(" -- ", " — ")
    return f"- [{match['day'].strip()}] {said}" if match["day"] else f"- {said}"
