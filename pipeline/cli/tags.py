"""Tags as a person reads them in a terminal, and what a tags file could say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import NamedTuple

from pipeline.cli.answers import plain_lines, room
from pipeline.identity.tag_suggestions import tag_suggestions
from pipeline.identity.tags import tags_of_entries
from pipeline.model.counting import counted
from pipeline.model.identities import Tag
from pipeline.model.printing import json_line, printable
from pipeline.model.records import Entry
from pipeline.settings.tags import TagRules, tag_rules, tags_paths, toml_lines
from pipeline.store.inputs import found_inputs


def rules_beside(inputs: Iterable[Path]) -> TagRules:
    """What the tags files beside the inputs and in the working folder say.

    Raises UsageError where an input does not exist, or a tags file cannot be used.
    """
    return tag_rules(tags_paths(found_inputs(inputs)))


def tag_lines(entries: Iterable[Entry], rules: TagRules | None = None) -> Iterator[str]:
    """A line for each tag under a heading, the most used first, and what could be said of them.

    The count is of entries. The suggestions come last, as TOML to put into the tags file.
    """
    all_entries = list(entries)
    uses = _uses(all_entries, rules or TagRules())
    heading = (f"{'used':>6}", "first day", "last day", "tag and its other spellings")
    yield from plain_lines([heading, *map(_row, uses)], columns=room())
    yield f"{counted(len(uses), 'tag')} of {counted(len(all_entries), 'entry', 'entries')}."
    suggestions = tag_suggestions(all_entries, rules)
    if suggestions:
        yield ""
        yield from toml_lines(suggestions)


def tag_json_lines(entries: Iterable[Entry], rules: TagRules | None = None) -> Iterator[str]:
    """A JSON object for each tag, then one with `suggestion` for each pair that may be one tag."""
    all_entries = list(entries)
    for use in _uses(all_entries, rules or TagRules()):
        yield json_line(_object(use))
    for suggestion in tag_suggestions(all_entries, rules):
        row = suggestion._asdict()
        yield json_line({"suggestion": row.pop("kind"), **row})


def graph_tag_lines(folder: Path, as_json: bool) -> Iterator[str]:
    """A line for each tag of the graph in a folder, the most used first; JSON, if asked for.

    Raises DataError where no graph is there.
    """
    from pipeline.analyse.listing import tags
    from pipeline.cli.answers import json_lines, shown_lines
    from pipeline.store.tables import read_graph

    rows = tags(*read_graph(folder))
    headings = {"papers": "papers", "first_day": "first day", "last_day": "last day"}
    headings |= {"label": "tag", "spellings": "spellings"}
    yield from json_lines(rows) if as_json else shown_lines(rows, headings, room())


class _TagUse(NamedTuple):
    """A tag, in how many entries it stands, and its first and last day."""

    tag: Tag
    used: int
    first_day: str | None
    last_day: str | None


def _uses(entries: Sequence[Entry], rules: TagRules) -> list[_TagUse]:
    """The tags, the most used first."""
    entries_of: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        for key in {rules.tag_of(spelling) for spelling in entry.tags}:
            entries_of[key].append(entry)
    tags = tags_of_entries(entries, rules)
    ordered = sorted(tags, key=lambda key: (-len(entries_of[key]), key))
    return [_use(tags[key], entries_of[key]) for key in ordered]


def _use(tag: Tag, entries: Sequence[Entry]) -> _TagUse:
    days = [str(entry.date) for entry in entries if entry.date]
    return _TagUse(tag, len(entries), min(days, default=None), max(days, default=None))


def _object(use: _TagUse) -> dict[str, object]:
    days = {"first_day": use.first_day, "last_day": use.last_day}
    return {**asdict(use.tag), "used": use.used, **days}


def _row(use: _TagUse) -> tuple[str, str, str, str]:
    tag = use.tag
    spellings = [tag.label, *(spelling for spelling in tag.spellings if spelling != tag.label)]
    spelt = f"{printable(' '.join(spellings))}{' (meta)' if tag.meta else ''}"
    return f"{use.used:>6,}", use.first_day or "-", use.last_day or "-", spelt
