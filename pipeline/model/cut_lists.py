"""Words at the end of a list of authors that say there are more, in many languages."""

from __future__ import annotations

import re

CUT_ITEM = re.compile(
    r"(?:and\s+|&\s*)?(?:et\.?\s+al\.?"
    r"|(?:\d{1,4}\s+)?(?:other|more)s?(?: (?:authors?|contributors?))?|\d{1,4} others"
    r"|(?-i:u\.\s?a\.)|et coll\.?|등|외|ほか|他|等|ら|وآخرون)|\(?additional authors not shown\)?",
    re.IGNORECASE,
)
"""An item of a list that says so."""
_BEHIND_NAME = r"(?:(?<=[\w.]\s)|(?<=\.,\s))"
"""After a space behind a word or an initial, `и др.`; behind a comma after an initial alone."""
CUT = re.compile(
    r"(?:[,;、，،]\s*+|(?<!\s)\s*+)\(?(?:\b(?:et|Et|ET)\.?\s*(?:al|Al|AL)\b\.?"
    r"|\band (?:\d+ )?(?:others|more)\b"
    r"|(?:(?:(?<=\s)|(?<=\w{3}))외|(?<=\s)등)(?:\s*+\d++)?\s*+(?:명|인)?(?!\w)|외\s*+\d++\s*+[명인]"
    r"|等\s*+\d*+\s*+(?:位|人|名)?(?:作者)?|ほか\s*+\d*+\s*+名?|\bu\.\s?a(?:\.|$)|\bet coll\.?"
    r"|(?:(?<=\s)|(?<=[^\W\dぁ-ゖ]))ら(?!\w)"
    r"|(?:(?<=[\s,、，])|(?<=\w{3}))他(?!\w)|(?<=[\w\s])他\s*+\d++\s*+名?(?!\w)"
    r"|(?:(?<=\w)他|(?<=\w)(?<!\w\w)외)(?=[,，、]?+\s?+(?:19|20)\d\d)"
    rf"|{_BEHIND_NAME}(?:i in|m\.\s?fl|mfl|o\.\s?fl|a kol|и др|та ін|ym|dkk|vd|e\.\s?a|és mtsai?"
    r"|и соавт|і співавт|y col(?:s|ab)?|e col(?:s|ab)?|i wsp|a spol|ja kump)(?:\.|$)"
    rf"|{_BEHIND_NAME}(?:y otros|e outros|e altri|et autres|und andere|en anderen|ve diğerleri"
    r"|và cộng sự|y colaboradores|e colaboradores|e colleghi|et collègues|und kollegen|ve ark"
    r"|и другие|та інші|i inni|a další|och andra|og andre|ja muut)(?!\w)\.?)\)?"
)
"""Where a text says so behind names: in lower case, as initials and names are not."""
CUT_END = re.compile(rf"(?:{CUT.pattern})\s*+$")
_YEAR_BEHIND = re.compile(r"(?:(?<!\s)\s++|,\s?)\(?(?:19|20)\d\d[a-z]?\)?$")
_AND_WHEN = re.compile(
    rf"(?:{CUT.pattern})?[\s,，、.]*+[(（]?(?:\d\d?[-/])?(?:19|20)\d\d[a-z]?[)）]?(?=\W|$)"
    rf"(?!\s?[-/.年년]\s?\d)|(?:{CUT.pattern})"
)


def without_others(text: str) -> tuple[str, bool]:
    """A list of authors without the words that say there are more, and whether it had them.

    >>> without_others("Lee et al. (2024)"), without_others("이안 외 3명"), without_others("Lee")
    (('Lee', True), ('이안', True), ('Lee', False))
    """
    cut = CUT_END.search(_YEAR_BEHIND.sub("", text))
    return (text[: cut.start()], True) if cut and cut.start() else (text, False)


def behind_list(name: str, text: str) -> str:
    """What stands behind the last name of a list, without `et al.` and the year.

    >>> behind_list("Lee", " et al., 2024) good"), behind_list("Lee", " y otros, so so")
    ('good', 'so so')
    """
    match = _AND_WHEN.match(name + text, len(name))
    return text[match.end() - len(name) :].lstrip(" )）,，、") if match else text
