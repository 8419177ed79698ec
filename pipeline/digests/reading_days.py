"""The day that a reader says a paper was read, in the words that stand beside its title.

read 2024-02-20: Slow Cooking     Slow Cooking, gelesen am 20.02.2024     Slow Cooking ✅ 2024-02-20
"""

from __future__ import annotations

import re

from pipeline.digests.dates import MONTH, has_day, is_date_line
from pipeline.digests.fields import field_of

_DAY = r"(?P<day>\d[\w./-]{0,15}+(?: [\w.,]{1,12}){0,4}?|[A-Z][a-z]{2,8}\.? \d{1,2}, \d{4})"
_SAYING = rf"(?P<word>[^\W\d_]{{2,20}})(?: [^\W\d_]{{1,3}})? {_DAY}"
_BEFORE = re.compile(rf"{_SAYING}\s?[:：]\s+(?=\S)")
_BEHIND = re.compile(rf"(?<=[\s,;(–—-]){_SAYING}[).]{{0,2}}\s*$")
_ALONE = re.compile(_SAYING)
_TICKED = re.compile(r"✅\s?(?P<day>\d{4}-\d\d-\d\d)\b")
"""How Obsidian's tasks say when one was done."""
_MARK_BEFORE = r"(?:\[[ xX/>-]\]\s+|(?:DONE|TODO|NEXT|READ)\s+)?"
_FULL_DAY = (
    r"(?P<day>(?:19|20)\d\d(?P<sign>[-./])\d{1,2}(?P=sign)\d{1,2}(?![\d-])"
    r"|(?:19|20)\d\d\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]"
    r"|\d{1,2}(?P<sign2>[./])\s?\d{1,2}(?P=sign2)\s?(?:19|20)\d\d(?!\d)"
    rf"|(?i:{MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d(?!\d)"
    r"|\d{1,2}(?:st|nd|rd|th|\.)? (?:de )?[^\W\d]{3,12}\.?,? (?:de )?(?:19|20)\d\d(?!\d))"
)
_WEEKDAY = (
    r"(?:\s?[(（][^\W\d]{1,10}\.?[)）]"
    r"|,?\s(?:(?i:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)(?![^\W_])\.?)?"
)
_CLOCK = r"(?:,? \d\d?(?:[:.h]\d\d)?(?:\s?[ap]\.?m\.?)?(?:\s[A-Z]{2,4})?)"
_IN_FRONT = re.compile(
    rf"{_MARK_BEFORE}(?:\*\*|__|`)?"
    rf"(?:[\[(<（【]{_FULL_DAY}(?:,? [^\W\d]{{1,10}}\.?)?{_CLOCK}?[\])>）】]"
    rf"|{_FULL_DAY.replace('day', 'bare').replace('sign', 'mark')}{_WEEKDAY})(?:\*\*|__|`)?"
    r"(?:\s*[:：,|·–—-]+(?:\*\*|__)?\s*|\s+)(?=[^\W_]|[\"“„«「『《*\[$\\(_])(?!(?:19|20)\d\d[-./]\d)"
)
"""A whole day that a line begins with, before other words."""
_WORDED = re.compile(r"[^\W\d_年月日년월일]{3}")
OF_NOTES = re.compile(
    r"\W*(?:date )?(?:creat|updat|modif|add|sav|clip|access|hinzug|ajout)", re.IGNORECASE
)
"""What is said of notes, and of code and the like in a remark; beside it a day of reading leads."""
_NUMBERS = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}")
_OTHERS = frozenset(("finished", "gelezen", "läst", "lest"))
_LOOKED_AT = 80


def day_alone(words: str) -> str | None:
    """The day of a line that says when something was read, and no more: `Lu le 9 janvier 2024`."""
    return _day(_ALONE.fullmatch(words[:_LOOKED_AT]))


def day_beside(body: str) -> str | None:
    """The day that is said before a title, or behind it at the end of its line."""
    before, end = _BEFORE.match(body[:_LOOKED_AT]), body[-_LOOKED_AT:]
    ticked, behind = _TICKED.search(end), _BEHIND.search(end)
    if behind and (OF_NOTES.match(behind["word"]) or behind["word"].casefold() == "closed"):
        behind = None
    return _day(before) or _day(behind) or (ticked["day"] if ticked else None)


def without_day_before(text: str) -> str:
    """The text without the day of reading before its title."""
    before = _BEFORE.match(text[:_LOOKED_AT])
    return text[before.end() :] if before and _day(before) else text


def is_said_before(text: str) -> bool:
    """Whether a text begins with the day of reading: what follows is what was read then."""
    return without_day_before(text) != text


def day_in_front(body: str) -> str | None:
    """The day that a line begins with, as written; None where it begins with none or is one.

    >>> day_in_front("[ ] 2024-03-05 Slow Cooking"), day_in_front("<2024-03-05 Tue> Slow Cooking")
    ('2024-03-05', '2024-03-05')
    >>> day_in_front("2024-03-05"), day_in_front("1-bit models, 5 March 2024")
    (None, None)
    """
    match = _in_front(body)
    return match["day"] or match["bare"] if match else None


def without_day_in_front(text: str) -> str:
    """A text without the day that it begins with.

    >>> without_day_in_front("05.03.2024 – 1-bit models"), without_day_in_front("2024-03-05")
    ('1-bit models', '2024-03-05')
    """
    match = _in_front(text)
    return text[match.end() :] if match else text


def _in_front(text: str) -> re.Match[str] | None:
    match = _IN_FRONT.match(text[:_LOOKED_AT])
    # `2024-03-05 Monday` is a day and nothing else.
    if match is None or is_date_line(text.strip("[]<>()* ")):
        return None
    # `11 September 2001 Attacks` is what a title is about.
    is_said = match["bare"] is not None and _WORDED.search(match["bare"]) is not None
    return None if is_said and match[0].endswith(f"{match['bare']} ") else match


def _day(said: re.Match[str] | None) -> str | None:
    if said is None:
        return None
    word = said["word"].casefold()
    is_reading = word in _OTHERS or field_of(word) == "added"
    day = said["day"]
    is_day = has_day(day) and (is_date_line(day) or _NUMBERS.fullmatch(day))
    return day if is_reading and is_day else None
