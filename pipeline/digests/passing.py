"""Entries that are no papers of the reader's list: a sentence names one in passing.

A file lays out its papers in one way. Where its others have a title and authors, a line of running
words with an id among them is not one more: it is said of the paper above it, or of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.digests import markdown
from pipeline.digests.leads import leads_on
from pipeline.digests.names import SENTENCE
from pipeline.digests.prose import mentions
from pipeline.digests.reading_days import is_said_before, without_day_in_front
from pipeline.digests.running import is_running
from pipeline.digests.titles import looks_like_title
from pipeline.model.records import Entry, Skip, Text

IN_PASSING = (
    "a sentence names {}, and the other papers here have a title and authors. If it is one that "
    "you keep, give it a line with its title."
)
_MOST_LINES = 3
_FEWEST = 2
_LOOKED_AT = 20
_WORDS_OF_TITLE = 3
_MARKED = re.compile(r"\*\*|__|[\"“„«《「『]|(?<!\w)[*_](?=\w)")
_BULLET = re.compile(r"[\s>]*(?:(?:[-+•*]|\d{1,3}[.)])\s+)?")
_LINKED = re.compile(r"[\s.,:;(\[<\"”»*_–—|-]{0,6}(?:https?://\S+|(?i:arxiv:\s?)?\S+)")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s")
_OPENS = re.compile(r"\s*(?:#{1,6}\s|[-=*_~—]{3,}\s*$|\d{1,2}[.)]\s)")


def without_passing(text: Text, entries: Sequence[Entry]) -> Iterator[Entry | Skip]:
    """The entries in order, those that name a paper in passing as words of the one above them.

    One that stands below no entry is a skip.
    """
    ordered = sorted(entries, key=lambda entry: entry.line_start)
    looks = _Looks(text, ordered)
    previous: Entry | None = None
    for entry in ordered:
        if not looks.is_passing(entry):
            yield from [previous] if previous else []
            previous = entry
        elif previous and _follows(text, previous, entry):
            previous = _with_words(text, previous, entry)
        else:
            place = f"{text.file}:{entry.line_start}"
            yield Skip("digests", place, IN_PASSING.format(entry.arxiv_id))
    yield from [previous] if previous else []


class _Looks:
    """How a file lays out its papers: what most of its entries are like tells what one is."""

    def __init__(self, text: Text, entries: Sequence[Entry]) -> None:
        self._text = text
        self._signed = {entry.arxiv_id for entry in entries if entry.title and entry.authors}
        signed = sum(bool(entry.title and entry.authors) for entry in entries)
        self._are_signed = signed >= _FEWEST and signed * 3 >= (len(entries) - 1) * 2
        running = sum(self._is_running(entry) for entry in entries if entry.title)
        self._are_named = running * 2 <= len(entries)
        titles = [entry.title for entry in entries if entry.title and entry.authors]
        self._are_cased = all(any(map(str.isupper, title)) for title in titles[:_LOOKED_AT])

    def is_passing(self, entry: Entry) -> bool:
        """Whether running words name the paper, in a file that names most in another way."""
        if not entry.arxiv_id or entry.authors or self._is_headed(entry):
            return False
        is_long = entry.line_end - entry.line_start >= _MOST_LINES
        if is_long or is_said_before(self._own(entry)) or self._is_named_first(entry):
            return False
        if self._are_named and self._is_running(entry):
            return True
        is_signed = entry.arxiv_id in self._signed
        return (is_signed or self._are_signed) and self._is_untitled(entry)

    def _is_headed(self, entry: Entry) -> bool:
        """Whether the first line is a heading that is the title, and the id stands below it."""
        first = self._text.lines[entry.line_start - 1] or ""
        if not entry.title or not _HEADING.match(first) or entry.arxiv_id in markdown.ids_in(first):
            return False
        return entry.title in markdown.unmarked(first)

    def _own(self, entry: Entry) -> str:
        lines = self._text.lines[entry.line_start - 1 : entry.line_end]
        own = (line for line in lines if line and entry.arxiv_id in markdown.ids_in(line))
        return _BULLET.sub("", next(own, ""), count=1)

    def _is_named_first(self, entry: Entry) -> bool:
        """Whether a line begins with a title and its id or link: `Title. link. Like Lee (id)`."""
        own = without_day_in_front(self._own(entry))
        before, found, behind = own.partition(entry.title or "\n")
        named = _LINKED.match(behind[:200]) if found and not before.strip('*_"“„«[ ') else None
        if named is None or entry.arxiv_id not in markdown.ids_in(named[0]):
            return False
        title = entry.title or ""
        spoken = title[:1].islower() or SENTENCE.search(title) or leads_on(title)
        if spoken or is_running(f"{found}{named[0]}"):
            return False
        return looks_like_title(title, words=_WORDS_OF_TITLE)

    def _is_running(self, entry: Entry) -> bool:
        return bool(entry.arxiv_id) and is_running(self._own(entry))

    def _is_untitled(self, entry: Entry) -> bool:
        """Whether an id stands among words that are not written as titles are."""
        own = self._own(entry)
        if not markdown.said_beside_ids(own):
            return False
        title = entry.title
        if not title:
            return True
        before, found, behind = own.partition(title)
        marked = _MARKED.search(before[-3:]) or behind.startswith("](") or "[" in before[-2:]
        if title not in markdown.unmarked(own) or (found and marked):
            return False
        if title.isupper() or title.islower() or any(map(str.isupper, title)):
            return not looks_like_title(title, words=_WORDS_OF_TITLE)
        return self._are_cased


def _follows(text: Text, above: Entry, entry: Entry) -> bool:
    """Whether nothing that parts papers, a heading or a rule, stands between two entries."""
    between = text.lines[above.line_end : entry.line_start - 1]
    return not any(line and _OPENS.match(line) for line in between)


def _with_words(text: Text, above: Entry, entry: Entry) -> Entry:
    """The entry above with the lines down to the one that is none, and the papers they name."""
    lines = text.lines[min(above.line_end, entry.line_start - 1) : entry.line_end]
    said = "\n".join(line.strip() for line in lines if line and line.strip())
    named_above = {mention.arxiv_id for mention in above.mentions} | {above.arxiv_id}
    new = tuple(m for m in mentions(said) if m.note or m.arxiv_id not in named_above)
    return replace(
        above,
        line_end=max(above.line_end, entry.line_end),
        commentary=f"{above.commentary}\n{said}" if above.commentary else said,
        tags=tuple(dict.fromkeys((*above.tags, *entry.tags))),
        links=tuple(dict.fromkeys((*above.links, *entry.links))),
        mentions=(*above.mentions, *new),
    )
