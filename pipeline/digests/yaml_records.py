"""A YAML list of papers, as sites and reading lists keep them.

- title: "Arctic-SnowCoder: Demystifying ..."
  authors: Yuxiang Wei, Hojae Han
  arxiv: 2409.02326                   read as text: a number would lose its last zero
  tags: [code, llm]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from typing import Any

import yaml

from pipeline.digests.bibliography import Record, entries, refusal, tiled
from pipeline.digests.fields import field_of
from pipeline.digests.markdown import is_paper_link
from pipeline.digests.objects import objects_in, record_of
from pipeline.model.records import Entry, Format, Skip, Text

_LINE = re.compile(r"\s*(?:-\s+)?(?P<key>[\w][\w .-]{0,40}):(?:\s|$)|\s*-\s+\S|\s*#|---|\s{2,}\S")
_ITEM = re.compile(r"\s*-\s+(?P<key>\w[\w .-]{0,40}):(?:\s|$)")
_NEXT_KEY = re.compile(r"\s{2,}(?P<key>\w[\w .-]{0,40}):(?:\s|$)")
_BRACKET = re.compile(r"[\[\]{}]")
_TITLE_WITHIN = re.compile(r"\s+(?:-\s+)?title:\s|-\s+title:\s")
_MOST_LINES = 5_000
_MOST_DEPTH = 50
_DASHES = re.compile(rf"(?:[-?:] +){{{_MOST_DEPTH}}}")
_LINE_KEY = "\0line"


class _Loader(yaml.CBaseLoader):
    """Every scalar as text, every mapping with its line, from 0."""


def _constructed(loader: Any, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        nodes_by_key = {str(loader.construct_object(k, deep=True)): v for k, v in node.value}
        values = {key: loader.construct_object(v, deep=True) for key, v in nodes_by_key.items()}
        return {**values, _LINE_KEY: node.start_mark.line}
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node)


_Loader.add_constructor(None, _constructed)


def _likeness(text: Text) -> float:
    lines = text.head
    if _is_matter_of_several(text):
        return 0.95
    is_named_yaml = text.file.casefold().endswith((".yml", ".yaml"))
    items = sum(_ITEM.match(line) is not None for line in lines)
    keys = {field_of(m["key"]) for line in lines if (m := _NEXT_KEY.match(line))}
    shaped = sum(_LINE.match(line) is not None for line in lines)
    if not lines or shaped < 0.9 * len(lines) or not (items or is_named_yaml):
        return 0.0
    first = next((line for line in lines if not line.startswith(("#", "---"))), "")
    return 0.95 if is_named_yaml or (len(keys - {None}) > 1 and _ITEM.match(first)) else 0.0


def _is_matter_of_several(text: Text) -> bool:
    """Whether a front matter lists papers, as seminars do, and what is below names none."""
    if [*text.head[:1]] != ["---"]:
        return False
    lines = [line or "" for line in text.lines[:_MOST_LINES]]
    end = next((at for at, line in enumerate(lines[1:], 1) if line == "---"), 0)
    titled = sum(_TITLE_WITHIN.match(line) is not None for line in lines[:end])
    return titled > 1 and not any(is_paper_link(line) for line in text.lines[end + 1 :] if line)


def _entries(text: Text) -> Iterator[Entry | Skip]:
    return entries(text, tiled(_records(text), len(text.lines)))


def _records(text: Text) -> Iterator[Record | Skip]:
    values: list[Any] = []
    lines = [line or "" for line in text.lines]
    is_matter = _is_matter_of_several(text)
    if is_matter:
        # What stands below a front matter is no YAML.
        lines = lines[: lines.index("---", 1)]
    for start, part in _parts(lines):
        try:
            unread = _unread(part)
            if unread:
                yield refusal(text, start, f"{unread}, which is not read. The rest was.")
                continue
            value = yaml.load(part, _Loader)  # noqa: S506 - it makes nothing but texts and lists
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            mark = getattr(error, "problem_mark", None)
            line = start + (mark.line if mark else 0)
            why = " ".join(str(getattr(error, "problem", None) or "nested too deep").split())
            yield refusal(text, start, f"no YAML: {why} (line {line}). Mend it; the rest was read.")
            continue
        if is_matter and isinstance(value, dict):
            value = [
                item for listed in value.values() if isinstance(listed, list) for item in listed
            ]
        values += map(partial(_placed, start), value if isinstance(value, list) else [value])
    for item in objects_in(values):
        line = int(item.get(_LINE_KEY, 1))
        yield record_of({k: v for k, v in item.items() if k != _LINE_KEY}, line, line)


def _placed(start: int, value: Any) -> Any:
    """A value with the lines of its objects counted in the whole text."""
    if isinstance(value, dict):
        placed = {key: _placed(start, inner) for key, inner in value.items() if key != _LINE_KEY}
        return {**placed, _LINE_KEY: start + int(value.get(_LINE_KEY, 0))}
    return [_placed(start, inner) for inner in value] if isinstance(value, list) else value


def _unread(part: str) -> str | None:
    """Why a part is not given to the parser, which calls itself for each level; None if it is."""
    depth = 0
    for match in _BRACKET.finditer(part):
        depth += 1 if match[0] in "[{" else -1
        if depth > _MOST_DEPTH:
            return "it is nested too deep"
    if _DASHES.search(part):
        return "it is nested too deep"
    tokens = yaml.scan(part, yaml.CBaseLoader) if "*" in part else ()
    aliased = any(isinstance(token, yaml.AliasToken) for token in tokens)
    return "it has an alias (`*name`)" if aliased else None


def _parts(lines: list[str]) -> Iterator[tuple[int, str]]:
    """The items of a list at the margin, each by itself: a damaged one costs only itself."""
    starts = [n for n, line in enumerate(lines) if line.rstrip() == "---"]
    if len(starts) > 1:
        # Documents one below another.
        bounds = sorted({0, *starts, len(lines)})
        for start, end in pairwise(bounds):
            yield start + 1, "\n".join(lines[start:end])
        return
    starts = [n for n, line in enumerate(lines) if line.startswith("- ")]
    if not starts or any(line[:1] not in "- #\t" for line in lines if line and line != "---"):
        yield 1, "\n".join(lines)
        return
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start + 1, "\n".join(lines[start:end])


FORMAT = Format("yaml_records", _likeness, _entries)
