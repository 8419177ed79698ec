"""Entries that are no papers of the reader's list: a sentence names one in passing.

A file lays out its papers in one way. Where its others have a title and authors, a line of running
words with an id among them is not one more: it is said of the paper above it, or of none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.digests import markdown
from pipeline.digests.names import SENTENCE
from pipeline.digests.prose import mentions
from pipeline.digests.titles import looks_like_title
from pipeline.model.records import Entry, Skip, Text

IN_PASSING = (
    "a sentence names {}, and the other papers here have a title and authors. If it is one that "
    "you keep, give it a line with its title."
)
_FEWEST = 2
_LOOKED_AT = 20
_MOST_LINES = 3
_WORDS_OF_TITLE = 3
_MARKED = re.compile(r"\*\*|__|[\"“„«《「『]|(?<!\w)[*_](?=\w)|\]\(")
_OPENS = re.compile(r"\s*(?:#{1,6}\s|[-=*_~—]{3,}\s*$|\d{1,2}[.)]\s)")


def without_passing(text: Text, entries: Sequence[Entry]) -> Iterator[Entry | Skip]:
    """The entries in order, those that name a paper in passing as words of the one above them.

    One that stands below no entry is a skip.
    """
    ordered = sorted(entries, key=lambda entry: entry.line_start)
    laid_out = [entry for entry in ordered if entry.title and entry.authors]
    owned = {entry.arxiv_id for entry in ordered if entry.title and entry.authors}
    previous: Entry | None = None
    for entry in ordered:
        if not _is_passing(text, entry, laid_out, owned, len(ordered)):
            yield from [previous] if previous else []
            previous = entry
        elif previous and _follows(text, previous, entry):
            previous = _with_words(text, previous, entry)
        else:
            place = f"{text.file}:{entry.line_start}"
            yield Skip("digests", place, IN_PASSING.format(entry.arxiv_id))
    yield from [previous] if previous else []


def _is_passing(
    text: Text, entry: Entry, laid_out: Sequence[Entry], owned: set[str | None], count: int
) -> bool:
    if not entry.arxiv_id or entry.authors or entry.line_end - entry.line_start >= _MOST_LINES:
        return False
    known = entry.arxiv_id in owned
    if not known and (len(laid_out) < _FEWEST or len(laid_out) * 3 < (count - 1) * 2):
        return False
    return _is_running(text, entry, laid_out)


def _is_running(text: Text, entry: Entry, laid_out: Sequence[Entry]) -> bool:
    """Whether an entry's id stands among words that are no title."""
    lines = text.lines[entry.line_start - 1 : entry.line_end]
    own = next((line for line in lines if line and entry.arxiv_id in markdown.ids_in(line)), None)
    if own is None or not markdown.said_beside_ids(own.strip(" -*>")):
        return False
    title = entry.title
    if not title:
        return True
    if title not in markdown.unmarked(own) or _is_marked(own, title):
        return False
    if SENTENCE.search(title) or len(title.split()) < _WORDS_OF_TITLE:
        return True
    cased = any(map(str.isupper, title)) or any(map(str.islower, title))
    if cased:
        return not looks_like_title(title, words=_WORDS_OF_TITLE)
    return not any(_is_uncased(other.title or "") for other in laid_out[:_LOOKED_AT])


def _is_marked(line: str, title: str) -> bool:
    """Whether a title is in bold, in quotes, or the words of a link."""
    before, _, behind = line.partition(title)
    return bool(_MARKED.search(before[-3:])) or behind.startswith("](") or "[" in before[-2:]


def _is_uncased(title: str) -> bool:
    return not any(map(str.isupper, title))


def _follows(text: Text, above: Entry, entry: Entry) -> bool:
    """Whether nothing that parts papers, a heading or a rule, stands between two entries."""
    between = text.lines[above.line_end : entry.line_start - 1]
    return not any(line and _OPENS.match(line) for line in between)


def _with_words(text: Text, above: Entry, entry: Entry) -> Entry:
    """The entry above with the lines of the one that is none, and the papers that they name."""
    lines = text.lines[entry.line_start - 1 : entry.line_end]
    said = "\n".join(line.strip() for line in lines if line and line.strip())
    known = {mention.arxiv_id for mention in above.mentions} | {above.arxiv_id}
    new = tuple(m for m in mentions(said) if m.note or m.arxiv_id not in known)
    return replace(
        above,
        line_end=max(above.line_end, entry.line_end),
        commentary=f"{above.commentary}\n{said}" if above.commentary else said,
        tags=tuple(dict.fromkeys((*above.tags, *entry.tags))),
        links=tuple(dict.fromkeys((*above.links, *entry.links))),
        mentions=(*above.mentions, *new),
    )
