"""Where authors work, printed behind their names, which is no part of these."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.model.organisations import is_organisation

_FEWEST = 2
_BEHIND_NAME = re.compile(
    r"(?<=[\w.])[ \t]?[(（](?P<where>[^()（）\d]{2,80})[)）](?=[,;、，；]|\s*$|\s+(?:and|&)\s)"
)
_FULL_NAME = re.compile(r"[A-ZÀ-Þ][^\s,;]*(?: [^\s,;]+){1,4}, [^,;]{2,80}(?:, [^,;]{2,80}){0,2}")
_AT_WORK = re.compile(
    r"(?<!\w)(?:CMU|CNRS|EPFL|ETH|INRIA|KAIST|MIT|NTU|NUS|NYU|POSTECH|TUM|UCLA|UCL|USP|МГУ)(?!\w)"
    r"|(?i:univ|institut|hochschule|école|politec)"
    r"|대학|대$|연구[소원]|大学|大學|研究[院所]|университет|институт"
)
"""A word of a place of work, or what a large one is called for short."""
_VENUE = re.compile(r"(?:ICML|ICLR|CVPR|ICCV|ECCV|ACL|EMNLP|NAACL|AAAI|IJCAI|KDD|WWW|SIGIR|NIPS)\b")


def without_affiliations(text: str) -> str:
    """A list of names without the places in brackets behind them; any other text as it is.

    >>> without_affiliations("Ann Lee (MIT), Bo Kim (Oven University)")
    'Ann Lee, Bo Kim'
    >>> without_affiliations("Deep Sets (Zaheer), Graph Nets (Battaglia)")
    'Deep Sets (Zaheer), Graph Nets (Battaglia)'
    """
    places = [match["where"] for match in _BEHIND_NAME.finditer(text)]
    return _BEHIND_NAME.sub("", text) if len(places) >= _FEWEST and _are_at_work(places) else text


def before_affiliations(people: Sequence[str]) -> list[str] | None:
    """The names of people each of whom is a full name, a comma and a place; None of others.

    >>> before_affiliations(["Ann Lee, MIT", "Bo Kim, Oven University, Seoul"])
    ['Ann Lee', 'Bo Kim']
    >>> before_affiliations(["García Márquez, Gabriel", "Vargas Llosa, Mario"])
    """
    each = [person.strip() for person in people]
    if len(each) < _FEWEST or not all(map(_FULL_NAME.fullmatch, each)):
        return None
    names, places = zip(*(person.split(", ", 1) for person in each), strict=True)
    return list(names) if _are_at_work(places) else None


def _are_at_work(places: Sequence[str]) -> bool:
    """Whether one of some texts at least is a place of work, and none a place where papers are."""
    at_work = any(is_organisation(place) or _AT_WORK.search(place) for place in places)
    return at_work and not any(map(_VENUE.match, places))
