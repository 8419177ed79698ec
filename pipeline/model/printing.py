"""Text from outside, made harmless for a terminal and for lines of JSON."""

from __future__ import annotations

import json
import re

_JSON = json.JSONEncoder(ensure_ascii=False, default=str)
_BLANK = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_ESCAPED = re.compile(r"[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(text: str) -> str:
    r"""A text on one line that cannot move a terminal's cursor or turn its direction.

    >>> printable("A\x1b[2J\nB")
    'A�[2J B'
    """
    if text.isprintable():
        return text
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", _BLANK.sub(" ", text))


def json_line(record: object) -> str:
    r"""A record as JSON on one line; what a terminal would act on is escaped, and nothing is lost.

    Values that are no JSON are written as their text.

    >>> json_line({"name": "논문\x9b2J"})
    '{"name": "논문\\u009b2J"}'
    """
    return escaped_json(_JSON.encode(record))


def escaped_json(text: str) -> str:
    """JSON on one line in which what a terminal would act on is escaped."""
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
