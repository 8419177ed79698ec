r"""The title of a bibliography's item, where its style tells it apart.

Told by macros that name it (REVTeX, ACM, Springer, APA), by `\newblock` (plain, natbib and their
kin, also where it is a link), by quotation marks (IEEE), by a year in brackets before it
(Springer's and APA's), by a first `\emph` before a linked journal (JHEP). Where a style only sets
commas, the title is not known.
"""

from __future__ import annotations

import re

from pipeline.sources.eprint_wording import LONGEST, NEWBLOCK, braced, plain

_TITLE = re.compile(
    r"\\(?:bibinfo\s{0,3}\{\s?title\s?\}|showarticletitle|batitle|bctitle|APACrefatitle"
    r"|APACrefbtitle|bibtitle|articletitle|bbtitle)\s{0,3}\{"
)
# The mark of an umlaut, as in `{\"u}`, is no quotation mark.
_QUOTED = re.compile(r"(?:``|“|(?<!\\)\")(.{8,400}?)[,.?!]?\s?(?:''|”|(?<!\\)\")", re.DOTALL)
_EMPH = re.compile(r"\\(?:emph|textit)\s?\{|\{\\(?:em|it|sl)(?![a-z])\s?")
_JOURNAL_LINK = re.compile(r"\\href[^{}]{0,10}\{[^{}]{0,300}\}\s?\{|\\emph|arxiv", re.IGNORECASE)
_SLANT = r"(?:\\(?:em|emph|it|sl|textit|bibinfo|booktitle)(?![a-z])|\{\\(?:em|it|sl)(?![a-z]))"
# What begins the block behind a title. A title may begin with each of these words too, as in
# "In defense of", "Mastering", "Advances in rendering" or "Technical report on".
_VENUE = re.compile(
    rf"""\s*+(?:
      in\b\s*(?:[:~]|{_SLANT}|the\s+proc|proc\.?\b|proceedings|advances\ in\ neural|\d
          |(?-i:[A-Z]{{3,}})\b
          |[^.,]{{0,80}}\b(?:conference|workshop|symposium|congress|eds?\.|editors?)\b)
      |{_SLANT}?\s*\{{?\s*(?:proc\.|proceedings\ of|advances\ in\ neural\ information)
      |arxiv(?:\.org)?\s*(?:e-?prints?|preprints?)?\s*(?:[:,.\[(/]|$|arxiv|abs|\d)
      |corr\b\s*(?:[,.:]|abs|$)|(?:e-?print|preprint)s?\s*(?:[,.:]|arxiv|$)
      |https?:|\\url|\\eprint|\\doi|doi\s*:
      |technical\ report\s*(?:[,.\d(]|$|(?-i:[A-Z]{{2,}})|no\b|number|tr\b)
      |(?:ph\.?\s?d\.?|master(?:'?s|s')?|doctoral|bachelor(?:'?s)?|diploma)\s+(?:thesis|dissertation)
      |available\s+(?:at|from|on|online|via)\b|accessed\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LINKED = re.compile(r"\s*\\href\s{0,3}(?=\{)")
_DATE_TAIL = re.compile(r",\s{1,5}(?:[A-Z][a-z]{2,8}\s)?(?:19|20)\d\d[a-z]?\.?\s{0,5}$")
_PAGES = re.compile(r"\d\s?(?:\(\d+\))?\s?:\s?\d|\bpp?\.\s?\d|\bvol(?:ume)?\.?\s?\d", re.IGNORECASE)
_DATED = re.compile(r"[^()]{3,300}\((?:1[6-9]|20)\d\d[a-z]?\)[.,:]?\s+(?=[{\\\w“‘])")
_SENTENCE_END = re.compile(r"[.?!](?=\s+(?:[A-Z\\{]|arXiv|In\b|https?:))|[.?!]\s*$")
LEAST_WORDS = 3


def title_of(body: str) -> str | None:
    """The title that an item prints, without the full stop behind it."""
    for title_part in (_named_title, _block_title, _quoted_title, _dated_title, _slanted_title):
        title = plain(title_part(body) or "").strip(" .,;:\"“”'")
        if sum(map(str.isalpha, title)) >= 3 and len(title) <= LONGEST:
            return title
    return None


def _named_title(body: str) -> str | None:
    match = _TITLE.search(body)
    return braced(body, match.end() - 1) if match else None


def _block_title(body: str) -> str | None:
    blocks = (block.strip() for block in NEWBLOCK.split(body)[1:])
    first = next((block for block in blocks if re.search(r"[^\W\d_]", block)), "")
    linked = _LINKED.match(first)
    if linked:
        # ACL's style makes the title a link; what is no title behind it is cut off.
        address = braced(first, linked.end()) or ""
        first = braced(first, linked.end() + len(address) + 2) or ""
    quoted = _QUOTED.match(first)
    if quoted:
        return quoted[1]
    return None if _VENUE.match(first) or _PAGES.search(first) else _DATE_TAIL.sub("", first)


def _quoted_title(body: str) -> str | None:
    match = _QUOTED.search(body) if not NEWBLOCK.search(body) else None
    return match[1] if match and match.start() < 1_500 else None


def _dated_title(body: str) -> str | None:
    """The sentence behind a list of names and a year in brackets, where it is one of some words."""
    named = _DATED.match(body) if not NEWBLOCK.search(body) else None
    if not named:
        return None
    rest = body[named.end() : named.end() + LONGEST]
    end = _SENTENCE_END.search(rest)
    title = rest[: end.start()] if end else ""
    long = len(plain(title).split()) >= LEAST_WORDS
    return title if long and not _VENUE.match(title) and not _PAGES.search(title) else None


def _slanted_title(body: str) -> str | None:
    """The first slanted text, where a second one or a link follows that is the journal's."""
    first = _EMPH.search(body)
    if not first or NEWBLOCK.search(body):
        return None
    opened = first.start() if body[first.start()] == "{" else first.end() - 1
    inside = braced(body, opened)
    rest = body[opened + 1 + len(inside or "") :]
    if not inside or not re.match(r"\}{1,2}\s?,", rest) or len(inside.split()) < LEAST_WORDS:
        return None
    follows = _JOURNAL_LINK.search(rest[:400])
    return re.sub(r"^\\(?:em|it|sl)\s", "", inside.strip("{}")) if follows else None
