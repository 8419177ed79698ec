"""Tags in all their spellings: one tag each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from pipeline.model.identities import Tag
from pipeline.model.records import Entry
from pipeline.settings.tags import TagRules, folded_tag, tag_words

__all__ = ["folded_tag", "tags_of_entries"]


def tags_of_entries(entries: Iterable[Entry], rules: TagRules | None = None) -> dict[str, Tag]:
    """Every tag of the entries, by folded spelling, and those that `rules` set above or beside.

    A tag has the spellings of its aliases too: those used, in the order of their first use, then
    those that the rules alone have. The label is the latest of its own. The id is its own
    spelling of the most words, with hyphens: whichever note is the oldest, and in whatever order
    they come. It changes where a spelling parts the tag anew (`pretraining`, `pre-training`).
    """
    rules = rules or TagRules()
    first: dict[str, date] = {}
    last: dict[str, date] = {}
    for entry in entries:
        day = entry.date or date.min
        for spelling in entry.tags:
            first[spelling] = min(day, first.get(spelling, day))
            last[spelling] = max(day, last.get(spelling, day))
    used = _by_tag(sorted(first, key=lambda spelling: (first[spelling], spelling)), rules)
    ruled = _by_tag([s for tag in sorted(rules.spellings) for s in rules.spellings[tag]], rules)
    tags = sorted(_reached(used, rules))
    spellings = {tag: list(dict.fromkeys([*used[tag], *ruled[tag]])) for tag in tags}
    own_spellings = {tag: [s for s in spellings[tag] if folded_tag(s) == tag] for tag in tags}
    ids = {tag: f"tag:{_most_words(own_spellings[tag])}" for tag in tags}
    return {
        tag: Tag(
            id=ids[tag],
            label=max(own_spellings[tag], key=lambda s: (last.get(s, date.min), s in last, s)),
            spellings=tuple(spellings[tag]),
            broader=_ids(rules.broader.get(tag, ()), ids),
            related=_ids(rules.related.get(tag, ()), ids),
            meta=tag in rules.meta,
        )
        for tag in tags
    }


def _by_tag(spellings: Iterable[str], rules: TagRules) -> defaultdict[str, list[str]]:
    spellings_of: defaultdict[str, list[str]] = defaultdict(list)
    for spelling in spellings:
        spellings_of[rules.tag_of(spelling)].append(spelling)
    return spellings_of


def _reached(used: Iterable[str], rules: TagRules) -> set[str]:
    reached: set[str] = set()
    ahead = list(used)
    while ahead:
        tag = ahead.pop()
        if tag not in reached:
            reached.add(tag)
            ahead += [*rules.broader.get(tag, ()), *rules.related.get(tag, ())]
    return reached


def _most_words(spellings: Sequence[str]) -> str:
    written = sorted("-".join(tag_words(spelling)) or spelling for spelling in spellings)
    return max(written, key=lambda words: len(words.split("-")))


def _ids(tags: Iterable[str], ids: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted(ids[tag] for tag in tags))
