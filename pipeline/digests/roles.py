"""What the lines of a paragraph are to its paper, so that its head is found in any order.

Ann Lee, Bo Kim            2401.00011                 Good, and slow.
Slow Cooking of Models     Ann Lee, Bo Kim              -> Slow Cooking of Models
J. of Heat; 2401.00011     Slow Cooking of Models       -> Ann Lee, Bo Kim
                                                        -> https://arxiv.org/abs/2401.00011
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line, title_before_names
from pipeline.digests.bylines import is_byline, is_fact, named_paper, without_symbol
from pipeline.digests.dates import is_day_alone
from pipeline.digests.family_names import family_names_in
from pipeline.digests.header import is_title_alone
from pipeline.digests.heads import head_of_line
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.lines import Line
from pipeline.digests.names import SENTENCE, names_in
from pipeline.digests.reading_days import is_said_before
from pipeline.digests.titles import is_section_name, looks_like_title, without_number

Role = Literal["title", "names", "link", "fact", "prose"]
"""`names` are those of the authors, `link` an id or a link of the paper, perhaps beside names."""
_GROUP = re.compile(r"【[^】]{1,60}】|==\s[^=]{1,60}\s==")
_QUOTED = re.compile(r"[\"“„«《「『][^\"”“»》」』]{8,300}[\"”“»》」』]|\*\*[^*]{8,300}\*\*")
"""A line that is one title in quotation marks, or in bold."""
_OPENING = ("*", "_", '"', "“", "„", "«", "《", "「", "『")
_ARROW = re.compile(r"(?:[-=]>|→|»)\s")
_LOOKED_AT_LINES = 8
_MOST_REMARKS = 3
_WORDS_OF_TITLE = 3
_LINES_OF_HEAD = 3
_SURE_FAMILIES = 3
_FEWEST_WRAPPED = 15
"""Characters of a line that a title is wrapped behind."""


def places_of_head(paragraph: Sequence[Line]) -> tuple[int, ...]:
    """The places of the lines that name a paper, its title first; none where they do not.

    They are lines beside each other: a title, who wrote it, a link or an id, and facts.
    """
    lines = paragraph[:_LOOKED_AT_LINES]
    if not any(markdown.is_paper_link(line.body) for line in lines):
        return ()
    roles = [role_of(line) for line in lines]
    if roles[0] == "prose" and (place := _place_below_words(lines)):
        return (place,)
    if roles[:2] == ["link", "names"] and _words_beside_id(lines[0]) >= _WORDS_OF_TITLE:
        return (0, 1)
    last = len(lines) - 1
    if roles[0] == "link" and roles[last] == "title" and _ARROW.match(lines[last].body):
        return (last, 0) if names_of_line(lines[0].body) else ()
    if "title" not in roles and {*roles} >= {"names", "link"}:
        roles = _with_plain_title(lines, roles)
    start = next((at for at, role in enumerate(roles) if role not in ("prose", "fact")), 0)
    end = next((at for at, role in enumerate(roles) if at > start and role == "prose"), len(roles))
    run = list(range(start, end))
    if [roles[at] for at in run] == ["title", "names"]:
        # The words may stand between the authors and a line that is a link alone.
        run += [at for at in range(end, len(lines)) if is_link_line(lines[at].body)][:1]
    titles = [at for at in run if roles[at] == "title"]
    signed = any(roles[at] == "names" or names_of_line(_body(lines[at])) for at in run)
    named = signed and {roles[at] for at in run} >= {"title", "link"}
    fits = named and len(titles) == 1 and start <= _MOST_REMARKS
    return (titles[0], *(at for at in run if at != titles[0])) if fits else ()


def _place_below_words(lines: Sequence[Line]) -> int | None:
    """The place of the one line that is a title, its authors and its link, below what is said."""
    named = [at for at, line in enumerate(lines) if title_before_names(_body(line))]
    fits = len(named) == 1 and 0 < named[0] <= _MOST_REMARKS
    above = lines[: named[0]] if fits else ()
    return named[0] if fits and not any(markdown.is_paper_link(x.body) for x in above) else None


def _body(line: Line) -> str:
    return without_symbol(line.body)


def _with_plain_title(lines: Sequence[Line], roles: list[Role]) -> list[Role]:
    """The roles, with a line of any words beside the authors or the link as the title."""
    for at, (line, role) in enumerate(zip(lines, roles, strict=True)):
        beside = {*roles[max(at - 1, 0) : at], *roles[at + 1 : at + 2]} & {"names", "link"}
        if role == "prose" and beside and is_title_line(line, sure=True):
            return [*roles[:at], "title", *roles[at + 1 :]]
    return roles


def _words_beside_id(line: Line) -> int:
    return len(markdown.said_beside_ids(line.body).split())


def begins_head(lines: Sequence[Line]) -> bool:
    """Whether lines begin with a title, its authors and a link or an id, each on its line."""
    roles = [role_of(line) for line in lines[:_LINES_OF_HEAD]]
    return roles == ["title", "names", "link"]


def begins_outline(lines: Sequence[Line], at: int) -> bool:
    """Whether an item is a title whose authors or link are the first of the items below it."""
    line = lines[at]
    below = lines[at + 1] if at + 1 < len(lines) else None
    if below is None or below.depth <= line.depth or role_of(line) != "title":
        return False
    return role_of(below) in ("names", "link") or bool(fields_of_line(below.body))


def names_own_paper(line: Line) -> bool:
    """Whether a line names its paper in full, or is an item with the day when it was read."""
    is_read = line.kind == "item" and is_said_before(line.body)
    return named_paper(line.body) or (is_read and markdown.is_paper_link(line.body))


@lru_cache(maxsize=256)
def role_of(line: Line) -> Role:
    """What a line is to the paper of its paragraph."""
    body = without_symbol(line.body)
    if is_link_line(body) or is_byline(body):
        return "link"
    if markdown.ids_in(body):
        return "prose"
    if names_of_line(body):
        return "names"
    if is_fact(body) or _GROUP.fullmatch(body) or is_day_alone(markdown.unmarked(body)):
        return "fact"
    return "title" if is_title_line(line, sure=False) else "prose"


def unwrapped(paragraph: list[Line]) -> list[Line]:
    """A paragraph, its title and its authors each on one line where they were wrapped."""
    if len(paragraph) < _LINES_OF_HEAD or paragraph[0].kind not in ("text", "item"):
        return paragraph
    lines = [*paragraph]
    for at in (1, 2):
        names = names_of_line(lines[at].body) if at < len(lines) - 1 else None
        if names:
            joined = _joined(lines[at], lines[at + 1])
            both = names_of_line(joined.body)
            if both and not both.after and len(both.names) > len(names.names):
                lines[at : at + 2] = [joined]
            break
    third = lines[2] if len(lines) > 2 else None
    if third and role_of(lines[1]) in ("title", "prose") and _is_wrapped(lines[0], lines[1]):
        below = {role_of(line) for line in lines[2:4]}
        if names_of_line(third.body) and "link" in below:
            lines[:2] = [_joined(lines[0], lines[1])]
    return lines


def _is_wrapped(line: Line, below: Line) -> bool:
    """Whether a title goes on below: no sentence ends on either line, and both are one title."""
    text = f"{markdown.unmarked(line.body)} {markdown.unmarked(below.body)}"
    ends = line.body.endswith((".", "!", "?", ":", ")")) or below.parted or ":" in below.body
    ends = ends or len(line.body) < _FEWEST_WRAPPED
    return not ends and not markdown.ids_in(text) and looks_like_title(text, words=4)


def _joined(line: Line, below: Line) -> Line:
    body, text = f"{line.body} {below.body}", f"{line.text} {below.body}"
    return line._replace(body=body, text=text, end=below.last)


def is_title_line(line: Line, *, sure: bool) -> bool:
    """Whether a line is a title: marked as one or written as titles are; any words where `sure`."""
    body = without_symbol(line.body)
    text = without_number(markdown.unmarked(body))
    head = head_of_line(body)
    sure_title = looks_like_title(head.title or "", words=4) or _is_marked_in(body, head.title)
    if head.stands and head.authors and sure_title:
        return True
    if is_section_name(text) or fields_of_line(body) or names_in(text) or _begins_low(text):
        return False
    families = family_names_in(text)
    if families and len(families.names) >= _SURE_FAMILIES:
        return False
    if SENTENCE.search(text) and not _QUOTED.fullmatch(body):
        return False
    stands = head.stands and len(text.split()) > 1
    return stands or looks_like_title(text, words=2) or (sure and is_title_alone(text))


def _begins_low(text: str) -> bool:
    """Whether a text begins in lower case, and not with a name as `nnU-Net` is one."""
    words = text.split()
    return text[:1].islower() and (words[0].islower() or len(words) <= _WORDS_OF_TITLE)


def _is_marked_in(body: str, title: str | None) -> bool:
    """Whether a title stands on its line in italics, in bold or in quotation marks."""
    before, found, _ = body.partition(title or "\n")
    return bool(found) and before.endswith(_OPENING)
