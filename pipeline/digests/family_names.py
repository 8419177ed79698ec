"""Authors of whom family names alone are printed, and whatever short list of authors a text is."""

from __future__ import annotations

import re

from pipeline.digests.affiliations import without_affiliations
from pipeline.digests.names import (
    AND,
    NOT_NAMES,
    AuthorList,
    is_name,
    names_in,
    with_gap_closed,
)
from pipeline.model.cut_lists import CUT

_FAMILY_NAME = re.compile(
    r"(?:(?:van|von|de|der|den|di|da|del|la|le|el|al|bin) )*"
    r"(?:Mc|Mac|O['’]|D['’]|De|Le|La|Di|Fitz)?"
    r"[A-ZÀ-ÞĀ-Ž][a-zß-ÿĀ-ž'’]+(?:-[A-ZÀ-ÞĀ-Ž][a-zß-ÿĀ-ž'’]+)*(?<!tion)(?<!ment)(?<!ness)(?<!osis)(?<!apy)(?<!ology)"
)

_CYRILLIC = re.compile(r"[А-ЯЁІЇЄ][а-яёіїє'’]+(?:-[А-ЯЁІЇЄ][а-яёіїє'’]+)*")
_AND_BEFORE_YEAR = re.compile(
    r"(?<=\w) (?:y|e|и|та|og|och|en|ve|ja|és) (?=[^\W\d_]+,? \(?(?:19|20)\d\d)"
)
"""`And` in other languages between two family names with a year behind them."""
_BY = re.compile(
    r"^by\s|^(?:de|von|par|por|di|da|door|av|af|od|от)\s(?=[^\W\d_a-zß-ÿ]\S*\s[^\W\d_a-zß-ÿ])"
)
"""A word that says who wrote a paper, and is no part of the first full name."""


def without_by(text: str) -> str:
    """A list of authors without the word before it that says so, as `by` and `von`."""
    return _BY.sub("", text)


def names_of(text: str) -> AuthorList | None:
    """The authors that a text is: a list, family names, or one full name; None for any other."""
    text = without_affiliations(without_by(text.strip(" ,")))
    listed = names_in(text) or family_names_in(text)
    return listed or (names_in(text, sure=True) if is_name(text) else None)


def family_names_in(text: str) -> AuthorList | None:
    """The family names that a text is, and where or when after them; None for any other text.

    >>> family_names_in("Kipf & Welling, ICLR 2017").names, family_names_in("Lee, Kim et al.").names
    (('Kipf', 'Welling'), ('Lee', 'Kim'))
    >>> family_names_in("Docker"), family_names_in("RAG, LLM")
    (None, None)
    """
    if (closed := with_gap_closed(text[:2000])) is not None:
        authors = family_names_in(closed)
        return authors._replace(complete=False) if authors else None
    text = _AND_BEFORE_YEAR.sub(", ", text[:2000].strip(" .,;*_()[]"))
    cut = CUT.search(text)
    inner, after = (text[: cut.start()], text[cut.end() :]) if cut else (text, "")
    items = [item.strip(" *_()") for item in AND.split(inner)]
    count = next((at for at, item in enumerate(items) if not _is_family_name(item)), len(items))
    left = list(items[count:])
    last, stop, beyond = left[0].partition(". ") if left else ("", "", "")
    names = tuple(items[:count])
    if stop and _is_family_name(last):
        names, left[0] = (*names, last), beyond
    after = ", ".join([*left, after])
    where = [part for part in re.split(r"[\s,.;:()]+", after) if part]
    placed = all(part[:1].isupper() or part[:1].isdigit() for part in where) and len(where) < 6
    words = {name.lower() for name in names}
    owned = any(name.endswith(("'s", "’s")) for name in names)
    if len(names) + bool(cut) < 2 or not placed or owned or words & NOT_NAMES:
        return None
    # Of words of a sentence in Cyrillic as many begin with a capital.
    if any(map(_CYRILLIC.fullmatch, names)) and not (cut or any(map(str.isdecimal, where))):
        return None
    return AuthorList(names, cut is None, after.strip(" .,;()*_"))


def _is_family_name(text: str) -> bool:
    return _FAMILY_NAME.fullmatch(text) is not None or _CYRILLIC.fullmatch(text) is not None
