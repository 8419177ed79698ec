"""What stands behind a title in an item of a bibliography, or in its place, and is none of it."""

from __future__ import annotations

import re

from pipeline.sources.eprint_markup import unmarked
from pipeline.sources.eprint_name_lists import are_names
from pipeline.sources.eprint_sentences import MONTH
from pipeline.sources.eprint_venues import YEAR
from pipeline.sources.eprint_wording import LONGEST

_TAIL = re.compile(
    rf",\s(?:(?:{MONTH},?\s|(?-i:[A-Z][^\W\d_]{{2,8}})\s|\d\d?\s)?{YEAR}\.?"
    rf"|(?:volume|vol\.|number)\s\d[^.]{{0,200}}"
    rf"|(?:\d(?:st|nd|rd|th)|second|third|fourth|revised)\s(?:ed\.|edition)[^.]{{0,80}}"
    rf"|{MONTH})\s*$"
    rf"|,?\s(?:pp?|págs?|S)\.\s\d{{1,5}}(?:–\d{{1,5}})?$"
    rf"|[.,]\s\[?(?:online\sresource|website|computer\sfile|data\sfile)\b\]?[^:]{{0,120}}$"
    rf"|[.,]\s(?:technical\sreport|(?:working|discussion)\spapers?(?=\s\w*\d)|tech\.\s(?:rep|memo))\b[^:]{{0,120}}$"
    rf"|[.,]?\s(?:ph\.?\s?d\.?|master['’]?s|other)\s(?:thesis|diss)[^:]{{0,120}}$"
    rf"|\s\([^()]{{0,80}}\b(?:Press|Publish|Publications|Springer|Institute|University|Wiley|Media)[^()]{{0,60}}\)[^()]{{0,20}}$"
    rf"|[,.]\s(?:Dissertation|Thesis|Diplomarbeit|(?:Master|Bachelor)arbeit|Proefschrift|Thèse|Tesis?)\b[^:]{{0,120}}$|\sTechnical\sReport\s[a-z]?\d[^:]{{0,120}}$"
    rf"|,\sPublications\s[a-z][^:]{{0,120}}$|;\s[A-Z][^;:]{{2,60}}:\s[A-Z][^;:]{{2,60}}$"
    rf"|(?:(?<![\d\s])\s?[,:]|(?<=[^\W\d]))\s(?!(?:1\d|20)\d\d–(?:1\d|20)\d\d$)\d{{1,4}}–\d{{1,4}}$"
    rf"|\.(?:\s\d{{1,4}}\.)?\s{YEAR}\.\s(?:[\divxlc]+[\s+]?){{1,4}}$"
    rf"|\s?\[[A-Z][A-Za-z/ ]{{0,20}}\][^.]{{0,10}}$|;\s{YEAR}\s*$"
    rf"|(?:\.|(?<=[!?]))\s(?:(?:\d\d?\s)?(?:{MONTH}\s)?{YEAR}[\s\d;]{{0,4}}|{MONTH})$"
    rf"|,?\s\({MONTH}\s?(?:{YEAR})?\)$|,?\s\((?:{YEAR}-\d\d-\d\d)?\)$|[.,]?\s<?https?(?:[:\s].{{0,300}})?$",
    re.IGNORECASE,
)
_REPORT_NUMBER = re.compile(
    r":\s(?:[A-Z]{2,8}[/.-][\w./+-]*\d[\w./+-]*|\d{1,4}[.-]\d[\d.-]{0,8}(?:\s[A-Za-z]?\d{1,5})?)$"
)
_HOUSES = (
    r"(?:Springer|Elsevier|Wiley|Birkh[aä]user|Kluwer|Addison|McGraw|Prentice|Morgan\sKaufmann"
    r"|Routledge|North-Holland|World\sScientific|CRC|Pearson|Dover|Packt|Teubner|Vieweg|Gruyter)"
    r"(?:[\s-](?:[A-Z&][\w&.-]*|and)){0,4}"
)
"""Publishers that are not called so, with the words behind: Springer London, Addison-Wesley."""
_PUBLISHER = re.compile(
    r"[.,]\s(?:[A-Z][^.,]{0,60}\s)?(?:University\sPress|Press(?:,?\sInc)?|Publi(?:cations|shers|shing)"
    rf"|{_HOUSES})(?:,\s[A-Z][^.]{{0,60}})?$"
)
_VOLUME_AND_PAGES = re.compile(r",\s\d{1,4}(?:\s\(\d[^()]{0,10}\))?,\s\d[\d–-]{0,14}$")
_AT_ENDS = re.compile(
    r"^\((?:year)?[\d/?]+\)\s|^\?{2,}[.,]?\s|[.,]?\s[Aa]vailable\sat[.:]?$|\s[Ii]n:?$"
    r"|[.,]?\s<https?:\S{0,300}$|[.,]?\s[(\[](?:[Aa]ccessed|[Vv]iewed|[Vv]isited)\b[^()\[\]]{0,40}[)\]]$"
    r"|\s\((?:\d(?:st|nd|rd|th)|[Ss]econd|[Tt]hird|[Ff]ourth|[Rr]evised)\s(?:ed\.?|[Ee]dition)\)$"
    r"|\sNo\.\s\d[\w. ]{0,20}$"
)
_NO_TITLE = re.compile(
    r"in\s[A-Z\d`‘]|pp\.?\s|[Pp]ages?\s\d|N\.\spag\b|Journal$|[Aa]r[Xx]iv\s(?:[A-Z]\w+\s)?e-?prints(?:$|\s\()"
    r"|\(?(?:last\s)?(?:accessed|visited|retrieved|viewed)\b.{0,30}\d\)?$"
    r"|(?:Technical\sReport|Working\sPapers?)\s\S*\d|[Vv]ol(?:\.|ume)\s?\d|title$|\([A-Z][^()]{1,40}\)[.,]?\s"
    rf"|[\d\s–-]*{MONTH}$|{YEAR}–[a-z]+$|[A-Z][a-z]+\sthesis$"
    rf"|(?:[^,]{{1,60}}{YEAR},\s)?[A-Z][^,]{{1,45}}?,?\s?\d{{1,4}},\s?[A-Za-z]{{0,4}}\d{{1,7}}(?:,\s[^,]{{1,40}})?$"
    r"|(?:[A-Z][\w.&;]{0,12},\s)?(?:(?:submitted|accepted)(?:\s(?:to|by|in)\b|$)|in\s(?:press|preparation)\b|to\sappear\b)"
    r"|(?:in\s)?this\s(?:volume|issue|proceedings)$"
)
"""What is no title: a venue behind "in", pages, a journal with volume and page, what is awaited,
a name that is missing, a collaboration's."""
NO_TITLE_BLOCK = re.compile(
    r"[^a-zA-Z\x80-\uffff]*(?:$|[\[(]?(?:accessed|visited|retrieved|viewed)\b.{0,30}\d|pages?\s\d|N\.\spag\b)",
    re.IGNORECASE,
)
"""A block of no words, or with a date or pages alone, before the one of the title."""
_SIGNS = ' .,;:"/'
_OPENING, _CLOSING = "“‘'`", "”’'"
_QUOTED_FIRST = re.compile(r"“[^“”]*+(?:“[^“”]*+”[^“”]*+)*+”|[‘'`](?:[^’']|[’'](?=\w))*+[’']")
_OPENED = re.compile(r"(?<![^\W_])[“‘'`](?=\w)")
_VOLUME_OF_YEAR = re.compile(rf"\s{YEAR},\s[A-Z]?\d")


def without_tail(words: str) -> str:
    """Words up to an edition, a report's number, a date, pages or an address behind them."""
    return _TAIL.sub("", words)


def without_report_number(words: str) -> str:
    """Words up to a number behind a colon, as before the mark of a report in China's standard."""
    return _REPORT_NUMBER.sub("", words)


def without_publisher(words: str) -> str:
    """Words up to the name of a publisher behind them."""
    return _PUBLISHER.sub("", words)


def without_numbers(words: str) -> str:
    """Words up to a volume with pages behind them."""
    return _VOLUME_AND_PAGES.sub("", words)


def _unquoted(text: str) -> str:
    """A text without the marks of a sentence at its ends, and the quotation marks around all of it.

    >>> _unquoted("“Ask me”: a way."), _unquoted("“A way.”"), _unquoted("What is “a way”?")
    ('“Ask me”: a way', 'A way', 'What is “a way”?')
    """
    title = text.strip(_SIGNS)
    opened = _QUOTED_FIRST.match(title)
    if title[:1] in _OPENING and not (opened and opened.end() < len(title)):
        title = title[1:].lstrip(_SIGNS)
    if title[-1:] in _CLOSING and not _OPENED.search(title, 1):
        title = title[:-1].rstrip(_SIGNS)
    return title if title == text else _unquoted(title)


def worthy(text: str) -> str | None:
    """The title that a marked text is, without the marks around it; None where it is none."""
    title = _unquoted(_AT_ENDS.sub("", unmarked(text)))
    half, behind = title[: len(title) // 2 - 1], title[len(title) // 2 + 1 :]
    title = half if half.casefold() == behind.casefold() else title
    is_title = sum(map(str.isalpha, title)) >= 3 and len(title) <= LONGEST
    is_other = _NO_TITLE.match(title) or _VOLUME_OF_YEAR.search(title) or are_names(title)
    return title if is_title and not is_other else None
