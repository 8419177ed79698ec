"""When and where a paper appeared, as a bibliography states it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.model.ids import normal_arxiv_id

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ASIDE = re.compile(
    r"[\[(（【`*_]\s*+(?P<said>[^\[\]()（）【】`*_:/\d]{0,40})(?<!\d)"
    r"(?:(?P<year>(?:19|20)\d\d)|['’](?P<short>\d\d))(?!\d)"
    r"[^\[\]()（）【】`*_:/\d]{0,20}[\])）】`*_]"
)
_BEHIND_TITLE = re.compile(
    r"(?:\*\*|__|[\"”)\].,])[.,:]?\s{1,3}(?P<said>[^\[\]()（）`*_:/.,\d]{0,60})(?<!\d)"
    r"(?:(?P<year>(?:19|20)\d\d)|['’](?P<short>\d\d))(?!\d)[^\[\]()（）`*_:/\d]{0,20}"
    r"(?=\[|$)"
)
VENUE = (
    r"(?:[A-Z]\w{0,12}[A-Z]{2}\w{0,12}\b|(?:[Aa]r|[Bb]io[Rr]|[Mm]ed[Rr])[Xx]iv\b"
    r"|(?:[A-Z]\w{1,15}\.? (?:\w{1,15} ){0,4}?)?"
    r"(?:Transactions|Journal|Conference|Workshop|Proceedings|Letters|Review|Trans\.|Proc\.))"
)
"""How the name of a venue begins: with an acronym, or with words that say what it is."""
SUBJECT = re.compile(
    r"(?:Computer Science|Mathematics|Statistics|Physics|Quantitative Biology|Quantitative Finance"
    r"|Economics|Electrical Engineering and Systems Science|Condensed Matter|Astrophysics"
    r"|High Energy Physics|Nonlinear Sciences|General Relativity|Nuclear|Quantum Physics"
    r"|Mathematical Physics)\b.*"
)
"""The names of arXiv's categories as Zotero sets them for tags; the graph has categories."""
_VENUE = re.compile(VENUE)
_MARKS = '[](){}（）【】`*_.,:"” '
_THIS_CENTURY = 50
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]{1,300}")
_OF_DOI = re.compile(r"https?://(?:dx\.)?doi\.org/")
_ARXIV = re.compile(r"arxiv\b|corr\b|e-?prints?\b|preprint\b", re.IGNORECASE)


def published_of(year: str | None, month: str | None = None, day: str | None = None) -> str | None:
    """The day, month or year that fields state, as much as is certain: `2024-09-05`, `2024`.

    `year` may hold a whole date, the year first; months are numbers or English names.

    >>> published_of("2024", "sep"), published_of("2024/09/05"), published_of("c. 2024", "spring")
    ('2024-09', '2024-09-05', '2024')
    """
    year_match = _YEAR.search(year or "")
    if not year_match:
        return None
    following = re.findall(r"\d+", (year or "")[year_match.end() : year_match.end() + 12])
    number = _month_number(month or "") or _within(following[:1], 12)
    if not number:
        return year_match[0]
    exact = _within([day.strip()] if day else following[0 if month else 1 :][:1], 31)
    return f"{year_match[0]}-{number:02}" + (f"-{exact:02}" if exact else "")


def _month_number(month: str) -> int | None:
    word = month.strip().strip(".{}\"'")
    if word.isdecimal():
        return _within([word], 12)
    return next((n for n, name in enumerate(_MONTHS, 1) if word.lower().startswith(name)), None)


def _within(numbers: list[str], most: int) -> int | None:
    small_numbers = [int(number) for number in numbers if number.isdecimal() and len(number) <= 2]
    return small_numbers[0] if small_numbers and 1 <= small_numbers[0] <= most else None


def date_aside(line: str) -> str | None:
    """The one year that stands in brackets or marks beside a title, alone or behind a venue.

    With its month, where that stands before it. A year behind `et al.` is that of a work that the
    line speaks of.

    >>> date_aside("[Nets That Sort (2019)](https://x.org)"), date_aside("Nets, *ICML '18* [pdf]")
    ('2019', '2018')
    >>> date_aside("**Nets.** ICLR 2017. [pdf]"), date_aside('"Nets", *arXiv, June 2023*.')
    ('2017', '2023-06')
    >>> date_aside("[Nets](https://x.org/2019/) in 2019"), date_aside("Nets (Lee et al., 2019)")
    (None, None)
    """
    dates = {
        published_of(str(_year_in(aside)), _last_word(aside["said"])) for aside in _asides(line)
    }
    return dates.pop() if len(dates) == 1 else None


def venue_aside(line: str) -> str | None:
    """The venue that stands with its year in brackets or marks beside a title, as written.

    >>> venue_aside("Nets That Sort (ICML 2018 oral)"), venue_aside("Nets, *CVPR '19* [pdf]")
    ('ICML 2018 oral', "CVPR '19")
    >>> venue_aside("Nets (Lee 2019)"), venue_aside("Nets (2019)")
    (None, None)
    """
    named = [aside for aside in _asides(line) if _VENUE.match(aside["said"])]
    texts = {aside[0].strip(_MARKS) for aside in named}
    return texts.pop() if len(texts) == 1 else None


def is_aside(line: str) -> bool:
    """Whether a line is nothing but where and when a paper appeared, in marks or brackets.

    >>> is_aside("*Preprint, July 2021.*"), is_aside("*I read it in 2021.* Good.")
    (True, False)
    """
    return _ASIDE.fullmatch(line.strip()) is not None


def _asides(line: str) -> list[re.Match[str]]:
    line = line[:2000]
    marked = [aside for aside in _ASIDE.finditer(line) if "et al" not in aside["said"]]
    plain = _BEHIND_TITLE.search(line)
    is_plain = plain and (_VENUE.match(plain["said"]) or not plain["said"].strip())
    return [*marked, *([plain] if plain and is_plain else [])]


def _last_word(said: str) -> str | None:
    return next(reversed(said.replace(",", " ").split()), None)


def _year_in(aside: re.Match[str]) -> int:
    return int(aside["year"] or 0) or _full_year(int(aside["short"]))


def _full_year(short: int) -> int:
    return short + (2000 if short < _THIS_CENTURY else 1900)


def venue_of(*fields: str | None) -> str | None:
    """The first field that names a journal or a meeting; arXiv and CoRR are none.

    >>> venue_of("arXiv preprint arXiv:2409.02326", "ICLR 2025"), venue_of("CoRR")
    ('ICLR 2025', None)
    """
    venues = (" ".join(field.split()) for field in fields if field)
    named = (venue for venue in venues if venue and "://" not in venue)
    return next((venue for venue in named if not _ARXIV.match(venue)), None)


def doi_links(own_links: Iterable[str], own_arxiv_id: str | None) -> list[str]:
    """Those of a paper's links that are DOIs; beside an arXiv id they may be of something else."""
    return [] if own_arxiv_id else [link for link in own_links if _OF_DOI.match(link)]


def doi_of(*fields: str | None) -> str | None:
    """The first DOI that the fields hold, bare; that which arXiv gives to each paper is none.

    >>> doi_of("https://doi.org/10.1000/xyz.", "x"), doi_of("doi:10.48550/arXiv.2409.02326")
    ('10.1000/xyz', None)
    """
    printed_dois = (match[0] for field in fields if field for match in _DOI.finditer(field[:2_000]))
    bare_dois = (doi.rstrip(".,;)}") for doi in printed_dois)
    return next((doi for doi in bare_dois if not normal_arxiv_id(doi)), None)
