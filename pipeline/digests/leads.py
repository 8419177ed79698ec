"""What stands before a title on its line: boxes, days, marks, labels, numbers and its bare link."""

from __future__ import annotations

import re

from pipeline.digests import markdown
from pipeline.digests.cited import cited_in
from pipeline.digests.dates import MONTH
from pipeline.digests.titles import looks_like_title, without_number

_STATE_OR_DAY = (
    r"\[(?i:to-?read|read|skimmed|skim|reading|unread|done|todo|finished|started|queued?)\]\s+"
    r"|\d{1,2}[./]\d{1,2}[./](?:\d\d)?\d\d\s*[·|–—:-]\s+(?=\S)"
    rf"|(?i:{MONTH})\.? \d{{1,2}}(?:st|nd|rd|th)?[.:,]\s+(?:[Rr]ead\s+)?(?=[A-Z\"“*_\[])"
)
"""`[READ] `, `22.11.2023 · `, `Aug 5. Read `: how far a reader is, or when, before a title."""
_BEFORE_TITLE = re.compile(_STATE_OR_DAY)
_LEAD = re.compile(
    rf"{_STATE_OR_DAY}"
    r"|\*\*[^*\s]{2,12}\*\*\s+[–—:-]\s+(?=\[[^\[\]]{20})"
    r"|\[[ xX]\]\s+|\*\*\[\d{1,4}\]\*\*\s+"
    r"|\[\d\d?:\d\d(?::\d\d)?\]\s+[\w.'’-]{1,30}(?: [\w.'’-]{1,30}){0,2}:\s+(?=\S)"
    r"|(?::[a-z0-9_+-]{2,40}:\s*)+|[^\w\s\[\](){}<>*_\"'“‘`#$@&!|\\/-]+\s+"
    r"|(?:\*\*)?[\[(`]{1,2}\*{0,2}[\w .'’/&-]{0,30}\d\d[\w .'’/&-]{0,20}\*{0,2}[\])`]{1,2}(?:\*\*)?"
    r"(?=[\s:,*])[\s:,|-]*|(?:19|20)\d\d\s+[·|–—]\s+(?=\S)|(?:\*\*)?(?:19|20)\d\d[-./]\d\d?(?:[-./]\d\d?)?(?:\*\*)?[\s:,|-]+(?=\S)"
    r"|\[[^\[\]()]{1,40}\]\s*[|·]\s*(?=\[[^\[\]]{8,400}\]\()"
    r"|\*\*(?:[A-Z]\d\d-\d{4}|(?:19|20)\d\d\.[a-z0-9]+(?:-[a-z0-9]+)?\.\d{1,4})\*\*[\s:,|-]*(?=\S)"
    r"|(?:arXiv:)?(?:\d{4}\.\d{4,5}|[a-z-]{2,9}/\d{7})(?:v\d\d?)?(?![\w\]])[\s:,|-]*(?=\S)"
    r"|\[(?:arXiv:)?(?:\d{4}\.\d{4,5}|[a-z-]{2,9}/\d{7})(?:v\d\d?)?\](?!\()[\s:,|-]*(?=\S)"
)
_SAID_FIRST = re.compile(
    r"[^\W\d_][^\W\d_]*(?: [^\W\d_]{1,12}){0,3}\s(?=\*\*(?P<title>[^*]{12,300})\*\*)"
)
"""A word or two before a title in bold: `Finished **Slow Cooking of Models**`."""
_BOLD_LABEL = re.compile(r"\*\*[^*]{2,20}[.:]\*\*\s+|\*\*[^*]{2,20}\*\*[.:]\s+")
"""What a reader writes before a reference: a day, `Required.`"""
_LINK_FIRST = re.compile(
    r"(?:to-?do|to-?read|read|todo read)?:?\s?<?(?P<url>https?://[^\s<>]+)>?\s[-–—:|]?\s?(?P<title>[^\s\[(].*)",
    re.IGNORECASE,
)
NAMED_FIRST = re.compile(
    r"(?P<names>[^*_\"“\[\]]{3,300}+)(?<=\s)(?P<mark>\*\*|__|\*|_)(?P<title>[^*_]{8,400}+)(?P=mark)"
)
FRAME = markdown.EDGES + "*_().[]"


def without_label(text: str) -> str:
    """A reference without the day or the word in bold before it, or words before a bold title."""
    said = _SAID_FIRST.match(text[:1000])
    if said and looks_like_title(said["title"]) and markdown.is_paper_link(text[:1000]):
        return text[said.end() :]
    label = _BOLD_LABEL.match(text)
    cited = cited_in(markdown.unmarked(text[label.end() :])) if label else None
    named = label and (NAMED_FIRST.match(text[label.end() :][:1000]) or (cited and cited.authors))
    return text[label.end() :] if label and named else text


def without_link_first(text: str) -> str:
    """A title behind the bare link of its paper as one that is linked; any other text as it is."""
    first = _LINK_FIRST.match(text[:1000])
    titled = first and looks_like_title(first["title"], words=3)
    linked = titled and first and markdown.is_paper_link(first["url"])
    return f"[{first['title']}]({first['url']})" if linked and first else text


def without_state(text: str) -> str:
    """A title without a mark of how far its reader is, or a day, before it.

    >>> without_state("[READ] Slow Cooking"), without_state("5.8.2023 · Slow Cooking")
    ('Slow Cooking', 'Slow Cooking')
    """
    mark = _BEFORE_TITLE.match(text)
    return text[mark.end() :] if mark else text


def without_lead(text: str) -> str:
    """The text without boxes, emoji, years in brackets and labels before the title."""
    for _ in range(6):
        link = next(iter(markdown.markdown_links(text[:3000])), None)
        end = lead.end() if (lead := _LEAD.match(text)) else 0
        is_open = lead and lead[0].startswith("**") and lead[0].count("**") == 1
        if not end and link and not markdown.is_labels(text):
            is_labelled = markdown.is_label(text[: link.start].strip(FRAME))
            end = (link.start or link.end * markdown.is_label(link.label)) * is_labelled
        if not end:
            break
        text = ("**" if is_open else "") + text[end:].lstrip(markdown.EDGES) or text
    return without_number(text)
