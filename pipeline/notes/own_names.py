"""What a program calls a note by what is in it, not by its file: pages of Logseq, ids of org."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from urllib.parse import unquote

_HEAD_CHARACTERS = 4_000
_TITLE = re.compile(r"^[ \t]*(?:-[ \t]+)?title::[ \t]*(\S[^\n]*)$", re.MULTILINE | re.IGNORECASE)
_BULLET = re.compile(r"^[ \t]*+-[ \t]++(?![^\n]*::)", re.MULTILINE)
_ORG_ID = re.compile(
    r"\A\s*:PROPERTIES:\s*\n(?:[ \t]*:(?!END:|ID:)[^\n]*\n)*[ \t]*:ID:[ \t]+(\S+)", re.IGNORECASE
)
_DAY = re.compile(r"(\d{4})[-_](\d{2})[-_](\d{2})")
_DAY_FORM = re.compile(r':journal/page-title-format\s+"([^"\n]{1,60})"')
_USUAL_DAY = "MMM do, yyyy"
_DAY_PART = re.compile("yyyy|yy|MMMM|MMM|MM|M|do|dd|d|EEEE|E{1,3}")
_TEENS = range(11, 14)


def org_id(text: str) -> str | None:
    r"""The id of an org file, in the drawer that it begins with; None for none.

    >>> org_id(":PROPERTIES:\n:ID: 20240903T1\n:END:\n#+title: A"), org_id("* A\n:ID: b")
    ('20240903T1', None)
    """
    match = _ORG_ID.match(text[:_HEAD_CHARACTERS].replace("\r\n", "\n"))
    return match[1] if match else None


def logseq_page(file: Path, text: str, settings: str) -> str:
    r"""What Logseq calls the page of a file.

    It is its `title::`, its day as the settings have it, or the file's name, in which some signs
    are written otherwise.

    >>> logseq_page(Path("pages/ml___GOT%3A 1.md"), "", "")
    'ml/GOT: 1'
    >>> logseq_page(Path("journals/2024_09_03.md"), "", "")
    'Sep 3rd, 2024'
    >>> logseq_page(Path("pages/a.md"), "title:: Small Models\n- b", "")
    'Small Models'
    """
    head = text[:_HEAD_CHARACTERS].lstrip("\ufeff").replace("\r\n", "\n")
    first_bullet = _BULLET.search(head)
    title = _TITLE.search(head[: first_bullet.start()] if first_bullet else head)
    if title:
        return title[1].strip()
    day = _DAY.fullmatch(file.stem)
    if day and file.parent.name == "journals":
        form = _DAY_FORM.search(settings)
        try:
            written = date(int(day[1]), int(day[2]), int(day[3]))
        except ValueError:
            return file.stem
        return _day_in_words(written, form[1] if form else _USUAL_DAY)
    return unquote(file.stem.replace("___", "/"))


def _day_in_words(day: date, form: str) -> str:
    """A day in a form of Logseq's.

    >>> _day_in_words(date(2024, 9, 3), "EEEE, yyyy-MM-dd")
    'Tuesday, 2024-09-03'
    """
    return _DAY_PART.sub(lambda part: _PARTS[part[0]](day), form)


def _ordinal(day: date) -> str:
    ends = {1: "st", 2: "nd", 3: "rd"}
    end = "th" if day.day in _TEENS else ends.get(day.day % 10, "th")
    return f"{day.day}{end}"


_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_PARTS: dict[str, Callable[[date], str]] = {
    "yyyy": lambda day: f"{day.year}",
    "yy": lambda day: f"{day.year % 100:02}",
    "MMMM": lambda day: _MONTHS[day.month - 1],
    "MMM": lambda day: _MONTHS[day.month - 1][:3],
    "MM": lambda day: f"{day.month:02}",
    "M": lambda day: f"{day.month}",
    "do": _ordinal,
    "dd": lambda day: f"{day.day:02}",
    "d": lambda day: f"{day.day}",
    "EEEE": lambda day: _DAYS[day.weekday()],
    **dict.fromkeys(("E", "EE", "EEE"), lambda day: _DAYS[day.weekday()][:3]),
}
