"""What is to be done to a printed name before it is read: letters repaired, marks taken off."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from html import unescape

from anyascii import anyascii

from pipeline.model.organisations import is_organisation

_LATER = "\u0080-\u00bf\u0152-\u0192\u02c6-\u2122"
_MOJIBAKE = re.compile(
    f"[\u00c2-\u00df][{_LATER}]|[\u00e0-\u00ef][{_LATER}]{{2}}|[\u00f0-\u00f4][{_LATER}]{{3}}"
)
_GREEK = re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]{2,}")
_LIST_MARK = re.compile(r"^\s*(?:\(?\d{1,2}\)\s*)?(?:(?:and\s|&)\s*(?=\S))?")
_RAISED = re.compile(r"\$?\^\{?[\d*†‡§¶‖,\s]+\}?\$?|\[\d{1,2}\]")
_FOOTNOTE = re.compile(
    r"(?<![*†‡§¶‖#\s])"
    r"(?:(?<=[^\W\d_]|[*†‡§¶‖#,])\d{1,2}|(?<=[\d*†‡§¶‖#]),|[*†‡§¶‖#\s])+$"
)
_SEMICOLON = re.compile(r"(?<!\s)\s*+;(?:\s+(?:and\s|&)?\s*|$)")
_FOR = re.compile(r"(?:,|(?<![\s,]))\s*+\b(?:for|on behalf of)\s++(?:the\s++)?(?=[^\W\d_a-z])")
_AND = re.compile(r",?\s(?:and|&)\s")
_SUPERSCRIPT = str.maketrans("¹²³⁴⁵⁶⁷⁸⁹⁰", "1234567890")
_MARIA = re.compile(r"\bM\.?ª")
_ABBREVIATED = re.compile(
    r"(?<![^\W\d_])(?!(?:St|Dr|Mr|Ms|Mrs|Jr|Sr)\.)([A-Z])[a-z]{1,2}\.(?=.*\w)"
)
_JOINED_INITIALS = re.compile(r"(?<![^\W\d_])([^\W\d_])\.-?(?=[^\W\d_])")


def repaired(text: str) -> str:
    """A name whose UTF-8 was read as Latin-1 or Windows-1252, all or some of it, as it was meant.

    >>> repaired("Bernhard SchÃ¶lkopf"), repaired("João"), repaired("Ã")
    ('Bernhard Schölkopf', 'João', 'Ã')
    >>> repaired("FranÃ§ois Lefèvre")
    'François Lefèvre'
    """
    return text if text.isascii() else _MOJIBAKE.sub(lambda letter: _meant(letter[0]), text)


def separated(text: str) -> tuple[str, ...]:
    """The names of a text that holds several with `;` or `and` between; else the text alone.

    >>> separated("Quvelic, Maria; King, Martin, Jr. and Ann Lee")
    ('Quvelic, Maria', 'King, Martin, Jr.', 'Ann Lee')
    >>> separated("G. Aad for the ATLAS Collaboration")
    ('G. Aad', 'ATLAS Collaboration')
    >>> separated("Bell and Howell"), separated("Centre for Science and Technology Studies")
    (('Bell and Howell',), ('Centre for Science and Technology Studies',))
    """
    if unescape(text) != text:
        return (text,)
    signers = (signer for part in _SEMICOLON.split(text) for signer in _without_group(part))
    return tuple(name for signer in signers for name in _joined(signer)) or (text,)


def _without_group(name: str) -> Sequence[str]:
    """A person who signs for a collaboration, and that; any other name alone."""
    person, *group = _FOR.split(name, maxsplit=1)
    signs = bool(group) and is_organisation(group[0]) and not is_organisation(person)
    return [part for part in (person, *group) if part] if signs or not person else [name]


def _joined(text: str) -> Sequence[str]:
    """Of several full names with `and` between them each; else the text alone."""
    names = [name.strip() for name in _AND.split(text)]
    full = all(len(name.split()) > 1 for name in names)
    return names if full and not is_organisation(text) else [text]


def in_latin(text: str) -> str:
    """A name in Greek letters as it is spelt in Latin ones; any other as it is.

    >>> in_latin("Γιώργος Παπαδόπουλος")
    'Giorgos Papadopoulos'
    """
    if not _GREEK.search(text):
        return text
    return anyascii(text.replace("ου", "ou").replace("ού", "ou").replace("Ου", "Ou"))


def without_list_mark(text: str) -> str:
    """A name without what stands before it in a list: `(1)`, `and`."""
    return _LIST_MARK.sub("", text)


def without_footnotes(text: str) -> str:
    """A name without the marks behind it.

    >>> {without_footnotes(f"Ann Lee{mark}") for mark in ("*", "1,2", "¹", "$^{1,*}$", "[3]")}
    {'Ann Lee'}
    """
    return _FOOTNOTE.sub("", _RAISED.sub("", text).translate(_SUPERSCRIPT))


def spelt_as_initials(text: str) -> str:
    """A name whose abbreviated given names are initials, each by itself.

    >>> spelt_as_initials("Yu.A. Simonov"), spelt_as_initials("Wm. St. Clair")
    ('Y. A. Simonov', 'W. St. Clair')
    """
    if "." not in text:
        return text
    return _JOINED_INITIALS.sub(r"\1. ", _ABBREVIATED.sub(r"\1.", text))


def with_maria(text: str) -> str:
    """A name with Maria in full, which Spanish writes `Mª`."""
    return _MARIA.sub("Maria", text)


def _meant(piece: str) -> str:
    for encoding in ("latin-1", "cp1252"):
        with suppress(UnicodeError):
            return piece.encode(encoding).decode("utf-8")
    return piece
