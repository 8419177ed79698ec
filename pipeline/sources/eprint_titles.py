r"""The title of a bibliography's item, where its style tells it apart.

Told by macros that name it (REVTeX, ACM, Springer, APA), else by `\newblock` (plain, natbib and
their kin), else by where the list of names ends (`eprint_name_lists`). A title in quotation marks
(IEEE), in slanted letters (JHEP, AMS, SIAM) or in a link (ACL) is what these hold; slanted letters
before a volume are a journal's.
"""

from __future__ import annotations

import re

from pipeline.sources.eprint_ids import without_ids
from pipeline.sources.eprint_markup import (
    BLOCK,
    BOLD,
    LINK,
    LINK_END,
    SLANTED,
    SLANTED_END,
    marked,
    unmarked,
)
from pipeline.sources.eprint_name_lists import (
    NamesEnd,
    are_names,
    are_names_alone,
    is_before_initials,
    is_of_names,
    names_end,
)
from pipeline.sources.eprint_sentences import LEAST_WORDS, MONTH, YEAR_FIRST, title_sentence
from pipeline.sources.eprint_venues import (
    YEAR,
    begins_as_serial,
    begins_venue,
    has_pages,
    is_abbreviated,
    is_capitalised,
    is_journal,
    is_like_journal,
    is_numbered,
)
from pipeline.sources.eprint_wording import LONGEST, YEARS, braced

_TITLE = re.compile(
    r"\\(?:bibinfo\s{0,3}\{\s?title\s?\}"
    r"|(?![A-Za-z]{0,20}(?:bjtitle|journal|book|series|short|sep|delim|punct|colon|case|add|sub))"
    r"[A-Za-z]{0,20}title(?:font)?(?![A-Za-z]))\s{0,3}(?=\{)",
    re.IGNORECASE,
)
"""A macro that is called after titles."""
_NAME_IN_PARTS = re.compile(r"(?:\{[^{}]{1,80}\}\s?){2,3}\{[^{}]{0,80}\}\s?\{\}\s?\{")
"""A name as macros get it that set it later: what they print of the item is not known."""
_BOOK_TITLE = re.compile(r"\\[A-Za-z]{1,20}book[A-Za-z]{0,4}title\s{0,3}(?=\{)", re.IGNORECASE)
_IN = re.compile(r"\b[Ii]n[:\s~{}\\]*(?:short|long)?[\s{}.:\\]*$")
_WHOLE_BOOK = re.compile(r"\\newblock\s{1,3}\\bibinfo\s{0,3}\{\s?booktitle\s?\}\s{0,3}\{")
_TAIL = re.compile(
    rf",\s(?:(?:[A-Z][a-z]{{2,8}}\.?,?\s|\d\d?\s)?{YEAR}\.?"
    rf"|(?:volume|vol\.|number)\s\d[^.]{{0,200}}"
    rf"|(?:\d(?:st|nd|rd|th)|second|third|fourth|revised)\s(?:ed\.|edition)[^.]{{0,80}}"
    rf"|{MONTH})\s*$"
    rf"|[.,]\s(?:technical\sreport|tech\.\s(?:rep|memo))\b[^:]{{0,120}}$"
    rf"|[.,]?\s(?:ph\.?\s?d\.?|master['’]?s|other)\s(?:thesis|diss)[^:]{{0,120}}$"
    rf"|\s\([^()]{{0,80}}\b(?:Press|Publish|Publications|Springer|Institute|University|Wiley|Media)[^()]{{0,60}}\)[^()]{{0,20}}$"
    rf"|[,.]\s(?:Dissertation|Thesis)\b[^:]{{0,120}}$|\sTechnical\sReport\s[a-z]?\d[^:]{{0,120}}$"
    rf"|,\sPublications\s[a-z][^:]{{0,120}}$|;\s[A-Z][^;:]{{2,60}}:\s[A-Z][^;:]{{2,60}}$"
    rf"|(?:(?<![\d\s])\s?[,:]|(?<=[^\W\d]))\s(?!{YEAR}–{YEAR}$)\d{{1,4}}–\d{{1,4}}$"
    rf"|\s?\[[A-Z][A-Za-z/ ]{{0,20}}\][^.]{{0,10}}$|;\s{YEAR}\s*$"
    rf"|(?:\.|(?<=[!?]))\s(?:(?:\d\d?\s)?(?:{MONTH}\s)?{YEAR}[\s\d;]{{0,4}}|{MONTH})$"
    rf"|,?\s\({MONTH}\s?(?:{YEAR})?\)$|,?\s\((?:{YEAR}-\d\d-\d\d)?\)$|[.,]?\s<?https?(?:[:\s].{{0,300}})?$",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(
    r"[.,]\s(?:[A-Z][^.,]{0,60}\s)?(?:University\sPress|Press(?:,?\sInc)?|Publi(?:cations|shers|shing)"
    r"|Springer(?:-Verlag)?|Elsevier|Wiley)(?:,\s[A-Z][^.]{0,60})?$"
)
_VOLUME_AND_PAGES = re.compile(r",\s\d{1,4}(?:\s\(\d[^()]{0,10}\))?,\s\d[\d–-]{0,14}$")
_VENUE_BEHIND = re.compile(
    rf"""[.,]\s(?=(?:[Ii]n:?\s)?{SLANTED}[^{SLANTED_END}]{{2,200}}{SLANTED_END}[\s.,]*(?:$|[{BOLD}({LINK}\d]))
    |,\s(?=(?:[Ii]n:?\s)[A-Z]\.?\s|{BOLD}\d)|\s/\s
    |(?:\.|(?<=[?!]))\s(?=(?:[Ii]n:?\s)?{SLANTED})|(?:\.|(?<=[?!]))\s[Ii]n:?\s(?=[A-Z“])
    |\s?\[(?:[A-Z]{{1,2}}(?:/[A-Z]{{2}})?|[^\W\d_A-Za-z]+)\]|\s?//
    |[.,:]?\s(?:preprint\s)?[Aa]r[Xx]iv:\s?(?:\d{{4}}\.\d|[a-z-]+/\d)""",
    re.VERBOSE,
)
"""What ends a title within its block: a venue, the kind of a document, a preprint's number."""
_BEHIND_SLANTED = re.compile(r"\s?[,.;:()“/]|\s*$|\s?in\b|[A-Z]")
_COMMA_AND_VOLUME = re.compile(rf",?\s?(?:{YEAR},?\s)?{BOLD}")
_NUMBERED_WITHIN = re.compile(r",\s\d{1,4}(?:\s?\(\d|[:,]\s?\d)")
_BOLD_NUMBER = re.compile(rf"(?<![.,;:?!])\s?{BOLD}[\dA-Z]?\d")
_AT_ENDS = re.compile(
    r"^\((?:year)?[\d/?]+\)\s|^\?{2,}[.,]?\s|[.,]?\s[Aa]vailable\sat[.:]?$|\s[Ii]n:?$"
)
_NO_TITLE = re.compile(
    r"in\s[A-Z\d`‘]|pp\.?\s|[Vv]ol(?:\.|ume)\s?\d|title$|\([A-Z][^()]{1,40}\)[.,]?\s"
    rf"|[\d\s–-]*{MONTH}$|{YEAR}–[a-z]+$|[A-Z][a-z]+\sthesis$"
    rf"|(?:[^,]{{1,60}}{YEAR},\s)?[A-Z][^,]{{1,45}}?,?\s?\d{{1,4}},\s?[A-Z]{{0,2}}\d{{1,5}}(?:,\s[^,]{{1,40}})?$"
    r"|(?:[A-Z][\w.&;]{0,12},\s)?(?:(?:submitted|accepted)(?:\s(?:to|by|in)\b|$)|in\s(?:press|preparation)\b|to\sappear\b)"
    r"|(?:in\s)?this\s(?:volume|issue|proceedings)$"
)
"""What is no title: a venue behind "in", pages, a journal with volume and page, what is awaited,
a name that is missing, a collaboration's."""
_CHINESE = re.compile(
    r"[\u3400-\u9fff·，、, \s]{2,120}[.．]\s?([^.\[\]\x00-\x07]{3,200}?)\s?\[(?:[A-Z]{1,2})[/\]]"
)
"""Names in Chinese letters, a title, and the kind of the document, as China's standard has it."""
_NOBODY = re.compile(r",\s{0,3},(?=\s)")
"""Where a name is missing between two."""
_SERIES = re.compile(
    rf"{SLANTED}[^{SLANTED_END}]{{3,150}}{SLANTED_END}[.,]\s(?:Bd|Vol)\.?\s?\d+\s?:\s(?={SLANTED})"
)
_VOLUME_OF_YEAR = re.compile(rf"\s{YEAR},\s[A-Z]?\d")
_YEAR_BEHIND = re.compile(rf"(?<=\w)[\s.,;]+{YEAR}$")
_YEAR_IN_BRACKETS = re.compile(rf",?\s\({YEAR}\)$")
_GROUP = re.compile(r"(?<=[,.:])[\s~]{1,3}(?=\{(?!\s*\\[a-z]{2}))")
_NAMES_WITHIN = 6_000
_GROUP_ENDS = re.compile(r"\s*(?:[,.?]|~?\s?\(|$)")
_APART = (SLANTED, LINK, "“")


def title_of(body: str, by_commas: bool = True) -> str | None:
    """The title that an item prints, without the full stop behind it.

    Where a style sets only commas between names, title and journal, it is told `by_commas` if the
    journal can be told from the title.
    """
    title = _named(body) or _in_braces(body)
    if title or "\\bibinfo" in body or _NAME_IN_PARTS.search(body):
        return title
    text = _NOBODY.sub(",", marked(body))
    if in_chinese := _CHINESE.match(text):
        return _clean(in_chinese[1])
    head, _, blocks = text.partition(BLOCK)
    end = names_end(head)
    rest = YEAR_FIRST.sub("", head[end.position :], count=1) if end else ""
    if end and (end.by in ("colon", "year") or rest[:1] in _APART or _is_sentence(rest)):
        before_blocks = _behind_names(text, end, by_commas)
        if before_blocks:
            return before_blocks
    in_blocks = _of_blocks(text) if blocks and _may_be_names(head) else None
    return in_blocks or _behind_names(text, end, by_commas)


def _is_sentence(text: str) -> bool:
    """Whether a marked text begins with words that are no names."""
    words = unmarked(text.partition(". ")[0]).split()
    return (
        len(words) >= LEAST_WORDS and sum(word.isalpha() and word.islower() for word in words) > 1
    )


def _may_be_names(head: str) -> bool:
    """Whether what stands before the first block may be names alone."""
    titled = re.search(r":\s\w+\s\w", unmarked(head))
    words = unmarked(head).split()
    in_plain = [w for w in words if w.isalpha() and w.islower() and not is_of_names(w)]
    return not titled and len(in_plain) < LEAST_WORDS and not head.rstrip().endswith("—")


def _named(body: str) -> str | None:
    """What stands in a macro that is called after titles, if no "In" before it says of what."""
    whole_book = _WHOLE_BOOK.search(body)
    named = _TITLE.search(body)
    named = named or _BOOK_TITLE.search(body.partition("\\newblock")[0])
    if named and not _IN.search(body, max(0, named.start() - 40), named.start()):
        return _clean(marked(braced(body, named.end()) or ""))
    return _clean(marked(braced(body, whole_book.end() - 1) or "")) if whole_book else None


def _in_braces(body: str) -> str | None:
    """What a group in braces holds behind names alone, if it is no name or numbered journal.

    Many writers of `.bib` files keep a title's letters as they are by braces around all of it.
    """
    head = body.partition("\\newblock")[0][:_NAMES_WITHIN]
    for start in _GROUP.finditer(head):
        inside = braced(head, start.end()) or ""
        behind = head[start.end() + len(inside) + 2 :]
        if " " not in inside.strip() or not _GROUP_ENDS.match(behind):
            continue
        words = unmarked(marked(inside))
        if are_names_alone(words) or is_before_initials(unmarked(marked(behind[:40]))):
            continue
        is_venue = is_journal(words) or is_numbered(marked(behind[:200]).lstrip(" ,"))
        alone = not is_venue and are_names_alone(marked(head[: start.end()]))
        return _clean(words) if alone else None
    return None


def _clean(text: str) -> str | None:
    title = _AT_ENDS.sub("", unmarked(text)).strip(" .,;:\"“”‘’'/")
    title += "”" if title.count("“") > title.count("”") else ""
    is_title = sum(map(str.isalpha, title)) >= 3 and len(title) <= LONGEST
    is_other = _NO_TITLE.match(title) or _VOLUME_OF_YEAR.search(title) or are_names(title)
    return title if is_title and not is_other else None


def _prints_one_year(text: str) -> bool:
    """Whether a year that stands in a text is the work's own, for there is no other."""
    return len(YEARS.findall(without_ids(unmarked(text)))) == 1


def _of_blocks(text: str) -> str | None:
    """The title in the first block of words behind the names; None where a venue stands there."""
    written = (YEAR_FIRST.sub("", block, count=1) for block in text.split(BLOCK)[1:])
    block = next((each for each in written if re.search(r"[^\W\d_]", each)), "")
    block = _SERIES.sub("", block, count=1)
    set_apart = _set_apart(block)
    if set_apart is not None:
        return set_apart or None
    before_venue = _VENUE_BEHIND.split(block, maxsplit=1)[0]
    words = unmarked(before_venue).rstrip(" .")
    is_venue = begins_venue(block) or has_pages(words) or is_abbreviated(words)
    if is_venue or _BOLD_NUMBER.search(before_venue):
        return None
    words = _YEAR_IN_BRACKETS.sub("", words) if _prints_one_year(text) else words
    return _clean(_TAIL.sub("", words))


def _set_apart(text: str) -> str | None:
    """What quotation marks, a link or slanted letters hold that a text begins with.

    None where it begins with none of them; nothing where they hold no title.
    """
    if text.startswith("“"):
        return _clean(_quoted(text).rstrip("?!")) or ""
    if text.startswith(LINK) and not text.startswith(LINK + LINK_END):
        inside = text[1:].partition(LINK_END)[0]
        return _set_apart(inside) if inside[:1] in (SLANTED, "“") else _clean(inside) or ""
    if text.startswith(SLANTED):
        inside, _, rest = text[1:].partition(SLANTED_END)
        is_venue = begins_venue(text) or begins_venue(inside) or is_abbreviated(unmarked(inside))
        named = unmarked(inside)
        is_venue = is_venue or begins_as_serial(named)
        is_venue = is_venue or (is_capitalised(named) and _NUMBERED_WITHIN.match(rest) is not None)
        if is_numbered(rest) or is_venue or _COMMA_AND_VOLUME.match(rest):
            return ""
        return (_clean(inside) or "") if _BEHIND_SLANTED.match(rest) else None
    return None


def _quoted(text: str) -> str:
    """What stands within the quotation mark that a text begins with, others in it included."""
    depth = 0
    for position, sign in enumerate(text):
        depth += {"“": 1, "”": -1}.get(sign, 0)
        if depth == 0:
            return text[1:position]
    return text[1:].partition("”")[0]


def _behind_names(text: str, end: NamesEnd | None, by_commas: bool) -> str | None:
    head = text.partition(BLOCK)[0]
    if end is None:
        quoted = head[:2_000].find("“")
        before = unmarked(head[max(0, quoted - 20) : quoted])
        is_apart = quoted >= 0 and re.search(r"[.,:;)\d]$", before) and not _IN.search(before)
        return _clean(_quoted(head[quoted:2_000])) if is_apart else None
    if end.by == "comma" and not by_commas:
        return None
    rest = YEAR_FIRST.sub("", head[end.position :], count=1)
    set_apart = _set_apart(rest)
    if set_apart is not None:
        return set_apart if rest[0] == "“" or len(set_apart.split()) > 1 else None
    if begins_venue(rest):
        return None
    after_comma = head[: len(head) - len(rest)].rstrip()[-1:] == ","
    sentence = _PUBLISHER.sub("", _TAIL.sub("", title_sentence(rest, after_comma) or ""))
    before_volume = _VOLUME_AND_PAGES.sub("", sentence)
    sentence = sentence if is_like_journal(before_volume) else before_volume
    if _prints_one_year(text):
        sentence = _YEAR_BEHIND.sub("", sentence)
    title = _clean(sentence)
    least = LEAST_WORDS - (end.by in ("colon", "year"))
    return title if title and len(title.split()) >= least else None
