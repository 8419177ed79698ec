r"""The first author of a bibliography's item, given name first."""

from __future__ import annotations

import re

from pipeline.model.organisations import is_organisation
from pipeline.sources.eprint_markup import marked, unmarked
from pipeline.sources.eprint_name_lists import names_end
from pipeline.sources.eprint_wording import LONGEST, NEWBLOCK, braced, plain

_AUTHOR = re.compile(
    r"\\(?:bibinfo\s{0,3}\{\s?(?:author|person)\s?\}|bibnamefont|bauthor|bibauthor|begin\{APACrefauthors\})"
    r"\s{0,3}"
)
_SURNAME = re.compile(r"\\bsnm\s?\{([^{}]{1,80})\}")
_INITIALS = re.compile(r"\\binits\s?\{([^{}]{1,40})\}")
_NAMES_END = re.compile(r"\s(?:and|&|et\.? al)(?![a-z])|;|\(|\d{4}|:\s")
_ALONE_END = re.compile(r"(?<=[^\W\d_]{2})[.:]\s|(?<![\s.,])[\s.,]*\(?\b(?:1[6-9]|20)\d\d[a-z]?\b")
"""What ends the name of an organisation that stands alone: a full stop, a colon, a year."""
_SAME = re.compile(r"\\bysame|\\[vh]?rule(?![A-Za-z])")
"""What stands in the place of the names of the item before: a line."""
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)")
_INITIAL = re.compile(r"(?:[^\W\d_]\.?(?:[- ]|(?=[A-Z])))*[^\W\d_]\.?")
_STOP_BEHIND_INITIALS = re.compile(r"(?<=[A-Z]{2})\.$")
_SENTENCE = re.compile(
    r"[^,;:(]{0,80}?(?:[^\W\d_]{2}|[\s.][A-Z])\.\s(?:[^\W\d_]\s|[^\W\d_]{2,}\s[^\W\dA-Z_])"
    r"|[^,;:(]{1,60},\s(?:[A-Z]\.[\s-]?){1,4}[^\W\d_]+\s"
)
"""Names behind which other words stand after a full stop, as a title does."""


def first_author_of(body: str) -> str | None:
    """The first author of an item, given name first."""
    surname, initials = _SURNAME.search(body), _INITIALS.search(body)
    if surname:
        given = plain(initials[1]) if initials else ""
        return f"{given} {plain(surname[1])}".strip()
    head = NEWBLOCK.split(body, maxsplit=1)[0][:LONGEST]
    if _SAME.search(head[:60]):
        return None
    author_macro = _AUTHOR.search(head)
    if author_macro and "bibinfo" in author_macro[0]:
        return first_person(plain(braced(body, author_macro.end()) or ""))
    start = author_macro.end() if author_macro else 0
    text = plain(re.split(r"``|“|\\emph|\\textit|\{\\(?:em|it)|\\href", head[start:])[0])
    alone = _ALONE_END.split(text, maxsplit=1)[0].strip(" .:")
    if is_organisation(alone) and "," not in alone:
        return alone
    if _SENTENCE.match(text):
        # A title stands where names could: only where these end tells them apart.
        shown = marked(head[start:])
        end = names_end(shown)
        names = unmarked(shown[: end.position]).strip(" ,:;(") if end else text
        text = _STOP_BEHIND_INITIALS.sub("", names)
    return first_person(text)


def first_person(names: str) -> str | None:
    """The first of a list of names, given name first, whichever way the list has it.

    >>> [first_person(n) for n in ("Vaswani, A., Shazeer, N.", "A. Vaswani, N. Shazeer", "Li J.")]
    ['A. Vaswani', 'A. Vaswani', 'J. Li']
    """
    first = [
        part.strip(" .:") if len(part) > 40 else part.strip(" :")
        for part in _NAMES_END.split(names, maxsplit=1)[0].split(",")[:3]
    ]
    name = first[0]
    if len(first) > 1 and first[1] and _inverted(first):
        name = f"{first[1]} {name}"
    else:
        words = name.split()
        turned = len(words) > 1 and _INITIAL.fullmatch(words[-1])
        if words and _SUFFIX.fullmatch(words[-1].rstrip(".")):
            name = name.rstrip(".")
        elif turned and not _INITIAL.fullmatch(words[0]):
            name = " ".join([*_initials_first(words)])
    name = " ".join(name.split())
    name = name.removesuffix(".") if re.search(r"[^\W\d_]{3}\.$", name) else name
    return name if len(name) <= 80 and sum(map(str.isalpha, name)) >= 2 else None


def _inverted(parts: list[str]) -> bool:
    """Whether a list begins `Family, Given`: initials follow, or one word follows one word."""
    family, given = parts[0].split(), parts[1].split()
    if _SUFFIX.fullmatch(parts[1]) or not family:
        return False
    if _INITIAL.fullmatch(parts[1]) and not _INITIAL.fullmatch(family[0]):
        return True
    return len(family) == len(given) == 1 and "." not in parts[0]


def _initials_first(words: list[str]) -> list[str]:
    cut = next(i for i in range(len(words)) if all(_INITIAL.fullmatch(w) for w in words[i:]))
    return [*words[cut:], *words[:cut]]
