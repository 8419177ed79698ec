"""A title in plain words: where it ends, be it at a full stop, a comma, a year or a mark."""

from __future__ import annotations

import re

from pipeline.sources.eprint_markup import BLOCK, BOLD, LINK, SLANTED, SLANTED_END, unmarked
from pipeline.sources.eprint_venues import (
    YEAR,
    begins_as_serial,
    is_capitalised,
    is_journal,
    is_like_journal,
    is_numbered,
)

LONGEST = 500
LEAST_WORDS = 3
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
YEAR_FIRST = re.compile(
    rf"[\s.,:;–—-]*(?:\(?(?:{MONTH}\s)?{YEAR}(?:,\s{MONTH})?\)?[.,:;]{{0,2}}(?:\s|(?=“)|$))?[\s.,:;–—-]*"
)
"""What may stand before a title: marks of a sentence, and a year among them."""
_END = re.compile(
    rf"""{BLOCK}|{SLANTED}|{BOLD}|(?<=[,.?!])\s“|,?\s{LINK}|\s\((?={LINK})|\s//?\s|\s[Ii]n:\s
    |(?P<bracketed>\s?\((?:[A-Za-z][a-z]{{2,8}}[.,]{{0,2}}\s|\d\d?\s|\s)?{YEAR}\s?\))
    |\s\((?=[A-Z][^():]{{1,40}}\s?:\s[A-Z])
    |\s?\[[A-Z][A-Za-z/\ ]{{0,20}}\]
    |(?P<stop>(?<![\s.(][A-Z])(?<!\bvs)(?<!\bDr)(?<!\bSt)[.?!](?!\s(?:[IVX]{{1,4}}|Part)\b)
        (?=\s+(?:[A-Z\d“(]|arXiv|{SLANTED}|{BOLD}|{LINK}|https?:))|[.?!]\s*$)
    |[.,]\s(?=[Ii]n:?\s[{SLANTED}A-Z“`‘\d])|,\s(?:[Vv]ol(?:ume|\.)\s\d+\sof|(?:[^,]{{3,80}},\s)?[Vv]ol(?:ume|\.)\s?(?:\d|$)
        |[aA]r[xX]iv|CoRR\b|Ph\.?\s?D|Master|Tech|(?:[A-Z][a-z.]{{1,12}}\s)?[Tt]hesis\b
        |{MONTH}\s{YEAR}|(?P<year>{YEAR}\b(?!–\d|\s(?:to|and|through)\b)))""",
    re.VERBOSE,
)
WITHIN_TITLE = re.compile(
    r"[\s-](?!(?:in|vol|volume|nos?|pp?|pages?|chap|and|eds?|edited|to|submitted|accepted|forthcoming"
    r"|available|online|doi|arxiv|see|preprint|https?|abs|cited|published|issue|art)\b)[a-z]{2}"
)
"""Behind slanted words that stand within a title, as names of species do."""
_SUBTITLE = re.compile(r":\s[^\W\d_]")
_PART_OF_SERIES = re.compile(r"(?:\s|-)(?:[IVX]{2,6}|(?<=-)[IVX])$")
_ABBREVIATION = re.compile(r"\b(?:[A-Z][a-z]{0,5}|[IVX]{2,5})$")
_FOLLOWING = re.compile(
    rf"(?P<words>[^.?!,(\x00-\x07]*)(?P<stop>[.?!](?=\s(?:{SLANTED}|{BLOCK}|In\b)))?"
)
_TO_COMMA = re.compile(r"\s([^,\x00-\x07]{8,300}),\s")
_NUMBERS = re.compile(r"[\d\s().–:eA-Z-]{0,20}\d[\d\s().–:a-zA-Z-]{0,20}")
_VOLUME_AT_END = re.compile(r"\s(?:[a-z]{1,2}\d?-)?\d[\d\s()–-]{0,30}$")
_LEAST_ALONE = 6
"""Words of a title before a volume with no journal's name between: no journal has so many."""
_PAGES_ALONE = re.compile(r"\d{1,4}–\d{1,4}")
"""Pages without a volume, before which a title stands where the words are no journal's."""
_TURNED = re.compile(
    r"\b(?:Journal|Transactions|Proceedings|Bulletin|Annals)\s(?:of|on)(?:\sthe)?$"
)
"""What stands behind the name of a journal that is turned round: `Stones, Journal of`."""
_EDITION = re.compile(r"\b(?:[Ee]dition|edn\.|Vol\.\s?\d)")


def title_sentence(rest: str, after_comma: bool, year: str = "") -> str | None:
    """The plain words that a marked text begins with, up to where a title ends.

    None where they name a journal. `after_comma` is set by a style that sets only commas; the
    `year` of the work is given where it stands before the title, in which another may stand then.
    """
    ends = (end for end in _END.finditer(rest, 0, LONGEST) if not _is_of_title(end, year))
    end = next((end for end in ends if not _goes_on(rest, end, after_comma)), None)
    text = rest[: end.start() if end else LONGEST]
    behind = rest[len(text) :]
    if after_comma:
        title = _before_commas(text, by_year=end is None or end["year"] is not None)
        text, behind = title, text[len(title) :] + behind
    words = unmarked(text)
    has_name = is_capitalised(words) or begins_as_serial(words)
    is_name = has_name and is_numbered(behind.lstrip(" ,."))
    return None if is_name or is_journal(words) else words


def _is_of_title(end: re.Match[str], year: str) -> bool:
    """Whether what may end a title is a year in brackets that is not the work's."""
    return bool(year and end["bracketed"]) and year not in end["bracketed"]


def _goes_on(rest: str, end: re.Match[str], after_comma: bool) -> bool:
    """Whether a title goes on behind a mark that ends sentences.

    Behind the numeral of a part it does with words.
    Slanted words go on with a sentence where no mark parts them from it.
    Behind a year in brackets it does where another follows that is the work's. Behind a question
    mark it does with words, or up to another full stop; where only commas part
    things, a full stop behind a capital is that of an abbreviation, and one before words up to
    a comma stands within the title.
    """
    if end[0] == SLANTED:
        return _is_within(rest, end)
    if end["bracketed"]:
        behind = rest[end.end() : LONGEST].partition(BLOCK)[0].partition(LINK)[0]
        return re.search(rf"\({YEAR}\)", behind) is not None
    if after_comma and end["stop"] == ".":
        before = rest[max(0, end.start() - 20) : end.start()]
        return _ABBREVIATION.search(before) is not None or _words_and_comma(rest[end.end() :])
    in_series = _PART_OF_SERIES.search(rest[max(0, end.start() - 8) : end.start()])
    if end["stop"] not in ("?", "!") and not in_series:
        return False
    following = _FOLLOWING.match(rest, end.end())
    words = following["words"] if following else ""
    plain_words = bool(words.split()) and not is_capitalised(words)
    if in_series:
        return plain_words
    return plain_words or bool(words.strip() and following and following["stop"])


def _is_within(rest: str, slanted: re.Match[str]) -> bool:
    """Whether slanted words stand within a sentence."""
    before = rest[: slanted.start()].rstrip()
    behind = rest[slanted.end() :].partition(SLANTED_END)[2]
    goes_on = WITHIN_TITLE.match(behind) or (before and _SUBTITLE.match(behind))
    return (not before or before[-1].isalnum()) and bool(goes_on)


def _words_and_comma(behind: str) -> bool:
    """Whether words that name no journal stand before the next comma."""
    words = _TO_COMMA.match(behind)
    return words is not None and not is_capitalised(words[1]) and not is_journal(words[1])


def _before_commas(text: str, by_year: bool) -> str:
    """What stands before the journal or the publisher, where all are set apart by commas."""
    parts = text.split(", ")
    edition = next((n for n, part in enumerate(parts) if n and _EDITION.search(part)), None)
    if edition:
        return ", ".join(parts[:edition])
    kept = list(parts)
    while len(kept) > 1 and _NUMBERS.fullmatch(kept[-1]):
        kept.pop()
    pages_alone = [part.strip(" .") for part in parts[len(kept) :]]
    if _PAGES_ALONE.fullmatch(" ".join(pages_alone)) and not is_capitalised(kept[-1]):
        return ", ".join(kept)
    if len(kept) > 1 and _TURNED.search(kept[-1]):
        kept.pop()
    if len(kept) < len(parts) or _VOLUME_AT_END.search(kept[-1]):
        # The last part is the journal, with its volume or before it, or the title where none is.
        alone = _VOLUME_AT_END.sub("", kept[0])
        is_title = len(alone.split()) >= _LEAST_ALONE and not is_like_journal(alone)
        return alone if len(kept) == 1 and is_title else ", ".join(kept[:-1])
    while len(kept) > 1 and is_capitalised(kept[-1]):
        kept.pop()
        if not by_year:
            break
    title = ", ".join(kept)
    enough = len(title.split()) >= LEAST_WORDS or (" " in title and not is_capitalised(title))
    return title if enough else text
