"""Date headings: a line that is a date and nothing else, in the ways people write one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from pipeline.digests.publication import VENUE
from pipeline.digests.skips import no_such_date
from pipeline.model.month_names import MONTHS, OTHER_MONTHS, month_number, month_of
from pipeline.model.records import DatePrecision, Skip

MONTH = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS)
_DAY = (
    r"[월화수목금토일](?:요일)?|[日月火水木金土](?:曜日)?|(?:星期|[周週]|[礼禮]拜)[一二三四五六日天]"
    r"|[a-z]{3,6}day|[a-z]{3}"
)
_WEEKDAY = rf"(?:\s*[,(（]?\s*(?:{_DAY})\s*[)）]?)?"
_TH = r"(?:st|nd|rd|th|er|[.ºª°])?"
_YEAR = re.compile(r"\d\d\d\d")
_FORMS = tuple(
    re.compile(rf"#*\s*(?:(?:{_DAY})[,.]?\s+)?{form}{_WEEKDAY}\s*", re.IGNORECASE)
    for form in (
        r"(?P<y>\d{4})\s*년\s*(?P<m>\d{1,2})\s*월\s*(?P<d>\d{1,2})\s*일",
        r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*[日号號]",
        r"(?P<y>\d{4})(?P<s>[-./])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})\.?",
        rf"(?P<name>{MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})",
        rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s)?(?P<name>{MONTH})\.?,?\s+(?P<y>\d{{4}})",
        r"(?:ngày\s)?(?P<d>\d{1,2})\stháng\s(?P<m>\d{1,2}),?\s(?:năm\s)?(?P<y>\d{4})",
    )
)
_NAME, _CENTURY = r"(?P<name>[^\W\d]{3,12})", r"(?P<y>(?:19|20)\d\d)"
_OTHER_DAY = rf"(?P<d>\d{{1,2}}){_TH}\s(?:de\s)?{_NAME}"
_OTHER_BEFORE = r"(?:(?:le|el|il|am|den|dne|em|op)\s)?(?:[^\W\d]{2,12}(?:-feira)?[,.]{0,2}\s)?"
_OTHER_BEHIND = r"(?:,?\s\(?[^\W\d]{1,12}(?:-feira)?\.?\)?)?\s*"
_OTHER_LANGUAGE = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"#*\s*{_OTHER_BEFORE}{_OTHER_DAY}\.?,?\s(?:de\s)?{_CENTURY}{_OTHER_BEHIND}",
        rf"#*\s*{_OTHER_BEFORE}(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?{_CENTURY}{_OTHER_BEHIND}",
        rf"#*\s*{_CENTURY}\.?\s(?:m\.\s)?{_NAME}\s(?P<d>\d{{1,2}})\.?{_OTHER_BEHIND}",
    )
)
"""In other languages; numbers with dots behind each, the year last, have the day first in all."""
_OTHER_IN_YEAR = re.compile(rf"{_OTHER_BEFORE}{_OTHER_DAY}{_OTHER_BEHIND}", re.IGNORECASE)
_DAY_WITHIN = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})\.?\s(?:de\s)?(?P<name>[^\W\d]{3,12})\.?,?\s(?:de\s)?"
    r"(?P<y>(?:19|20)\d\d)(?!\d)"
)
_MONTH_ALONE = re.compile(
    rf"\W*(?:(?:{MONTH})\.?,?\s+\d{{4}}|\d{{4}}\s*[-./年년]\s*\d{{1,2}}\s*[월月]?)"
    r"\W{0,9}(?:\(\d+(?:\s+papers?)?\))?\W{0,9}",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(
    rf"\W{{0,9}}(?:[Yy]ear\s+)?(?:{VENUE}\W{{0,3}})?(?:19|20)\d\d\s*[년年]?(?:\W{{0,9}}[Pp]apers)?"
    r"\W{0,9}(?:\(\d+(?:\s+papers?)?\))?\W{0,9}"
)
_DAY_IN_YEAR = re.compile(
    rf"(?:[a-z]{{3,6}}day|[a-z]{{2,3}}|[^\W\d]{{4,8}}tag)?[\s,.]{{0,3}}"
    rf"(?:(?:{MONTH})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th|\.)?\s+(?:{MONTH})\.?"
    r"|\d{1,2}\s?[월月]\s?\d{1,2}\s?[일日](?:\s?[(（]?[월화수목금토일月火水木金土日](?:요일|曜日)?[)）]?)?"
    r"|\d{1,2}\.\s?\d{1,2}\.|[a-z]{3,6}day)[\s:.]{0,3}"
    r"|(?:[^\W\d]{2,12}[,.]?\s)?\d{1,2}\.?\s(?:de\s)?[^\W\d]{3,12}\.?,?\s(?:de\s)?(?:19|20)\d\d"
    r"(?:,?\s[^\W\d]{2,12})?",
    re.IGNORECASE,
)
_LONGEST_HEADING = 60
_YEAR_PART = r"(?<![\d./-])(?P<y>(?:19|20)\d\d)"
_STATED = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)\d{6}(?:\d{3})?(?!\d)",
        rf"{_YEAR_PART}\s*[-./年년]\s*(?P<m>\d{{1,2}})\s*[-./月월]\s*(?P<d>\d{{1,2}})(?!\d)",
        rf"\b(?P<name>{MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})\b",
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<name>{MONTH})\.?,?\s+(?P<y>\d{{4}})\b",
        rf"\b(?P<name>{MONTH})\.?\s+(?P<d>\d{{1,2}})\s*\)\s*[-–,]?\s*(?P<y>\d{{4}})\b",
        r"(?<![\d.])(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>(?:19|20)\d\d)(?![\d.]\d|\d)",
        r"\b(?P<y>20\d\d)\s?[年년]?\s?第?\s?(?P<week>\d{1,2})\s?(?:주차|주(?=\s|$)|周|週)",
        r"\b(?:week|w|kw)[ -]?(?P<week>\d{1,2})\b[\s,/-]*(?P<y>20\d\d)\b",
        r"\b(?P<y>20\d\d)[\s,/-]*(?:week|w|kw)[ -]?(?P<week>\d{1,2})\b",
        rf"{_YEAR_PART}\s*(?:[-./]|[年년]\s*)(?P<m>\d{{1,2}})(?![\d.]\d|\d)",
        rf"\b(?P<name>{MONTH})\.?,?\s+(?P<y>(?:19|20)\d\d)\b",
        rf"{_YEAR_PART}(?![\d./-]\d|\d)",
    )
)


_DAYS = 6
"""So many of the forms state a whole day."""


def heading_date(line: str) -> date | None:
    """The date that a line is, alone or as a heading; None where it is no date.

    Raises ValueError where it has the form of a date but names no day (`2024년 13월 5일`).

    >>> heading_date("2024년 9월 5일") == heading_date("## September 5, 2024") == date(2024, 9, 5)
    True
    """
    if len(line) > 60 or "://" in line or not _YEAR.search(line):
        return None
    for form in _FORMS:
        match = form.fullmatch(line.strip())
        if match:
            groups = match.groupdict()
            month = int(groups["m"]) if "m" in groups else month_number(groups["name"])
            return date(int(groups["y"]), month, int(groups["d"]))
    for form in _OTHER_LANGUAGE:
        other = form.fullmatch(line.strip())
        groups = other.groupdict() if other else {}
        name = groups.get("name") or ""
        number = int(groups.get("m") or 0) or OTHER_MONTHS.get(name.lower()[:4])
        if number:
            return date(int(groups["y"]), number, int(groups["d"]))
    return None


def is_day_of_digest(line: str) -> bool:
    """Whether a line is a day as digests have it, in numbers, Korean, Chinese or English."""
    return any(form.fullmatch(line.strip()) for form in _FORMS)


class Heading(NamedTuple):
    """What a date heading rules: a day, or None and the skip that says why."""

    day: date | None
    skip: Skip | None


def day_heading(file: str, number: int, line: str) -> Heading | None:
    """What a line rules as a date heading; None where it is no date."""
    try:
        day = heading_date(line)
    except ValueError as error:
        return Heading(None, no_such_date(file, number, error))
    return Heading(day, None) if day else None


def is_day_alone(text: str) -> bool:
    """Whether a heading is a day without its year, or with it in any language, and no more.

    >>> is_day_alone("Wednesday, November 6"), is_day_alone("7 Feb"), is_day_alone("May 7B")
    (True, True, False)
    """
    if len(text) > _LONGEST_HEADING:
        return False
    text = text.strip()
    return _DAY_IN_YEAR.fullmatch(text) is not None or other_day_in_year(text) is not None


def other_day_in_year(text: str) -> tuple[int, int] | None:
    """The month and the day that a text is in another language than English; else None.

    >>> other_day_in_year("Samedi 1er mars"), other_day_in_year("5. März"), other_day_in_year("3 B")
    ((3, 1), (3, 5), None)
    """
    match = _OTHER_IN_YEAR.fullmatch(text) if len(text) <= _LONGEST_HEADING else None
    month = OTHER_MONTHS.get(match["name"].lower()[:4]) if match else None
    return (month, int(match["d"])) if match and month else None


def is_date_line(line: str) -> bool:
    """Whether a line has the form of a date heading, be it a day or none."""
    try:
        return heading_date(line) is not None
    except ValueError:
        return True


class Dated(NamedTuple):
    """A date that a text states, and how exactly; what is not stated is 1."""

    day: date
    precision: DatePrecision


def dated(text: str) -> Dated | None:
    """The first date within a short text (`[2024-07]`, `2021.11`, `Sep 2024`); None for none.

    >>> [str(found.day) for text in ("NeurIPS 2021.11", "week 36, 2024") if (found := dated(text))]
    ['2021-11-01', '2024-09-08']
    """
    for form in (*_STATED[:_DAYS], _DAY_WITHIN, *_STATED[_DAYS:]):
        match = form.search(text[:200])
        if match:
            groups = match.groupdict()
            try:
                return _dated(groups)
            except ValueError:
                continue
    return None


def has_day(text: str) -> bool:
    """Whether a short text holds a full day, in any of many languages: `lu le 9 janvier 2024`."""
    stated = dated(text)
    if stated is not None and stated.precision == "day":
        return True
    match = _DAY_WITHIN.search(text[:200])
    return match is not None and match["name"].casefold()[:4] in OTHER_MONTHS


def month_heading(line: str) -> Dated | None:
    """The month that a heading is and nothing else; None where it is none.

    >>> [found and str(found.day) for found in map(month_heading, ("2018-02", "Feb 2018 (12)"))]
    ['2018-02-01', '2018-02-01']
    >>> month_heading("Best of 2018-02"), month_heading("2018")
    (None, None)
    """
    day = dated(line) if len(line) <= _LONGEST_HEADING else None
    if day is None or day.precision != "month":
        return None
    return day if _MONTH_ALONE.fullmatch(line) else None


def year_heading(line: str) -> Dated | None:
    """The year that a heading is, alone or behind the name of a meeting; None where it is none.

    >>> [str(found.day.year) for found in map(year_heading, ("2018年", "CVPR 2018")) if found]
    ['2018', '2018']
    >>> year_heading("Best of 2018"), year_heading("2018-02")
    (None, None)
    """
    if len(line) > _LONGEST_HEADING or not _YEAR_ALONE.fullmatch(line):
        return None
    day = dated(line)
    return day if day and day.precision == "year" else None


def _dated(groups: Mapping[str, str | None]) -> Dated:
    year = int(groups["y"] or 0)
    if groups.get("week"):
        # A list of a week is written when the week is over.
        return Dated(date.fromisocalendar(year, int(groups["week"] or 0), 7), "day")
    name, day = groups.get("name"), groups.get("d")
    month = month_of(name) if name else int(groups.get("m") or 0)
    if not month:
        return Dated(date(year, 1, 1), "year")
    return Dated(date(year, month, int(day or 1)), "day" if day else "month")
