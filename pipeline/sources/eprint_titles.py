r"""The title of a bibliography's item, where its style tells it apart.

Told by macros that name it (REVTeX, ACM, Springer, APA), else by `\newblock` (plain, natbib and
their kin), else by where the list of names ends (`eprint_name_lists`). A title in quotation marks
(IEEE), in slanted letters (JHEP, AMS, SIAM) or in a link (ACL) is what these hold; slanted letters
before a volume are a journal's.
"""

from __future__ import annotations

import re

from pipeline.sources.eprint_ids import without_ids
from pipeline.sources.eprint_markup import (
    BLOCK,
    BOLD,
    LINK,
    LINK_END,
    SLANTED,
    SLANTED_END,
    marked,
    unmarked,
)
from pipeline.sources.eprint_name_lists import (
    NamesEnd,
    are_names_alone,
    is_before_initials,
    is_of_names,
    names_end,
)
from pipeline.sources.eprint_sentences import LEAST_WORDS, WITHIN_TITLE, YEAR_FIRST, title_sentence
from pipeline.sources.eprint_title_ends import (
    NO_TITLE_BLOCK,
    without_numbers,
    without_publisher,
    without_report_number,
    without_tail,
    worthy,
)
from pipeline.sources.eprint_venues import (
    YEAR,
    begins_as_serial,
    begins_venue,
    has_pages,
    is_abbreviated,
    is_capitalised,
    is_journal,
    is_like_journal,
    is_numbered,
)
from pipeline.sources.eprint_wording import NEWBLOCK, YEARS, braced

_TITLE = re.compile(
    r"\\(?:bibinfo\s{0,3}\{\s?title\s?\}"
    r"|(?![A-Za-z]{0,20}(?:bjtitle|journal|book|series|short|sep|delim|punct|colon|case|add|sub))"
    r"[A-Za-z]{0,20}title(?:font)?(?![A-Za-z]))\s{0,3}(?=\{)",
    re.IGNORECASE,
)
"""A macro that is called after titles."""
_NAME_IN_PARTS = re.compile(r"(?:\{[^{}]{1,80}\}\s?){2,3}\{[^{}]{0,80}\}\s?\{\}\s?\{")
"""A name as macros get it that set it later: what they print of the item is not known."""
_BOOK_TITLE = re.compile(r"\\[A-Za-z]{1,20}book[A-Za-z]{0,4}title\s{0,3}(?=\{)", re.IGNORECASE)
_IN = re.compile(r"\b[Ii]n[:\s~{}\\]*(?:short|long)?[\s{}.:\\]*$")
_WHOLE_BOOK = re.compile(r"\\newblock\s{1,3}\\bibinfo\s{0,3}\{\s?booktitle\s?\}\s{0,3}\{")
_VENUE_BEHIND = re.compile(
    rf"""[.,]\s(?=(?:[Ii]n:?\s)?{SLANTED}[^{SLANTED_END}]{{2,200}}{SLANTED_END}[\s.,]*(?:$|[{BOLD}({LINK}\d]))
    |,\s(?=(?:[Ii]n:?\s)[A-Z]\.?\s|{BOLD}\d)|\s/\s
    |(?:\.|(?<=[?!]))\s(?=(?:[Ii]n:?\s)?{SLANTED})|(?:\.|(?<=[?!]))\s[Ii]n:?\s(?=[A-Z“])
    |\s?\[(?:[A-Z]{{1,2}}(?:/[A-Z]{{2}})?|[^\W\d_A-Za-z]+)\]|\s?//
    |[.,:]?\s(?:preprint\s)?[Aa]r[Xx]iv:\s?(?:\d{{4}}\.\d|[a-z-]+/\d)""",
    re.VERBOSE,
)
"""What ends a title within its block: a venue, the kind of a document, a preprint's number."""
_REPORT = re.compile(r"\s?\[[A-Z]{1,2}(?:/[A-Z]{2})?\]")
_BEHIND_SLANTED = re.compile(r"\s?[,.;:()“/]|\s*$|\s?in\b|[A-Z]")
_COMMA_AND_VOLUME = re.compile(rf",?\s?(?:{YEAR},?\s)?{BOLD}")
_NUMBERED_WITHIN = re.compile(r",\s\d{1,4}(?:\s?\(\d|[:,]\s?\d)")
_BOLD_NUMBER = re.compile(rf"(?<![.,;:?!])\s?{BOLD}[\dA-Z]?\d")
_CHINESE = re.compile(
    r"[\u3400-\u9fff·，、, \s]{2,120}[.．]\s?([^.\[\]\x00-\x07]{3,200}?)\s?\[(?:[A-Z]{1,2})[/\]]"
)
"""Names in Chinese letters, a title, and the kind of the document, as China's standard has it."""
_NOBODY = re.compile(r",\s{0,3},(?=\s)")
"""Where a name is missing between two."""
_SERIES = re.compile(
    rf"{SLANTED}[^{SLANTED_END}]{{3,150}}{SLANTED_END}[.,]\s(?:Bd|Vol)\.?\s?\d+\s?:\s(?={SLANTED})"
)
_YEAR_BEHIND = re.compile(rf"(?<=\w)[\s.,;]+{YEAR}$")
_YEAR_IN_BRACKETS = re.compile(rf",?\s\({YEAR}\)$")
_YEAR_BEFORE = re.compile(rf"(?<!\d)({YEAR})\W*$")
_GROUP = re.compile(r"(?<=[,.:)])[\s~]{1,3}(?=\{(?!\s*\\[a-z]{2}))")
_NAMES_WITHIN = 6_000
_GROUP_ENDS = re.compile(r"\s*(?:[,.?]|~?\s?(?:[(\[]|//)|$)")
_APART = (SLANTED, LINK, "“")
_WORDS_BEHIND = re.compile(
    r"\s?(?P<sign>[:–—-]\s?)?(?P<words>(?<=[\s–—-])[^\W\d_][^.?!,\x00-\x07]+)"
)
_NO_WORDS_OF_TITLE = re.compile(
    r"(?:in|ed(?:ited|s?\.)|vol(?:ume)?|pp?|no|pages?|chap(?:ter)?|to\sappear|accepted|submitted"
    r"|available|accessed|presented|preprint|manuscript|unpublished|arxiv|doi|https?|url|ph\.?d"
    r"|master|talk|online|retrieved|from|at|[a-z]{1,2}\.)(?![a-z-])",
    re.IGNORECASE,
)
"""What stands behind a title in quotation marks that has no mark of a sentence."""


def title_of(body: str, by_commas: bool = True) -> str | None:
    """The title that an item prints, without the full stop behind it.

    Where a style sets only commas between names, title and journal, it is told `by_commas` if the
    journal can be told from the title.
    """
    title = _named(body) or _in_braces(body) or _block_in_braces(body)
    if title or "\\bibinfo" in body or _NAME_IN_PARTS.search(body):
        return title
    text = _NOBODY.sub(",", marked(body))
    if in_chinese := _CHINESE.match(text):
        return worthy(in_chinese[1])
    head, _, blocks = text.partition(BLOCK)
    end = names_end(head)
    rest = YEAR_FIRST.sub("", head[end.position :], count=1) if end else ""
    if end and (end.by in ("colon", "year") or rest[:1] in _APART or _is_sentence(rest)):
        before_blocks = _behind_names(text, end, by_commas)
        if before_blocks:
            return before_blocks
    in_blocks = _of_blocks(text) if blocks and _may_be_names(head) else None
    return in_blocks or _behind_names(text, end, by_commas)


def _is_sentence(text: str) -> bool:
    """Whether a marked text begins with words that are no names."""
    words = unmarked(text.partition(". ")[0]).split()
    return (
        len(words) >= LEAST_WORDS and sum(word.isalpha() and word.islower() for word in words) > 1
    )


def _may_be_names(head: str) -> bool:
    """Whether what stands before the first block may be names alone."""
    titled = re.search(r":\s\w+\s\w", unmarked(head))
    words = unmarked(head).split()
    in_plain = [w for w in words if w.isalpha() and w.islower() and not is_of_names(w)]
    return not titled and len(in_plain) < LEAST_WORDS and not head.rstrip().endswith("—")


def _named(body: str) -> str | None:
    """What stands in a macro that is called after titles, if no "In" before it says of what."""
    whole_book = _WHOLE_BOOK.search(body)
    named = _TITLE.search(body)
    named = named or _BOOK_TITLE.search(body.partition("\\newblock")[0])
    if named and not _IN.search(body, max(0, named.start() - 40), named.start()):
        return worthy(marked(braced(body, named.end()) or ""))
    return worthy(marked(braced(body, whole_book.end() - 1) or "")) if whole_book else None


def _in_braces(body: str) -> str | None:
    """What a group in braces holds behind names alone, if it is no name or numbered journal.

    Many writers of `.bib` files keep a title's letters as they are by braces around all of it.
    """
    head = body.partition("\\newblock")[0][:_NAMES_WITHIN]
    for start in _GROUP.finditer(head):
        inside = braced(head, start.end()) or ""
        behind = head[start.end() + len(inside) + 2 :]
        if " " not in inside.strip() or not _GROUP_ENDS.match(behind):
            continue
        words = unmarked(marked(inside))
        if are_names_alone(words) or is_before_initials(unmarked(marked(behind[:40]))):
            continue
        is_venue = is_journal(words) or is_numbered(marked(behind[:200]).lstrip(" ,"))
        alone = not is_venue and are_names_alone(marked(head[: start.end()]))
        return worthy(words) if alone else None
    return None


def _block_in_braces(body: str) -> str | None:
    """What a group in braces holds that is the whole first sentence of the first block."""
    block = NEWBLOCK.split(body, maxsplit=2)[1:2]
    text = block[0].lstrip() if block else ""
    inside = braced(text, 0) if text.startswith("{") else None
    if inside is None or not _GROUP_ENDS.match(text[len(inside) + 2 :]):
        return None
    words = unmarked(marked(inside))
    is_venue = is_journal(words) or is_numbered(marked(text[len(inside) + 2 :][:200]).lstrip(" ,"))
    alone = is_venue or len(words.split()) < LEAST_WORDS or are_names_alone(words)
    return None if alone or inside.lstrip().startswith("\\") else worthy(words)


def _prints_one_year(text: str) -> bool:
    """Whether a year that stands in a text is the work's own, for there is no other."""
    return len(YEARS.findall(without_ids(unmarked(text)))) == 1


def _of_blocks(text: str) -> str | None:
    """The title in the first block of words behind the names; None where a venue stands there."""
    written = (YEAR_FIRST.sub("", block, count=1) for block in text.split(BLOCK)[1:])
    block = next((each for each in written if not NO_TITLE_BLOCK.match(each)), "")
    block = _SERIES.sub("", block, count=1)
    set_apart = _set_apart(block)
    if set_apart is not None:
        return set_apart or None
    before_venue = _VENUE_BEHIND.split(block, maxsplit=1)[0]
    words = unmarked(before_venue).rstrip(" .")
    is_venue = begins_venue(block) or has_pages(words) or is_abbreviated(words)
    if is_venue or _BOLD_NUMBER.search(before_venue):
        return None
    words = _YEAR_IN_BRACKETS.sub("", words) if _prints_one_year(text) else words
    kind = _REPORT.match(block, len(before_venue))
    return worthy(without_report_number(words) if kind else without_tail(words))


def _set_apart(text: str) -> str | None:
    """What quotation marks, a link or slanted letters hold that a text begins with.

    None where it begins with none of them, or the title goes on behind a quotation; nothing where
    they hold no title.
    """
    if text.startswith("“"):
        quoted = _quoted(text)
        goes_on = _goes_on(quoted, text[len(quoted) + 2 :])
        return None if goes_on else worthy(quoted.rstrip("?!")) or ""
    if text.startswith(LINK) and not text.startswith(LINK + LINK_END):
        inside = text[1:].partition(LINK_END)[0]
        within = _set_apart(inside) if inside[:1] in (SLANTED, "“") else None
        return within if within is not None else worthy(inside) or ""
    if text.startswith(SLANTED):
        inside, _, rest = text[1:].partition(SLANTED_END)
        if WITHIN_TITLE.match(rest):
            return None
        is_venue = begins_venue(text) or begins_venue(inside) or is_abbreviated(unmarked(inside))
        named = unmarked(inside)
        is_venue = is_venue or begins_as_serial(named)
        is_venue = is_venue or (is_capitalised(named) and _NUMBERED_WITHIN.match(rest) is not None)
        if is_numbered(rest) or is_venue or _COMMA_AND_VOLUME.match(rest):
            return ""
        is_ended = _BEHIND_SLANTED.match(rest) or inside.rstrip().endswith((".", "?", "!"))
        return (worthy(inside) or "") if is_ended else None
    return None


def _goes_on(quoted: str, behind: str) -> bool:
    """Whether a title begins with a quotation, as words that are no venue follow it.

    Styles that quote titles set a comma or a full stop at either side of the last mark.
    """
    following = _WORDS_BEHIND.match(behind)
    if quoted.rstrip()[-1:] in (",", ".") or not following or begins_venue(following["words"]):
        return False
    if following["sign"] or following["words"][0].islower():
        return not _NO_WORDS_OF_TITLE.match(following["words"])
    is_asked = quoted.rstrip()[-1:] in ("?", "!")
    return (
        is_asked
        and _is_sentence(following["words"])
        and not is_like_journal(unmarked(following["words"]))
    )


def _quoted(text: str) -> str:
    """What stands within the quotation mark that a text begins with, others in it included."""
    depth = 0
    for position, sign in enumerate(text):
        depth += {"“": 1, "”": -1}.get(sign, 0)
        if depth == 0:
            return text[1:position]
    return text[1:].partition("”")[0]


def _behind_names(text: str, end: NamesEnd | None, by_commas: bool) -> str | None:
    head = text.partition(BLOCK)[0]
    if end is None:
        quoted = head[:2_000].find("“")
        before = unmarked(head[max(0, quoted - 20) : quoted])
        is_apart = quoted >= 0 and re.search(r"(?:^|[.,:;)\d])$", before) and not _IN.search(before)
        return worthy(_quoted(head[quoted:2_000])) if is_apart else None
    if end.by == "comma" and not by_commas:
        return None
    rest = YEAR_FIRST.sub("", head[end.position :], count=1)
    set_apart = _set_apart(rest)
    if set_apart is not None:
        return set_apart if rest[0] == "“" or len(set_apart.split()) > 1 else None
    if begins_venue(rest):
        return None
    after_comma = head[: len(head) - len(rest)].rstrip()[-1:] == ","
    before = unmarked(head[: len(head) - len(rest)])
    year = _YEAR_BEFORE.search(before) if end.by == "year" else None
    told = title_sentence(rest, after_comma, year[1] if year else "")
    sentence = without_publisher(without_tail(told or ""))
    before_volume = without_numbers(sentence)
    sentence = sentence if is_like_journal(before_volume) else before_volume
    if _prints_one_year(text):
        sentence = _YEAR_BEHIND.sub("", sentence)
    title = worthy(sentence)
    least = LEAST_WORDS - (end.by in ("colon", "year"))
    return title if title and len(title.split()) >= least else None
