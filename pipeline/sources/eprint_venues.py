"""What in an item of a bibliography names a venue, and so is no title.

A venue is known by how it begins, by its abbreviations, or by the volume behind it.
"""

from __future__ import annotations

import re

from pipeline.sources.eprint_markup import BOLD, LINK, LINK_END, SLANTED, SLANTED_END

YEAR = r"(?:1[6-9]|20)\d\d[a-z]?"
# What begins the block behind a title. A title may begin with each of these words too, as in
# "In defense of", "Mastering", "Advances in rendering" or "Technical report on".
_VENUE = re.compile(
    rf"""\s*+(?:
      in\b\s*(?:[:~,]|{SLANTED}|{LINK}|“|the\s+proc|proc\.?\b|proceedings|advances\ in\ neural|\d
          |(?-i:[A-Z]{{3,}})\b
          |[^.,]{{0,80}}\b(?:conference|workshop|symposium|congress|eds?\.|editors?)\b)
      |{SLANTED}?\s*(?:proc\.|proceedings\ of|advances\ in\ neural\ information)
      |arxiv(?:\.org)?\s*(?:e-?prints?|preprints?)?\s*(?:[:,.\[(/{LINK}]|$|arxiv|abs|\d)
      |corr\b\s*(?:[,.:]|abs|$)|(?:e-?print|preprint)s?\s*(?:[,.:]|arxiv|$)
      |https?:|{LINK}{LINK_END}|doi\s*:
      |technical\ report\s*(?:[,.\d(]|$|(?-i:[A-Z]{{2,}})|no\b|number|tr\b)
      |(?:ph\.?\s?d\.?|master(?:'?s|s')?|doctoral|bachelor(?:'?s)?|diploma)\s+(?:thesis|dissertation)
      |available\s+(?:at|from|on|online|via)\b|accessed\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
# What stands behind the name of a journal; a year does not tell.
_VOLUME = re.compile(
    rf"""[\s/{LINK}{LINK_END}{SLANTED_END}]*(?:[A-Z]\s?)?
    (?:{BOLD}|(?!(?:1[6-9]|20)\d\d\b)\d|\(\d{{1,3}}\)
      |(?:vol(?:ume)?|bd|band|tome)\.?\s?\d(?![^,.;]{{0,8}}\sof\b)|no\.?\s?\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_YEAR_AND_VOLUME = re.compile(rf"[,\s]*{YEAR},\s?(?:{BOLD}|\d)")
_PAGES = re.compile(r"\d\s?(?:\(\d+\))?\s?:\s?\d|\bpp?\.\s?\d|\bvol(?:ume)?\.?\s?\d", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b[A-Z][a-z]{0,8}\.(?=\s|$)")
_LONGEST_ABBREVIATED = 5
_NAMED = re.compile(
    r"\b(?:Journal|Letters|Transactions|Annals|Bulletin|Notices|Proceedings|Conference|Symposium"
    r"|Workshop|Comptes Rendus)\b"
)
_SERIAL_FIRST = re.compile(
    r"(?:Publications|Journal|Transactions|Annals|Bulletin|Proceedings|Monthly\snotices)\s(?:of|on)\b",
    re.IGNORECASE,
)
_SERIAL = re.compile(rf"IEEE\b|ACM\b|{_NAMED.pattern}", re.IGNORECASE)
_SMALL = frozenset(
    "of and the for de la in on & der und et to für des du di del della do da y e les en".split()
)
_ELIDED = re.compile(r"[dl]['’][^\W\d_a-z]")


def begins_venue(text: str) -> bool:
    """Whether a marked text begins as the name of a venue does."""
    return _VENUE.match(text) is not None


def has_pages(text: str) -> bool:
    """Whether pages or a volume stand in a text."""
    return _PAGES.search(text) is not None


def is_numbered(behind: str) -> bool:
    """Whether what stands behind a name is the volume of a journal."""
    return (_VOLUME.match(behind) or _YEAR_AND_VOLUME.match(behind)) is not None


def is_journal(text: str) -> bool:
    """Whether words are the name of a journal or a conference, or a preprint's number."""
    named = _NAMED.search(text) is not None and is_capitalised(text)
    return named or is_abbreviated(text) or begins_venue(text)


def begins_as_serial(text: str) -> bool:
    """Whether words begin as the names of journals do, with or without capitals."""
    return _SERIAL_FIRST.match(text) is not None


def is_like_journal(text: str) -> bool:
    """Whether words may be a journal's name, with or without capitals."""
    return is_capitalised(text) or _SERIAL.search(text) is not None


def is_abbreviated(text: str) -> bool:
    """Whether words are mostly abbreviations, or few, capitalised and abbreviated at the end."""
    abbreviated = _ABBREVIATED.findall(text)
    words = text.split()
    if 2 * len(abbreviated) >= len(words):
        return True
    at_end = bool(abbreviated) and text.endswith(abbreviated[-1])
    return at_end and len(words) <= _LONGEST_ABBREVIATED and is_capitalised(text)


def is_capitalised(text: str) -> bool:
    """Whether all words but the small ones have capitals, and the first is no "and"."""
    words = text.split()
    return words[:1] not in (["and"], ["&"]) and all(
        not word[0].islower() or word in _SMALL or _ELIDED.match(word) for word in words
    )
