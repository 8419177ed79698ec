"""Who wrote the paper of an entry: stated, beside its title, or on a line below it."""

from __future__ import annotations

import re

from pipeline.digests import markdown
from pipeline.digests.author_line import names_behind_word, names_of_line, states_people
from pipeline.digests.bylines import without_symbol
from pipeline.digests.cited import cited_in
from pipeline.digests.document import Piece
from pipeline.digests.family_names import family_names_in
from pipeline.digests.heads import authors_in, head_of_line
from pipeline.digests.labels import is_link_line
from pipeline.digests.lines import Line
from pipeline.digests.names import AuthorList, names_in
from pipeline.digests.statements import Statements
from pipeline.digests.titles import is_reference_section, is_section_name, looks_like_title
from pipeline.model.cut_lists import CUT_ITEM
from pipeline.model.folding import folded_title

_LINES_OF_ASIDE = 4
_CHARACTERS = 2_000
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_PROSE = ("text", "quote", "item")


def authors_of(piece: Piece, statements: Statements) -> AuthorList | None:
    """The authors that fields state, else those beside the title or below it."""
    listed = piece.matter.all("authors") or statements.all("authors")
    if not listed:
        return authors_below(piece)[0]
    plain = [markdown.unmarked(text).replace("[[", "").replace("]]", "") for text in listed]
    if len(plain) > 1:
        name_lists = [names_in(text, sure=True) for text in plain]
        readable = [name_list for name_list in name_lists if name_list]
        names = tuple(name for name_list in readable for name in name_list.names)
        is_cut = any(CUT_ITEM.fullmatch(text.strip()) for text in plain)
        complete = not is_cut and all(name_list.complete for name_list in readable)
        return AuthorList(names, complete) if names else None
    return names_in(plain[0], sure=True)


def authors_below(piece: Piece) -> tuple[AuthorList | None, Line | None]:
    """The authors beside the title or on a line below it, and that line."""
    first = piece.lines[0]
    title = next(iter(piece.matter.all("title")), None)
    if first.kind == "text" and piece.kind == "note" and title:
        names = None if _is_of_another(first.body, title) else _names_of(first.body, piece)
        return names, first if names else None
    if title and first.kind == "heading" and is_reference_section(first.body):
        return None, None
    if piece.kind != "item" and first.kind != "heading" and not first.body.startswith("**"):
        return None, None
    head = head_of_line(first.body)
    if head.authors:
        return head.authors, None
    own_ids = {*markdown.ids_in(first.body)}
    for line in piece.lines[1:_LINES_OF_ASIDE]:
        if title and line.kind == "heading" and is_reference_section(line.body):
            break
        if states_people(line.body) or (title and _is_of_another(line.body, title)):
            continue
        # Beside the link of another paper stands no author of this one.
        is_other = bool(own_ids and {*markdown.ids_in(line.body)} - own_ids)
        names = _names_of(line.body, piece) if line.kind in _PROSE and not is_other else None
        if names:
            return names, line
    return None, None


def _is_of_another(body: str, title: str) -> bool:
    """Whether a line is the reference of another paper than the one of this title."""
    cited = cited_in(markdown.unmarked(body[:_CHARACTERS]))
    known, printed = folded_title(title), folded_title(cited.title) if cited else ""
    if cited and cited.authors and printed:
        return printed not in known and known not in printed
    names = names_in(markdown.unmarked(body[:_CHARACTERS]))
    behind = names.after if names else ""
    return (
        looks_like_title(behind.rstrip(". 0123456789,()"), words=2)
        and _YEAR.search(behind) is not None
    )


def _families_above_link(body: str, piece: Piece) -> AuthorList | None:
    """The family names on the first line below a heading, where the next leads to the paper."""
    first, *below = piece.lines[:3]
    fits = first.kind == "heading" and len(below) > 1 and below[0].body == body
    return family_names_in(body) if fits and is_link_line(below[1].body) else None


def _names_of(body: str, piece: Piece) -> AuthorList | None:
    """The authors that a line below a title is, without the mark before it and its link."""
    text = markdown.flat(without_symbol(body), frozenset())
    behind = names_behind_word(markdown.unmarked(text))
    beside = names_of_line(body) if markdown.is_paper_link(body) else None
    if behind or (beside and not beside.after):
        return behind or beside
    if names_in(markdown.unmarked(text)):
        return authors_in(without_symbol(body))
    # One name alone, or family names, are sure only in the head of a paper in a paragraph.
    names = names_of_line(body) if piece.is_title or markdown.is_paper_link(body) else None
    names = names or _families_above_link(body, piece)
    return names if markdown.is_paper_link(body) or not is_section_name(text) else None
