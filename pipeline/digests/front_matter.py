"""What stands before a note: YAML, TOML or `key:: value` lines, each key read for itself.

Values are read as text (`2409.02320` is no number), and what is damaged costs its own key alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import yaml

from pipeline.digests.fields import FieldName, field_of
from pipeline.digests.prose import listed_tags
from pipeline.digests.toml_tables import table_of
from pipeline.model.written_blocks import is_head_key, is_written_key, written_keys

MOST_LINES = 20_000
_KEY = re.compile(r"([^\s:=#\[\]{}|>-][^:=]{0,60}?)\s*(?:::?|=)(?=\s|$|[\"'\[])\s*(.*)")
_FIELD = re.compile(r"([a-z][\w.-]{0,40}):\s?(.*)")
_STAMP = re.compile(r"(?:created|modified):\s?\d{17}\s*")
_PROPERTY = re.compile(r"(?:[-*]\s+)?([^\W\d][\w .-]{0,40})::(?:\s+(\S.*))?")
_WIKILINK = re.compile(r"\[\[([^\[\]|]{1,250})(?:\|([^\[\]]{1,250}))?\]\]")
_DEEPEST = 6
_MOST_CHARACTERS = 20_000
_PLAIN_VALUE = re.compile(r"[^\s\"'\[{|>&*!#%@`][^#]*")


class Field(NamedTuple):
    """A named value: which field, how the reader calls it, the value, and the line it is on."""

    name: FieldName | None
    label: str
    value: str
    number: int


class FrontMatter(NamedTuple):
    """The fields of a front matter, and at which line the text after it begins (from 0)."""

    fields: tuple[Field, ...]
    end: int

    def all(self, *names: FieldName) -> list[str]:
        """The values of the named fields, in the order of the names and of the lines."""
        return [field.value for name in names for field in self.fields if field.name == name]


NONE = FrontMatter((), 0)


def front_matter(lines: Sequence[str | None]) -> FrontMatter:
    """What the lines begin with, as fields; `NONE` where they begin with no front matter.

    Of a head that this program wrote only those remain that say which paper the note is about.
    """
    matter = _matter_of(lines)
    listed = next((field.value for field in matter.fields if is_head_key(field.label)), None)
    if listed is None:
        return matter
    written = written_keys(listed)
    reader_fields = tuple(
        field for field in matter.fields if not is_written_key(field.label, written)
    )
    return FrontMatter(reader_fields, matter.end)


def _matter_of(lines: Sequence[str | None]) -> FrontMatter:
    start = next((n for n, line in enumerate(lines[:20]) if line is None or line.strip()), 0)
    first = (lines[start] or "").strip() if start < len(lines) else ""
    if first in ("---", "+++"):
        ends = (first, "...") if first == "---" else (first,)
        for end, line in enumerate(lines[start + 1 : start + MOST_LINES], start + 1):
            if line is not None and line.rstrip() in ends:
                inner = [text or "" for text in lines[start + 1 : end]]
                if not _is_matter(inner):
                    return NONE
                return FrontMatter(tuple(_fields_within(inner, start + 2, first)), end + 1)
    if _PROPERTY.fullmatch(first):
        return _properties(lines, start)
    return _tiddler(lines, start) if _FIELD.match(first) else NONE


def _tiddler(lines: Sequence[str | None], start: int) -> FrontMatter:
    """The fields that a tiddler of TiddlyWiki begins with, up to a blank line; else none.

    https://tiddlywiki.com/#TiddlerFiles
    """
    fields: list[Field] = []
    stamped = False
    for number, line in enumerate(lines[start : start + MOST_LINES], start):
        match = _FIELD.match(line or "")
        if not match:
            ended = line is not None and not line.strip()
            return FrontMatter(tuple(fields), number) if stamped and ended else NONE
        stamped = stamped or _STAMP.fullmatch(line or "") is not None
        is_tags = match[1] == "tags" and "," not in match[2]
        value = ", ".join(_tiddler_tags(match[2])) if is_tags else match[2]
        fields += _flat(match[1], value, number + 1) if value else []
    return FrontMatter(tuple(fields), len(lines)) if stamped else NONE


def _tiddler_tags(value: str) -> Sequence[str]:
    """Tags as TiddlyWiki lists them: apart by spaces, of several words in double brackets."""
    return listed_tags(value) if "[[" in value else value.split()


def _is_matter(inner: Sequence[str]) -> bool:
    """Whether lines between two rules are keys, not a text of the reader."""
    first = next((line for line in inner if line.strip()), "")
    return not first or _KEY.match(first) is not None or first.startswith(("#", "- ", "["))


def _properties(lines: Sequence[str | None], start: int) -> FrontMatter:
    """Logseq's and dataview's lines of `key:: value` that a page begins with."""
    fields: list[Field] = []
    for number, line in enumerate(lines[start : start + MOST_LINES], start):
        if line is not None and not line.strip():
            continue
        match = _PROPERTY.fullmatch((line or "").strip())
        if not match:
            return FrontMatter(tuple(fields), number)
        value = match[2] or ""
        is_paged = "[[" in value and field_of(match[1]) == "tags"
        value = ", ".join(listed_tags(value)) if is_paged else value
        fields += _flat(match[1], value, number + 1)
    return FrontMatter(tuple(fields), min(len(lines), start + MOST_LINES))


def _fields_within(inner: Sequence[str], first_number: int, fence: str) -> Iterator[Field]:
    if fence == "+++":
        try:
            table = table_of("\n".join(inner))
        except (ValueError, RecursionError):
            pass
        else:
            yield from _flat("", table, first_number)
            return
    starts = [at for at, line in enumerate(inner) if _KEY.match(line)]
    for at, end in pairwise([*starts, len(inner)]):
        match = _KEY.match(inner[at])
        if match:
            value = _value(match[2].strip(), inner[at + 1 : end])
            yield from _flat(match[1].strip("\"' "), value, first_number + at)


def _value(first: str, below: Sequence[str]) -> Any:
    """A value of YAML with the lines below it; as it is written where it is no YAML."""
    below = [line for line in below if line.strip()]
    if first.startswith("#") or _PLAIN_VALUE.fullmatch(first):
        return " ".join([first, *map(str.strip, below)])
    as_yaml = "\n".join([f"a: {first}", *below])
    if len(as_yaml) <= _MOST_CHARACTERS:
        try:
            return yaml.load(as_yaml, Loader=yaml.CBaseLoader)["a"]  # noqa: S506 - texts alone
        except (yaml.YAMLError, ValueError, RecursionError, TypeError, KeyError):
            pass
    return [
        first.strip("\"'"),
        *(line.strip().removeprefix("- ").strip("\"' ") for line in below),
    ]


def _flat(key: str, value: Any, number: int, depth: int = 0) -> Iterator[Field]:
    """The texts within a value, each a field by its own key or else by the one around it."""
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        for inner_key, item in value.items():
            own_key = str(inner_key) if field_of(str(inner_key)) or not field_of(key) else key
            # What is under `links: pdf:` is a link, and under `author: name:` an author.
            field_key = key if field_of(own_key) in ("title", "id") and field_of(key) else own_key
            yield from _flat(field_key, item, number, depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _flat(key, item, number, depth + 1)
    elif value is not None and (text := _text(str(value))):
        yield Field(field_of(key), key, text, number)


def _text(value: str) -> str:
    """A value in one line, `[[A Note|its name]]` as its name."""
    value = _WIKILINK.sub(lambda match: match[2] or match[1], value) if "[[" in value else value
    return " ".join(value.split())
