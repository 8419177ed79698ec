"""When and where a paper appeared, as a bibliography states it."""

from __future__ import annotations

import re

from pipeline.model.ids import normal_arxiv_id

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ASIDE = re.compile(
    r"[\[(（【`*_]\s*(?P<said>[^\[\]()（）【】`*_:/\d]{0,40})(?<!\d)"
    r"(?:(?P<year>(?:19|20)\d\d)|['’](?P<short>\d\d))(?!\d)"
    r"[^\[\]()（）【】`*_:/\d]{0,20}[\])）】`*_]"
)
_THIS_CENTURY = 50
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]{1,300}")
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


def year_aside(line: str) -> str | None:
    """The one year that stands in brackets or marks beside a title, alone or behind a venue.

    A year behind `et al.` is that of a work that the line speaks of.

    >>> year_aside("[Nets That Sort (2019)](https://x.org)"), year_aside("Nets, *ICML '18* [pdf]")
    ('2019', '2018')
    >>> year_aside("[Nets](https://x.org/2019/) in 2019"), year_aside("Nets (Lee et al., 2019)")
    (None, None)
    """
    asides = [m for m in _ASIDE.finditer(line[:2000]) if "et al" not in m["said"]]
    years = {int(aside["year"] or 0) or _full_year(int(aside["short"])) for aside in asides}
    return str(years.pop()) if len(years) == 1 else None


def _full_year(short: int) -> int:
    return short + (2000 if short < _THIS_CENTURY else 1900)


def venue_of(*fields: str | None) -> str | None:
    """The first field that names a journal or a meeting; arXiv and CoRR are none.

    >>> venue_of("arXiv preprint arXiv:2409.02326", "ICLR 2025"), venue_of("CoRR")
    ('ICLR 2025', None)
    """
    venues = (" ".join(field.split()) for field in fields if field)
    return next((venue for venue in venues if venue and not _ARXIV.match(venue)), None)


def doi_of(*fields: str | None) -> str | None:
    """The first DOI that the fields hold, bare; that which arXiv gives to each paper is none.

    >>> doi_of("https://doi.org/10.1000/xyz.", "x"), doi_of("doi:10.48550/arXiv.2409.02326")
    ('10.1000/xyz', None)
    """
    printed_dois = (match[0] for field in fields if field for match in _DOI.finditer(field[:2_000]))
    bare_dois = (doi.rstrip(".,;)}") for doi in printed_dois)
    return next((doi for doi in bare_dois if not normal_arxiv_id(doi)), None)
