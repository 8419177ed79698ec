"""Tags that may be one, for the reader to put into the tags file. Nothing here is applied.

Edit distance alone joins what is different (`sampling`, `resampling`), and so does equal company
alone (`agent`, `reasoning`): each kind of suggestion asks for two kinds of evidence.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from pipeline.identity.tag_blocking import (
    acronym_pairs,
    cosine_pairs,
    slip_pairs,
    successor_pairs,
    tags_beside,
)
from pipeline.identity.tag_spellings import (
    akin,
    cut_from,
    one_slip,
    phrases,
    phrases_of_title,
    printed_of,
    singular,
)
from pipeline.identity.tags import tags_of_entries
from pipeline.model.counting import counted
from pipeline.model.folding import title_words
from pipeline.model.identities import Suggestion, SuggestionKind, Tag
from pipeline.model.records import Entry
from pipeline.model.succession import follows
from pipeline.settings.tags import TagRules

MOST_ACRONYM_LETTERS = 6
MOST_TOGETHER = 0.2
"""Of the papers of the rarer tag, how many may bear the other too, if both are one."""
FEWEST_USES = 3
FEWEST_IN_COMPANY = 5
SAME_COMPANY = 0.9
SAME_PAPERS = 0.8
FEWEST_TYPO_LETTERS = 6

_DEFINED = re.compile(r"\(([^\W_][\w-]{1,9})\)")
_DEFINITION_REACH = 80


class _UsedTag(NamedTuple):
    """A tag as it is used: its words, the numbers of its entries, its first and last day."""

    key: str
    label: str
    words: tuple[str, ...]
    entries: frozenset[int]
    first: date | None
    last: date | None


_UsedTags = Mapping[str, _UsedTag]
_PairSuggestion = tuple[str, str, Suggestion]
_Suggested = Iterator[_PairSuggestion]


def tag_suggestions(
    entries: Iterable[Entry], rules: TagRules | None = None
) -> tuple[Suggestion, ...]:
    """Pairs of tags that may be one, by kind, tag and other, each pair once.

    What `rules` join or relate already is left out, and so are meta tags. `tag` is the one that
    would become an alias: an acronym, the older of two in time, the rarer else.
    """
    rules = rules or TagRules()
    at_hand = list(entries)
    tags = {k: tag for k, tag in tags_of_entries(at_hand, rules).items() if not tag.meta}
    uses = _uses(at_hand, tags, rules)
    suggestion_of: dict[frozenset[str], Suggestion] = {}
    for suggest in (_acronyms, _successors, _typos, _slips, _same_company):
        for tag, other, suggestion in suggest(uses, at_hand):
            if not _settled(tag, other, rules):
                suggestion_of.setdefault(frozenset((tag, other)), suggestion)
    return tuple(sorted(suggestion_of.values()))


def _uses(entries: Sequence[Entry], tags: Mapping[str, Tag], rules: TagRules) -> _UsedTags:
    numbers: dict[str, set[int]] = defaultdict(set)
    for number, entry in enumerate(entries):
        for spelling in entry.tags:
            numbers[rules.tag_of(spelling)].add(number)
    return {
        key: _UsedTag(key, tag.label, words, frozenset(numbers[key]), min(days), max(days))
        if (days := [day for n in sorted(numbers[key]) if (day := entries[n].date)])
        else _UsedTag(key, tag.label, words, frozenset(numbers[key]), None, None)
        for key, tag in tags.items()
        if (words := tuple(tag.id.removeprefix("tag:").split("-"))) and key in numbers
    }


def _settled(tag: str, other: str, rules: TagRules) -> bool:
    related = (rules.broader, rules.related)
    pairs = ((tag, other), (other, tag))
    return any(b in relation.get(a, ()) for relation in related for a, b in pairs)


def _acronyms(uses: _UsedTags, entries: Sequence[Entry]) -> _Suggested:
    """The tags that are cut from the words of another, by its initials or as a text says."""
    long = {use.key: use.words for use in uses.values() if len(use.words) > 1}
    letters = range(2, MOST_ACRONYM_LETTERS + 1)
    fitting_of: dict[str, list[_UsedTag]] = defaultdict(list)
    alone = [key for key, use in uses.items() if len(use.words) == 1 and len(key) in letters]
    for key, other in acronym_pairs(alone, long):
        if cut_from(key, long[other]) and not _together(uses[key], uses[other]):
            fitting_of[key].append(uses[other])
    defined = _definitions(uses, entries)
    for key, fitting in fitting_of.items():
        short = uses[key]
        printed_both = [use for use in fitting if defined[short.key, use.key]]
        by_initials = [use for use in fitting if _initials(use) == short.key]
        # Several long forms and no text that says which: nobody can know.
        for use in printed_both or (by_initials if len(by_initials) == 1 else []):
            count = defined[short.key, use.key]
            how = "its initials" if _initials(use) == short.key else "cut from its words"
            how_often = f", {counted(count, 'entry', 'entries')} print both" if count else ""
            yield _suggested("acronym", short, use, f"{how}{how_often}")


def _initials(use: _UsedTag) -> str:
    return "".join(word[0] for word in use.words)


def _definitions(uses: _UsedTags, entries: Sequence[Entry]) -> Counter[tuple[str, str]]:
    """In how many entries a text prints a tag and another in brackets behind it."""
    definitions: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        text = _text(entry)
        pairs = set()
        for match in _DEFINED.finditer(text):
            if not (acronyms := singular(match[1].casefold()) & uses.keys()):
                continue
            begin = max(0, match.start() - _DEFINITION_REACH)
            words_before = title_words(text[begin : match.start()])
            for length in range(2, MOST_ACRONYM_LETTERS + 1):
                phrase = "".join(words_before[-length:])
                pairs |= {(a, b) for a in acronyms for b in singular(phrase) if b in uses}
        definitions.update(pairs)
    return definitions


def _successors(uses: _UsedTags, entries: Sequence[Entry]) -> _Suggested:
    """The tags that end before another begins, which is spelled alike or named in their titles."""
    for old, new in _following(uses, entries):
        if min(len(old.entries), len(new.entries)) >= 2 and akin(old.words, new.words):
            yield _suggested("successor", old, new, f"spelled alike, {_between(old, new)}")
            continue
        titles = sum(new.key in phrases_of_title(entries[n].title) for n in old.entries)
        if titles * 2 >= len(old.entries) and titles >= FEWEST_USES <= len(new.entries):
            why = f"{titles} of its titles name the other, {_between(old, new)}"
            yield _suggested("successor", old, new, why)


def _following(uses: _UsedTags, entries: Sequence[Entry]) -> Iterator[tuple[_UsedTag, _UsedTag]]:
    """A tag and one that begins after its end, and is spelled a little alike or named by it."""
    reused = {key: use for key, use in uses.items() if len(use.entries) > 1}
    first = {key: use.first for key, use in reused.items() if use.first}
    last = {key: use.last for key, use in reused.items() if use.last}
    pairs = set(successor_pairs({key: use.words for key, use in reused.items()}, last, first))
    for key, use in reused.items():
        if len(use.entries) >= FEWEST_USES:
            title_phrases = Counter(
                phrase
                for number in use.entries
                for phrase in phrases_of_title(entries[number].title)
                if phrase in uses
            )
            pairs |= {
                (key, other) for other, count in title_phrases.items() if count >= FEWEST_USES
            }
    for old, new in sorted(pairs):
        if follows(uses[old].last, uses[new].first):
            yield uses[old], uses[new]


def _between(old: _UsedTag, new: _UsedTag) -> str:
    return f"one ends on {old.last}, the other begins on {new.first}"


def _typos(uses: _UsedTags, _known: Sequence[Entry]) -> _Suggested:
    """The tags that are one letter from a commoner one, within the word or a plural s."""
    for key, other in slip_pairs(key for key in uses if len(key) >= FEWEST_TYPO_LETTERS):
        if not one_slip(key, other) or _together(uses[key], uses[other]):
            continue
        rare, usual = _by_use(uses[key], uses[other])
        plural = {key, other} == {min(key, other), min(key, other) + "s"}
        if plural or len(rare.entries) * FEWEST_USES <= len(usual.entries):
            why = "its plural or singular" if plural else "one letter apart"
            yield _suggested("typo", rare, usual, why)


def _slips(uses: _UsedTags, entries: Sequence[Entry]) -> _Suggested:
    """The tags that no text prints, while the texts of their own entries print them otherwise."""
    rare = [
        use
        for use in uses.values()
        if len(use.entries) < FEWEST_USES and len(use.key) > FEWEST_TYPO_LETTERS
    ]
    # Most tags are near nothing in their own texts, so that no other need be looked through.
    meant = {
        use.key: words
        for use in rare
        if (words := _nearest_phrase(use, entries)) and words.replace("-", "") not in uses
    }
    printed = printed_of(meant, map(_text, entries))
    for use in rare:
        if use.key in meant and use.key not in printed:
            words = meant[use.key]
            why = f'"{use.label}" is in no text, "{words}" in that of its own entry'
            yield use.key, words, Suggestion("typo", use.label, words, f"{why}, {_counts(use)}")


def _nearest_phrase(use: _UsedTag, entries: Sequence[Entry]) -> str | None:
    """What the texts of its own entries most often print one letter from a tag."""
    near: Counter[str] = Counter()
    for number in use.entries:
        near.update(
            words
            for phrase, words in phrases(_text(entries[number]), len(use.words)).items()
            if one_slip(phrase, use.key) and phrase[-3:] == use.key[-3:]
        )
    return min(near, key=lambda words: (-near[words], words), default=None)


def _same_company(uses: _UsedTags, entries: Sequence[Entry]) -> _Suggested:
    """The tags that stand on the same papers, or on others with the same tags."""
    often = frozenset(key for key, use in uses.items() if len(use.entries) >= FEWEST_IN_COMPANY)
    borne: dict[int, list[str]] = defaultdict(list)
    for use in uses.values():
        for number in use.entries:
            borne[number].append(use.key)
    company_of = tags_beside((borne[number] for number in sorted(borne)), often)
    together = {(min(a, b), max(a, b)) for a in company_of for b in often & company_of[a].keys()}
    for a, b in sorted(together):
        shared = company_of[a][b]
        if shared >= SAME_PAPERS * (len(uses[a].entries) + len(uses[b].entries) - shared):
            why = f"{counted(shared, 'entry', 'entries')} bear both"
            yield _suggested("co_occurrence", *_by_use(uses[a], uses[b]), why)
    company = {key: _company(company_of[key], uses, len(entries)) for key in sorted(often)}
    for a, b in cosine_pairs(company, SAME_COMPANY):
        fewest = min(len(company[a]), len(company[b]))
        if fewest < FEWEST_IN_COMPANY or not uses[a].entries.isdisjoint(uses[b].entries):
            continue
        alike = _cosine(company[a], company[b])
        if alike >= SAME_COMPANY:
            why = f"never together, and {alike:.0%} alike in the tags beside them"
            yield _suggested("co_occurrence", *_by_use(uses[a], uses[b]), why)


def _company(count_of_tag: Mapping[str, int], uses: _UsedTags, entries: int) -> dict[str, float]:
    """How often each other tag stands beside one, the rarer the weightier."""
    return {
        key: count * math.log(1 + entries / len(uses[key].entries))
        for key, count in count_of_tag.items()
    }


def _cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    product = sum(weight * b.get(key, 0.0) for key, weight in a.items())
    lengths = math.hypot(*a.values()) * math.hypot(*b.values())
    return product / lengths if lengths else 0.0


def _together(a: _UsedTag, b: _UsedTag) -> bool:
    """Whether two tags stand on one paper too often to be one: nobody writes a tag twice."""
    fewest = min(len(a.entries), len(b.entries))
    return len(a.entries & b.entries) > MOST_TOGETHER * fewest


def _by_use(a: _UsedTag, b: _UsedTag) -> tuple[_UsedTag, _UsedTag]:
    """The rarer tag, and the more usual one; ties by key."""
    return (a, b) if (len(a.entries), a.key) < (len(b.entries), b.key) else (b, a)


def _text(entry: Entry) -> str:
    return " ".join(filter(None, (entry.title, entry.abstract, entry.commentary)))


def _suggested(kind: SuggestionKind, tag: _UsedTag, other: _UsedTag, why: str) -> _PairSuggestion:
    reason = f"{why}; {_counts(tag, other)}"
    return tag.key, other.key, Suggestion(kind, tag.label, other.label, reason)


def _counts(*uses: _UsedTag) -> str:
    counts = " and ".join(str(len(use.entries)) for use in uses)
    return f"used {counts} {'time' if counts == '1' else 'times'}"
