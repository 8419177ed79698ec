"""What `git log` prints, as notes: the first line of each message a heading, below it the rest.

commit 9f2b1c7d3e4a5b6c7d8e9f0a1b2c3d4e5f6a7b8c
Author: Pim Visser <pim@example.nl>
Date:   Wed Oct 16 22:41:09 2024 +0200

    A Title

    Ann Lee, Bo Kim. arXiv:2401.00001
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from pipeline.model.records import Text

_COMMIT = re.compile(r"commit [0-9a-f]{7,64}(?: \(.*\))?")
_HEAD = re.compile(r"(?:Author|AuthorDate|Commit|CommitDate|Merge|Date): +(?P<value>.*)")
_PREFIX = re.compile(r"[^\W\d_A-Z][^\s:]{0,20}(?:\([^()]{1,30}\))?!?:\s+(?=[^\W_a-z]\S*\s+\S)")
"""What kind of change a message tells of: `read: `."""


def git_log_as_markdown(text: Text) -> Text | None:
    """The messages as Markdown, as many lines as there were; None for any other text."""
    head = text.head[:3]
    if len(head) < 3 or not _COMMIT.fullmatch(head[0]) or not _HEAD.match(head[1]):
        return None
    return Text(text.file, tuple(_lines(text)))


def _lines(text: Text) -> Iterator[str | None]:
    in_head, subject = False, False
    for line in text.lines:
        if line is None:
            yield None
        elif _COMMIT.fullmatch(line):
            in_head, subject = True, True
            yield ""
        elif in_head and (found := _HEAD.fullmatch(line)):
            yield _day(found["value"]) if line.startswith(("Date", "AuthorDate")) else ""
        elif not line.strip():
            in_head = False
            yield ""
        else:
            words = line.removeprefix("    ")
            yield _subject(words) if subject else words
            subject = False


def _subject(words: str) -> str:
    return f"## {_PREFIX.sub('', words)}"


def _day(stated: str) -> str:
    """The date of a commit as a heading; blank where it is in no order that is known."""
    for form in (
        "%a %b %d %H:%M:%S %Y %z",
        "%Y-%m-%d %H:%M:%S %z",
        "%Y-%m-%d",
        "%Y-%m-%dT%H:%M:%S%z",
    ):
        try:
            day = datetime.strptime(stated.strip(), form).date()  # noqa: DTZ007 - as it is stated
            return f"# {day.isoformat()}"
        except ValueError:
            continue
    return ""
