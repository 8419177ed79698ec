"""Tags as a person reads them in a terminal, and what a tags file could say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.identity.tag_suggestions import tag_suggestions
from pipeline.identity.tags import tags_of_entries
from pipeline.model.identities import Tag
from pipeline.model.printing import printable
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
    rules = rules or TagRules()
    known = list(entries)
    entries_of: dict[str, list[Entry]] = defaultdict(list)
    for entry in known:
        for key in {rules.tag_of(spelling) for spelling in entry.tags}:
            entries_of[key].append(entry)
    tags = tags_of_entries(known, rules)
    yield f"{'used':>6}  {'first day':<10}  {'last day':<10}  tag and its other spellings"
    for key in sorted(tags, key=lambda key: (-len(entries_of[key]), key)):
        yield _line(tags[key], entries_of[key])
    yield f"{len(tags):,} {'tag' if len(tags) == 1 else 'tags'} of {len(known):,} entries."
    suggestions = tag_suggestions(known, rules)
    if suggestions:
        yield ""
        yield from toml_lines(suggestions)


def _line(tag: Tag, entries: Iterable[Entry]) -> str:
    listed = list(entries)
    days = [entry.date for entry in listed if entry.date]
    first, last = (str(end(days)) if days else "-" for end in (min, max))
    spellings = [tag.label, *(spelling for spelling in tag.spellings if spelling != tag.label)]
    named = printable(" ".join(spellings))
    return f"{len(listed):>6,}  {first:<10}  {last:<10}  {named}{' (meta)' if tag.meta else ''}"
