r"""The title of a bibliography's item, where its style tells it apart.

Told by macros that name it (REVTeX, ACM, Springer, APA), else by `\newblock` (plain, natbib and
their kin), else by where the list of names ends (`eprint_name_lists`). A title in quotation marks
(IEEE), in slanted letters (JHEP, AMS, SIAM) or in a link (ACL) is what these hold; slanted letters
before a volume are a journal's.
"""

from __future__ import annotations

import re

from pipeline.sources.eprint_markup import (
    BLOCK,
    LINK,
    LINK_END,
    SLANTED,
    SLANTED_END,
    marked,
    unmarked,
)
from pipeline.sources.eprint_name_lists import NamesEnd, names_end
from pipeline.sources.eprint_sentences import LEAST_WORDS, YEAR_FIRST, title_sentence
from pipeline.sources.eprint_venues import (
    YEAR,
    begins_venue,
    has_pages,
    is_abbreviated,
    is_numbered,
)
from pipeline.sources.eprint_wording import LONGEST, braced, plain

_TITLE = re.compile(
    r"\\(?:bibinfo\s{0,3}\{\s?title\s?\}|showarticletitle|batitle|bctitle|APACrefatitle"
    r"|APACrefbtitle|bibtitle|articletitle|bbtitle)\s{0,3}\{"
)
_WHOLE_BOOK = re.compile(r"\\newblock\s{1,3}\\bibinfo\s{0,3}\{\s?booktitle\s?\}\s{0,3}\{")
_TAIL = re.compile(
    rf",\s(?:(?:[A-Z][a-z]{{2,8}}\.?\s|\d\d?\s)?{YEAR}\.?"
    rf"|(?:volume|vol\.|number)\s\d[^.]{{0,200}}"
    rf"|(?:\d(?:st|nd|rd|th)|second|third|fourth|revised)\s(?:ed\.|edition)[^.]{{0,80}})\s*$"
    rf"|\s?\[[A-Z][A-Za-z/ ]{{0,20}}\][^.]{{0,10}}$|;\s{YEAR}\s*$|\.\s{YEAR}[\s\d]{{0,4}}$",
    re.IGNORECASE,
)
_VENUE_BEHIND = re.compile(rf"\.\s(?=(?:[Ii]n:?\s)?{SLANTED})")
_APART = (SLANTED, LINK, "“")


def title_of(body: str, by_commas: bool = True) -> str | None:
    """The title that an item prints, without the full stop behind it.

    Where a style sets only commas between names, title and journal, it is told `by_commas` if the
    journal can be told from the title.
    """
    named = _TITLE.search(body) or _WHOLE_BOOK.search(body)
    title = _clean(plain(braced(body, named.end() - 1) or "")) if named else None
    if title or "\\bibinfo" in body:
        return title
    text = marked(body)
    head, _, blocks = text.partition(BLOCK)
    end = names_end(head)
    rest = YEAR_FIRST.sub("", head[end.position :], count=1) if end else ""
    if end and (end.by in ("colon", "year") or rest[:1] in _APART):
        before_blocks = _behind_names(head, end, by_commas)
        if before_blocks:
            return before_blocks
    return (_of_blocks(blocks) if blocks else None) or _behind_names(head, end, by_commas)


def _clean(text: str) -> str | None:
    title = unmarked(text).strip(" .,;:\"“”‘’'/")
    is_title = sum(map(str.isalpha, title)) >= 3 and len(title) <= LONGEST
    return title if is_title else None


def _of_blocks(text: str) -> str | None:
    """The title in the first block of words behind the names; None where a venue stands there."""
    written = (YEAR_FIRST.sub("", block, count=1) for block in text.split(BLOCK))
    block = next((each for each in written if re.search(r"[^\W\d_]", each)), "")
    set_apart = _set_apart(block)
    if set_apart is not None:
        return set_apart or None
    words = unmarked(_VENUE_BEHIND.split(block, maxsplit=1)[0]).rstrip(" .")
    if begins_venue(block) or has_pages(words) or is_abbreviated(words):
        return None
    return _clean(_TAIL.sub("", words))


def _set_apart(text: str) -> str | None:
    """What quotation marks, a link or slanted letters hold that a text begins with.

    None where it begins with none of them; nothing where they hold no title.
    """
    if text.startswith("“"):
        return _clean(text[1:].partition("”")[0].rstrip("?!")) or ""
    if text.startswith(LINK) and not text.startswith(LINK + LINK_END):
        inside = text[1:].partition(LINK_END)[0]
        return _set_apart(inside) if inside[:1] in (SLANTED, "“") else _clean(inside) or ""
    if text.startswith(SLANTED):
        inside, _, rest = text[1:].partition(SLANTED_END)
        is_venue = begins_venue(text) or begins_venue(inside) or is_abbreviated(unmarked(inside))
        if is_numbered(rest) or is_venue:
            return ""
        return (_clean(inside) or "") if re.match(r"\s?[,.;:()“/]|\s*$|\s?in\b", rest) else None
    return None


def _behind_names(head: str, end: NamesEnd | None, by_commas: bool) -> str | None:
    if end is None:
        quoted = re.search(r"“(.{8,400}?)”", head[:2_000])
        return _clean(quoted[1]) if quoted else None
    if end.by == "comma" and not by_commas:
        return None
    rest = YEAR_FIRST.sub("", head[end.position :], count=1)
    set_apart = _set_apart(rest)
    if set_apart is not None:
        return set_apart if rest[0] == "“" or len(set_apart.split()) > 1 else None
    if begins_venue(rest):
        return None
    after_comma = head[: len(head) - len(rest)].rstrip()[-1:] == ","
    title = _clean(title_sentence(rest, after_comma) or "")
    least = LEAST_WORDS - (end.by in ("colon", "year"))
    return title if title and len(title.split()) >= least else None
