"""References that begin with initials and family names, in the styles of journals.

A. Lee, B. Kim, Slow cooking of models, J. Heat 58 (1968) 367.       Elsevier, physics
Lee A, Kim B. Slow cooking of models. J Heat. 2021;13(1):60.         Vancouver, GB/T
Lee A, Kim B (2024) Slow cooking of models. J Heat 3:1               Springer, Harvard, APA
LEE, A.; KIM, B. Slow cooking of models. Journal of Heat, v. 3       ABNT

Names are read one by one; what stands behind the last of them says where the title begins.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.digests.names import AuthorList

_UPPER = "A-ZÀ-ÞĀ-ŽА-ЯЁ"
_PARTICLES = r"(?:(?:van|von|de|der|den|di|da|del|dos|la|le|el|al|bin|ten|ter|['’]t) ){0,3}"
_WORD = rf"[{_UPPER}][\w'’]{{1,30}}(?:-[{_UPPER}][\w'’]{{1,30}})?"
_DOTTED = rf"[{_UPPER}]\.(?:[ -]{{0,2}}[{_UPPER}]\.){{0,3}}"
_BARE = (
    rf"[{_UPPER}]{{1,3}}(?:-[{_UPPER}])?(?![\w'’.-])"
    rf"|[{_UPPER}]{{1,3}}(?=\.\s+[{_UPPER}][\w'’-]{{2}})"
)
_TURNED = re.compile(
    rf"(?P<family>{_PARTICLES}{_WORD}(?: {_WORD}){{0,2}}?),? (?P<given>{_DOTTED}|{_BARE})"
)
_STRAIGHT = re.compile(
    rf"(?P<given>{_DOTTED}) ?(?P<family>{_PARTICLES}{_WORD}(?: {_WORD}(?=,|\.|:| and| &))?)"
)
_AND = re.compile(
    r"(?<!\s)\s*+[,;]\s*+(?:(?:and|und|et|y|e|и)\s+|&\s*)?"
    r"|(?<!\s)\s++(?:(?:and|und|et|y|e|и)\s+|&\s*)"
)
_CUT = re.compile(
    r"(?:,\s*+|(?<![\s,])\s*+)(?:and\s+|&\s*)?"
    r"(?:et\.? al\.?|et coll\.?|u\.\s?a\.|и др\.|и соавт\.|and others|等)"
)
_YEAR = re.compile(
    r"(?:[.,]\s*+|(?<!\s)\s*+)[(\[]?(?:19|20)\d\d[a-z]?"
    r"(?:,? [A-Z][a-z]{2,8}\.?(?: \d\d?)?)?[)\]]?[.,:]*+\s+"
)
_BEGINS = re.compile(r"[^\W\d_]|['’]t ")
_GROUP = re.compile(r"\s\[[^\[\]]{3,60}\]")
_LETTER = re.compile(r"[^\W\d_]")
_CLOSING = {'"': '"', "“": "”", "„": "“”", "«": "»", "'": "'", "‘": "’", "「": "」", "『": "』"}
_COLON = re.compile(r"\s?:\s+")
_POINT = re.compile(r"\.?\s+")
_COMMA = re.compile(r",\s+")
_STOP = re.compile(
    r"(?<=[\w)\]][\w)\]”\"'’%])\.(?=\s++(?:[^\Wa-z]|arXiv|doi|https?:)|\s*+$)"
    r"|(?<=[?!])(?=\s)|\[[A-Z](?:/[A-Z]{2})?\]|\s//\s"
    r"|(?<=\s)[(\[]?(?:arXiv:|doi:|https?://)"
)
_JOURNAL = re.compile(
    r"(?:[Ii]n:?\s|arXiv|\[?\d{4}\.\d|[a-z-]{2,9}/\d{7}|[A-Z][^,;]{0,90}?[\s:]\(?\d)"
)
_ABBREVIATED = re.compile(
    r"(?:[A-Z][\w&]{0,14}\.?\s){0,4}[A-Z][\w&]{0,14}\.(?:\s?[A-Z]\b\.?|,? vol\.)?,?\s?\(?\d"
    r"|(?:[A-Z]{2,8}\s)?(?:[A-Z][\w&]{0,14}\.\s?){1,4},?\s?(?:[A-Z]\s)?(?:vol\.|\d)"
    r"|(?:[A-Z&]{3,8}|ApJL?|ApJS|A&A|Nature|Science)[\s,]+(?:[A-Z]\s)?\(?\d"
)
"""Where and in which volume: what stands behind the names of a reference without a title."""
_MOST_NAMES = 200
_MOST_COMMAS = 12
_WORDS, _MOST_WORDS = 2, 45


class StyledReference(NamedTuple):
    """What such a reference prints; no title where where it appeared stands behind the names."""

    title: str | None
    authors: AuthorList
    rest: str


def styled_reference(text: str) -> StyledReference | None:
    """What a line prints that begins with initials and family names; None for any other.

    >>> styled_reference("A. Lee, B. Kim, Slow cooking of eggs, J. Heat 58 (1968) 367").title
    'Slow cooking of eggs'
    >>> styled_reference("A. Lee and B. Kim, Phys. Rev. D 101, 012345 (2024)").title is None
    True
    """
    if not _BEGINS.match(text):
        return None
    for form in (_TURNED, _STRAIGHT):
        names, end, sure = _names(text, form)
        if names and sure:
            return _behind(text, names, end)
    return None


def begins_with_names(text: str) -> bool:
    """Whether a text begins with two names or more, each with its initials."""
    if not text[:1].isupper() and text[:1].isascii():
        return False
    lists = (_names(text, form)[0] for form in (_TURNED, _STRAIGHT))
    return any(names and len(names.names) > 1 for names in lists)


def _names(text: str, form: re.Pattern[str]) -> tuple[AuthorList | None, int, bool]:
    """The names that a text begins with, where they end, and whether they are beyond doubt."""
    people: list[str] = []
    capitals, dotted = True, False
    at = end = 0
    comma: bool | None = None
    while len(people) < _MOST_NAMES and (match := form.match(text, at)):
        own_comma = form is _TURNED and text[match.end("family")] == ","
        if own_comma is not (own_comma if comma is None else comma):
            break
        comma, family = own_comma, match["family"]
        people.append(f"{_initials(match['given'])} {family}")
        capitals = capitals and family.isupper()
        dotted = dotted or "." in match["given"]
        end = match.end()
        mark = _AND.match(text, end)
        if not mark or _CUT.match(text, end):
            break
        at = mark.end()
    cut = _CUT.match(text, end) if people else None
    if capitals:
        people = [_with_small_letters(name) for name in people]
    authors = AuthorList(tuple(people), cut is None) if people else None
    end = cut.end() if cut else end
    group = _GROUP.match(text, end)
    end = group.end() if group else end
    marked = text[end : end + 1] in (":,", ":")[form is _TURNED] and end < len(text)
    alone = dotted and (marked or _YEAR.match(text, end) is not None)
    sure = len(people) > 1 or cut is not None or alone
    return authors, end, sure


def _initials(given: str) -> str:
    """The letters of given names, each with its stop."""
    return given.strip() if "." in given else " ".join(f"{x}." for x in _LETTER.findall(given))


def _with_small_letters(name: str) -> str:
    given, _, family = name.partition(" ")
    return f"{given} {family.title()}" if len(family) > 1 else name


def _behind(text: str, names: AuthorList, end: int) -> StyledReference | None:
    """What stands behind the names: a year and a title, or a title, or where it appeared."""
    if year := _YEAR.match(text, end):
        return _titled(text, year.end(), names)
    if colon := _COLON.match(text, end):
        return _titled(text, colon.end(), names)
    if text[end - 1] == "." or text[end : end + 1] == ".":
        point = _POINT.match(text, end)
        return _titled(text, point.end(), names) if point else None
    comma = _COMMA.match(text, end)
    if comma and text[comma.end() : comma.end() + 1] in _CLOSING:
        return _titled(text, comma.end(), names)
    return _before_journal(text, comma.end(), names) if comma else None


def _titled(text: str, start: int, names: AuthorList) -> StyledReference | None:
    behind = text[start:]
    if ends := _CLOSING.get(behind[:1]):
        at = next(
            (n for n, sign in enumerate(behind) if n and sign in ends and _ends(behind, n)), 0
        )
        return _reference(behind[1:at].strip(" .,"), names, behind[at + 1 :])
    stop = _STOP.search(behind)
    title = (behind[: stop.start()] if stop else behind).strip(" .,")
    return _reference(title, names, behind[stop.end() :] if stop else "")


def _ends(text: str, at: int) -> bool:
    """Whether a quotation mark at a place ends what is quoted, and is no apostrophe."""
    return not text[at + 1 : at + 2].isalnum()


def _before_journal(text: str, start: int, names: AuthorList) -> StyledReference | None:
    """A title that ends at the comma before its journal; none where the journal comes first."""
    behind = text[start:]
    if _ABBREVIATED.match(behind):
        return StyledReference(None, names, behind)
    for comma in [*_COMMA.finditer(behind)][:_MOST_COMMAS]:
        if _JOURNAL.match(behind, comma.end()):
            return _reference(behind[: comma.start()], names, behind[comma.end() :])
    stop = _STOP.search(behind)
    return (
        _titled(text, start, names)
        if stop and len(behind[: stop.start()].split()) > _WORDS
        else None
    )


def _reference(title: str, names: AuthorList, rest: str) -> StyledReference | None:
    fits = _WORDS <= len(title.split()) <= _MOST_WORDS or (len(title) > 7 and not title.isascii())
    begins = title[:1].isupper() or title[:1].isdigit() or not title.isascii()
    return StyledReference(title, names, rest) if fits and begins else None
