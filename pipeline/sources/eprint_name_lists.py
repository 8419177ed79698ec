r"""Where the list of names ends that an item of a bibliography begins with.

Styles end it with a year, a colon, a full stop or a comma, or begin the title with slanted
letters or a quotation mark. A comma ends it only where no further name can follow: behind the
last of "A, B and C", or before words that are no name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.sources.eprint_markup import LINK, LINK_END, SLANTED, SLANTED_END, unmarked
from pipeline.sources.eprint_venues import is_journal, is_numbered

MOST_CHARACTERS = 1_500
_PARTICLES = frozenset(
    "von van de der den del della di da dos das do du la le el al bin ibn ter ten zu zur af av y "
    "dal degli des vom op lo st the".split()
)
_SUFFIXES = frozenset(
    "jr sr jnr ii iii iv eds ed editors editor et al others etal collaborators contributors".split()
)
_TEAM = re.compile(r"\b(?:collaborations?|teams?|consortium|group|project)\.?$", re.IGNORECASE)
_AND = (
    r"(?:\b(?:and|und|og|och|en|és|ja|ve)\b(?!\.)|(?<=\s)(?:[eyi]|u\.)(?=\s)|&"
    r"|\bet\b(?!\.?\s*al\b))"
)
_BETWEEN = re.compile(rf"{_AND}|[,;/]")
_LAST = re.compile(_AND)
_INITIALS = re.compile(
    r"[^\W\d_a-z](?:\.?-?[^\W\d_a-z]){0,3}\.?(?:-[a-z]\.?)?|[^\W\d_a-z][a-z]{1,2}\.|[a-z]\."
)
_WORD = re.compile(r"[^\W\d_]+(?:['’.-]+[^\W\d_]+)*")
_PREFIXED = re.compile(r"[a-z]{1,3}['’]?[A-Z]")
_YEAR = r"(?:1[6-9]|20)\d\d[a-z]?"
_ENDS = re.compile(
    rf"(?P<year>[.,:]?\s?\(\s?(?:[A-Z][a-z]{{2,8}}[.,]{{0,2}}\s|\d\d?,?\s)?{_YEAR}\s?\)[.,:;]{{0,2}}\s?|[.,:]?\s{_YEAR}(?:[.,:;]{{1,2}}\s|\s))"
    rf"|(?P<mark>[.,:;]?\s?(?:[-–—]\s)?(?=“|{SLANTED}|{LINK}(?!{LINK_END})))"
    r"|(?P<colon>:\s)|(?P<stop>\.\s)|(?P<comma>,\s)"
)
_TITLE_BEGUN = re.compile(
    r"(?:(?<![^\W\d_])[^\W\d_]{3,}+|(?:^|,\s)[^\W\d_]{2,}\s[A-Z]{1,2})\.\s([A-Z][^\s.,;:]+)$"
)
"""A word behind a full stop that ends names: with words behind its comma it begins a title."""
_SMALL_WORD = re.compile(rf"(?!(?:{'|'.join(sorted(_PARTICLES | _SUFFIXES))}|and)\b)[a-z][a-z-]+\s")
_IN_BOOK = re.compile(rf"(?<=[.,:;])\sIn(?::\s|\s(?={SLANTED}))")
_OTHERS = re.compile(
    rf"(?:[,;]\s(?:and\s)?others|,?\s{SLANTED}?et\.?\sal\.?{SLANTED_END}?)\.?\s(?=[A-Z])(?!In[\s:])"
)
"""Others who are not named, before words without a mark between: these begin the title."""
_MARKED = re.compile(f"[“{SLANTED}]")
_YEAR_BEHIND = re.compile(rf"(?:\([^()]{{0,8}}\)|{_YEAR}\)?)$")
_ACRONYM = re.compile(r"[A-Z]{3,}")
_VOLUME = re.compile(r"\bVol(?:ume|\.)\s(?:[IVX]{1,4}|\d{1,3})\b")
_STOPS = " .,:;–—-"
_PART = re.compile(r"[^,.;:“”/(\x00-\x07]*")


class NamesEnd(NamedTuple):
    """Where what follows a list of names begins, and what stands between: `by`."""

    position: int
    by: str


def names_end(text: str) -> NamesEnd | None:
    """Where the names end that a marked text begins with; None where that cannot be told.

    Nor can it where "In" stands between names and words: a title is not printed there.
    """
    head = text[:MOST_CHARACTERS]
    within = _IN_BOOK.search(head)
    if within and are_names_alone(head[: within.start()]):
        return None
    told = _end_at_others(head) or _end_at_mark(head)
    if told is not None:
        return told
    for end in _ENDS.finditer(head):
        names = unmarked(head[: end.start()])
        parts = _parts(names)
        if not all(map(_is_name, parts[:-1])):
            return None
        by = str(end.lastgroup)
        if parts and _is_name(parts[-1]) and _is_ended(names, by, head[end.end() :]):
            begun = _TITLE_BEGUN.search(head[: end.start()]) if by == "comma" else None
            if begun and _SMALL_WORD.match(head, end.end()):
                return NamesEnd(begun.start(1), "stop")
            return _before_last(head, end, names) if by == "colon" else NamesEnd(end.end(), by)
    return None


def _title_set_apart(head: str) -> int | None:
    """Where quotation marks or slanted letters hold a title, with names alone before them."""
    mark = _MARKED.search(head)
    if mark is None:
        return None
    if mark[0] == SLANTED:
        inside, _, behind = head[mark.end() :].partition(SLANTED_END)
        if is_numbered(behind) or is_journal(unmarked(inside)) or " " not in inside.strip():
            return None
    return mark.start() if are_names_alone(head[: mark.start()]) else None


def _end_at_others(head: str) -> NamesEnd | None:
    others = _OTHERS.search(head)
    if others is None or not all(map(_is_name, _parts(unmarked(head[: others.start()])))):
        return None
    return NamesEnd(others.end(), "stop")


def _end_at_mark(head: str) -> NamesEnd | None:
    set_apart = _title_set_apart(head)
    return None if set_apart is None else NamesEnd(set_apart, "mark")


def are_names_alone(head: str) -> bool:
    """Whether a marked text is a whole list of names, and at most a year."""
    before = unmarked(head).rstrip(_STOPS)
    names = _YEAR_BEHIND.sub("", before).rstrip(f"{_STOPS}(")
    parts = [part.strip(" .:") for part in _parts(names)]
    goes_on = _LAST.search(names, max(0, len(names) - 4)) is not None
    return bool(parts) and all(map(_is_name, parts)) and not _is_initials(names) and not goes_on


def _before_last(head: str, colon: re.Match[str], names: str) -> NamesEnd:
    """The end at a colon; at the comma before it where the last part alone has no initials."""
    parts = _parts(names)
    comma = head.rfind(", ", 0, colon.start())
    in_title = len(parts) > 1 and comma > 0 and not _has_initials(parts[-1])
    if in_title and not any(map(is_of_names, parts[-1].strip(" .").split())):
        turned = _is_turned_round(names)
        whole = _is_initials(parts[-2]) if turned else all(map(_has_initials, parts[:-1]))
        if whole and not (turned and _LAST.search(head, comma, colon.start())):
            return NamesEnd(comma + 2, "comma")
    return NamesEnd(colon.end(), "colon")


def are_names(text: str) -> bool:
    """Whether a text is a list of names, of which one has initials or begins in the middle."""
    if re.search(r"\bet al\b", text):
        return True
    if _VOLUME.search(text):
        return False
    parts = [part.strip(" .:") for part in _parts(re.sub(r"(?<=[a-z])\.\s", ", ", text))]
    if not parts or not all(map(_is_name, parts)):
        return False
    cut = text.split(maxsplit=1)[0].strip(".,").lower() in _PARTICLES and text[0].islower()
    in_list = len(parts) > 1 and any(map(_has_initials, parts))
    return cut or in_list or any(map(_is_initials, parts))


def is_of_names(word: str) -> bool:
    """Whether a word in small letters may stand in a list of names."""
    return word in _PARTICLES or word in _SUFFIXES or _LAST.fullmatch(word) is not None


def is_before_initials(behind: str) -> bool:
    """Whether what precedes this text is a family name, for its initials follow."""
    following = _PART.match(behind.lstrip(" ,"))
    words = following[0].strip() if following else ""
    return bool(words) and _is_initials(words)


def _parts(names: str) -> list[str]:
    return [part.strip() for part in _BETWEEN.split(names) if part.strip(" .")]


def _is_name(part: str) -> bool:
    words = part.split()
    if _TEAM.search(part):
        return len(words) <= 8
    while len(words) > 5 and _INITIALS.fullmatch(words[-1]):
        words.pop()
    return len(words) <= 5 and all(map(_may_be_of_name, words))


def _may_be_of_name(written: str) -> bool:
    if len(written) == 1 or _INITIALS.fullmatch(written):
        return True
    word = written.strip(".'’-()[]")
    if word.lower() in _PARTICLES or word.lower() in _SUFFIXES:
        return True
    capital = bool(word) and (not word[0].islower() or _PREFIXED.match(word) is not None)
    return bool(capital) and _WORD.fullmatch(word) is not None


def _has_initials(part: str) -> bool:
    return any(map(_INITIALS.fullmatch, part.split()))


def _is_initials(part: str) -> bool:
    return all(map(_INITIALS.fullmatch, part.split()))


def _is_ended(names: str, by: str, rest: str) -> bool:
    if by in ("year", "mark"):
        return not _is_initials(names) or _ACRONYM.fullmatch(names) is not None
    if by == "colon":
        several = len(_parts(names)) > 1 or "et al" in names
        return several or _has_initials(names) or _TEAM.search(names) is not None
    following = _PART.match(rest)
    part = following[0].strip() if following else ""
    if re.match(rf"(?:{_AND}|eds?\b|editors?\b|et\s+al)", part) or part.lower() in _SUFFIXES:
        return False
    part = _BETWEEN.split(part)[0].strip()
    return (_ended_by_stop if by == "stop" else _ended_by_comma)(names, part, rest)


def _is_turned_round(names: str) -> bool:
    """Whether a list has family names first: `Lee, A.` or `Lee AB`."""
    first, _, behind = names.partition(",")
    if not first.split() or _INITIALS.fullmatch(first.split()[0]) or _TEAM.search(first):
        return False
    if _is_initials(_parts(first)[0].split()[-1]):
        return True
    return _LAST.search(first) is None and any(map(_is_initials, _parts(behind)[:1]))


def _ended_by_stop(names: str, part: str, rest: str) -> bool:
    if len(part) == 1 or (part and all(word in _PARTICLES for word in part.split())):
        return False
    parts = _parts(names)
    last_word = parts[-1].split()[-1]
    whole = len(last_word) > 2 and not _INITIALS.fullmatch(last_word)
    # Who is called "Ada B. Lee" is no "Ada B." whose title begins with "Lee".
    one_name = len(parts) == 1 and _is_name(part)
    # So is no "Ada Lee, B." before "Kim and ...", but "Da Costa, B." may be one.
    given_first = len(parts) == 2 and " " in parts[0] and _is_name(part)
    if given_first and re.match(rf"[^,.;:(]*(?:,|{_AND})", rest):
        return False
    # "Faye Q." is not whole behind "Kim, G." either, if names follow.
    mixed = len(parts) > 2 and _is_initials(parts[1]) and not _is_initials(parts[-1])
    if mixed and _has_initials(parts[-1]) and _is_name(part) and rest[len(part) :][:1] in ",;":
        return False
    begun = _is_initials(parts[-1]) and (len(parts) < 2 or _has_initials(parts[-2]))
    turned_round = _is_turned_round(names) and not one_name and not begun
    return (whole or turned_round) and not _INITIALS.fullmatch(part)


def _ended_by_comma(names: str, part: str, rest: str) -> bool:
    parts = _parts(names)
    turned_round = _is_turned_round(names)
    last = _LAST.split(names)[-1]
    if turned_round and not _has_initials(parts[-1]):
        return False
    if not part or not _is_name(part):
        return len(parts) > 1 or len(names.split()) > 1
    if _INITIALS.fullmatch(part.split(maxsplit=1)[0]):
        return False
    if last != names and (not turned_round or _has_initials(last)):
        return True
    others_have = all(map(_has_initials, parts)) and not turned_round
    return others_have and not (_has_initials(part) or _more_names(parts, rest[len(part) :]))


def _more_names(parts: list[str], behind: str) -> bool:
    """Whether a list in which every name has initials goes on behind one that has none.

    Another with initials follows; or one with a second given name, as in "Ada B. Lee", does.
    """
    following = _PART.match(behind.lstrip(" ,"))
    names = [part for part in _parts(following[0] if following else "") if _is_name(part)]
    if any(map(_has_initials, names)):
        return True
    in_full = any(sum(not _INITIALS.fullmatch(w) for w in p.split()) > 1 for p in parts)
    return bool(names) and in_full and len(parts) < 3
