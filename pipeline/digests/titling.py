"""Which text of an entry is its title: stated, at its head, below its heading, or by its id."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line, title_before_names
from pipeline.digests.bylines import named_paper
from pipeline.digests.cited import cited_in
from pipeline.digests.document import Piece
from pipeline.digests.heads import head_of_line
from pipeline.digests.leads import without_state
from pipeline.digests.lines import Line
from pipeline.digests.names import SENTENCE, AuthorList, names_in
from pipeline.digests.roles import begins_head
from pipeline.digests.stated import is_part
from pipeline.digests.statements import EntryHead, Statements
from pipeline.digests.titles import is_section_name, looks_like_title, stated_title
from pipeline.model.folding import folded_title

_WORDS_OF_NICKNAME = 3
_WORDS_OF_TITLE = 3
_LINES_OF_HEAD = 3
_CHARACTERS = 4000
_MARKED = re.compile(
    r"(?:\*\*(?P<bold>[^*]{8,300})\*\*|(?<![*\w])\*(?P<italic>[^*]{8,300})\*(?![*\w])"
    r"|[\"“„«《](?P<quoted>[^\"“”»》]{8,300})[\"“”»》])"
    r"(?P<between>[^\"“”«»《》*]{0,300})$"
)
"""A marked title, and what stands between it and its id or link."""
_PATH = "abcdefghijklmnopqrstuvwxyz/.:-X"
"""What stands right before an id in its link or behind `arXiv:`."""
_OPEN_LINK = re.compile(r"\[[^\[\]]{0,60}\]?\(?$")


class NamedPaper(NamedTuple):
    """A title and who wrote it, as they stand by an id."""

    title: str
    authors: AuthorList | None
    line: Line | None = None
    """The line that is these and nothing else."""


def short_name(name: str | None) -> tuple[str, ...]:
    """A file's name as a nickname: one of a few words."""
    return (name,) if name and len(name.split()) <= _WORDS_OF_NICKNAME else ()


def title_of(
    piece: Piece, statements: Statements, head: EntryHead
) -> tuple[str | None, tuple[str, ...]]:
    """The stated title, else that of the head or of a heading below it; and nicknames."""
    nicknames = [*piece.matter.all("nickname"), *statements.all("nickname")]
    short = tuple(name for text in nicknames for name in text.split(",") if len(name) <= 60)
    names = tuple(name.strip() for name in short if name.strip())
    stated = [*piece.matter.all("title", "paper"), *statements.all("title", "paper")]
    for text in stated:
        linked = [link.label for link in markdown.markdown_links(text[:2000])[:1]]
        title, others = stated_title(markdown.unmarked(next(iter(linked), text)))
        if title:
            as_headed = folded_title(title) == folded_title(head.title or "")
            return (head.title if as_headed else title), (*names, *others)
    if piece.kind == "digest" and head.title and head.authors:
        # With who wrote it below it, `Road to 2050` is no meeting, nor `Results` a part of a note.
        return head.title, names
    if head.title and not is_section_name(head.title):
        title, others = stated_title(head.title) if piece.kind != "digest" else (head.title, ())
        return title or None, (*names, *others)
    if piece.kind != "note":
        return None, names
    headings = (line.body for line in piece.lines if line.kind == "heading")
    for text in (text for text in headings if not is_part(text)):
        title, others = stated_title(markdown.unmarked(text))
        if title:
            return title, (*names, *others)
    return None, names


def named_by_id(lines: Sequence[Line], arxiv_id: str | None) -> NamedPaper | None:
    """The title and the authors that stand by an id, on its line or on lines above; else None."""
    if arxiv_id is None:
        return None
    for at, line in enumerate(lines):
        if line.kind in ("code", "heading", "record") or arxiv_id not in markdown.ids_in(line.body):
            continue
        start = at
        while start > max(0, at - _LINES_OF_HEAD) and not lines[start].parted:
            start -= 1
        above = next((n for n in range(start, at) if begins_head(lines[n:])), None)
        if above is not None:
            names = names_of_line(lines[above + 1].body)
            return _named(markdown.unmarked(lines[above].body), names)
        return _named_on_line(line.body[:_CHARACTERS], arxiv_id)
    return None


def named_below_heading(lines: Sequence[Line]) -> NamedPaper | None:
    """The title on the first line below a heading that is an id alone, or a name; else None."""
    first = lines[0]
    if len(lines) < 2 or first.kind != "heading":
        return None
    if not markdown.ids_in(first.body):
        titled = title_before_names(lines[1].body) if short_name(first.body) else None
        fits = titled and looks_like_title(titled[0])
        return NamedPaper(*titled, lines[1]) if titled and fits else None
    if markdown.said_beside_ids(first.body):
        return None
    head = head_of_line(lines[1].body)
    return _named(head.title, head.authors) if head.title and head.stands else None


def _named_on_line(body: str, arxiv_id: str) -> NamedPaper | None:
    place = body.find(arxiv_id)
    link = next((x for x in markdown.markdown_links(body) if x.start <= place < x.end), None)
    before = body[: link.start] if link else body[:place].rstrip(_PATH)
    marked = _MARKED.search(_OPEN_LINK.sub("", before)[-1000:])
    if not marked and named_paper(body):
        head = head_of_line(body)
        return _named(head.title, head.authors) if head.title else None
    if not marked:
        return None
    between = marked["between"].strip(markdown.EDGES + "()[]")
    title = marked["bold"] or marked["italic"] or marked["quoted"]
    names = names_of_line(f"{between} {arxiv_id}") if between else None
    sure = names or not between or markdown.is_label(between)
    return _named(title, names) if sure else None


def _named(title: str, names: AuthorList | None) -> NamedPaper | None:
    title = without_state(title)
    cited = cited_in(markdown.unmarked(title))
    if cited and cited.authors:
        return NamedPaper(cited.title, cited.authors)
    if SENTENCE.search(title) or names_in(title):
        return None
    stated, _ = stated_title(markdown.unmarked(title))
    long = stated and len(stated.split()) >= _WORDS_OF_TITLE
    return NamedPaper(stated, names) if stated and (long or names) else None
