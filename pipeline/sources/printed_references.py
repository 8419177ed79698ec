"""A reference that was deposited as one text: its title, first author and year.

Told by quotation marks (IEEE), by the year before it (APA, ACM, Springer's journals), by the colon
behind the names (Springer's proceedings), by names without full stops (Vancouver). Where a style
only sets commas, the title is not known.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.sources.eprint_authors import first_author_of
from pipeline.sources.eprint_sentences import LEAST_WORDS
from pipeline.sources.eprint_titles import title_of
from pipeline.sources.eprint_wording import year_of
from pipeline.sources.text_markup import as_tex, without_markup

_LOOKED_AT = 2_000
_LABEL = re.compile(r"\s*+(?:\[[^\]]{1,12}\]|\(?\d{1,3}[.)])\s*")
_YEAR = re.compile(r"\(((?:1[6-9]|20)\d\d)[a-z]?\)")
_DATED = re.compile(r"[^\d()]{3,600}\.\s((?:1[6-9]|20)\d\d)[a-z]?\.\s")
_BEFORE_MARK = re.compile(r"(?<=\S)\s(?=[,;]\s)")
_INITIAL = r"[A-Z]\.(?:[ -]?[A-Z]\.){0,3}"
_FAMILY = r"[^\W\d_][\w'’ -]{0,40}"
_HEADS = (
    # Family, A.B., Family, C.: Title
    re.compile(rf"(?:{_FAMILY}, {_INITIAL}(?:, | and | & )?){{1,60}}(?:,? et al\.)?:\s"),
    re.compile(r"[^:.]{2,60},? et al\.?:\s"),
    # A. Given Family, and C. Family. 2018. Title
    _DATED,
    # Family AB, Family C. Title
    re.compile(rf"(?:{_FAMILY} [A-Z]{{1,3}}(?:, )?){{1,60}}(?:,? et al)?\.\s"),
)
_TITLE_END = re.compile(r"[.?!](?=\s|$)|(?:,|(?<![\s,]))\s++[Ii]n:\s")
_LONGEST = 400


class Printed(NamedTuple):
    """What a text says of the work that it names."""

    title: str | None
    first_author: str | None
    year: int | None


def printed_reference(text: str) -> Printed:
    """What a reference says. No author is told where no title is: it may not begin with one.

    >>> printed_reference("Lee, B., Kim, C.: On the weight of stones. In: Proc. X, pp. 1-9 (2019)")
    Printed(title='On the weight of stones', first_author='B. Lee', year=2019)
    """
    label = _LABEL.match(text)
    printed = _BEFORE_MARK.sub("", text[label.end() if label else 0 : _LOOKED_AT])
    said = without_markup(printed)
    stated = _DATED.match(said) or _YEAR.search(said)
    year = int(stated[1]) if stated else year_of("", said)
    title = title_of(as_tex(printed), by_commas=False) or _behind_names(said)
    return Printed(title, first_author_of(said) if title else None, year)


def _behind_names(said: str) -> str | None:
    for head in _HEADS:
        named = head.match(said)
        if not named:
            continue
        rest = said[named.end() : named.end() + _LONGEST]
        end = _TITLE_END.search(rest)
        title = (rest[: end.start()] if end else rest).strip(" .,;:\"“”'")
        if len(title.split()) >= LEAST_WORDS:
            return title
    return None
