"""The titles that messages of a chat hold: alone on a line, before a link, among other words."""

from __future__ import annotations

import re

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line
from pipeline.digests.header import is_title_alone
from pipeline.digests.names import names_in
from pipeline.digests.titles import looks_like_title

ASKING = ("?", ":", "!", "：", "？", "…", "...")
_MARKED = re.compile(
    r"\*{1,2}([^*]{8,300})\*{1,2}|(?<!\w)_([^_]{8,300})_(?!\w)|[\"“„«《「『]([^\"”“»》」』]{8,300})[\"”“»》」』]"
)
EMOJI = re.compile(r"(?::[a-z0-9_+-]{2,40}:\s*)+")
_LEAD = re.compile(
    r"(?:(?:the )?next(?: one| up| paper)?|another(?: one| paper)?|one more|new(?: one)?|also"
    r"|this one|today|das nächste|el siguiente|la suivante|다음|次)\s?[:：]\s+",
    re.IGNORECASE,
)
"""What leads to one more paper: `next one: `."""
_WORDS_OF_LEAD = 3
_ENDS_TITLE = " \t-–—:|,.(«\"“'*_"


def without_lead(words: str) -> str:
    """The words of a message without what leads to a title, and without names of emoji.

    >>> without_lead(":fire: next one: Slow Cooking")
    'Slow Cooking'
    """
    return _LEAD.sub("", EMOJI.sub("", words), count=1)


def title_before(before: str, behind: str) -> str | None:
    """The title before a link on its line, where it is no part of a sentence."""
    before, behind = without_lead(before), EMOJI.sub("", behind)
    words = before.rstrip(_ENDS_TITLE)
    if behind and behind[:1] not in "-–—:|,.)(":
        return None
    # `look what I found:` is no title.
    if before.endswith(ASKING) and not (before[-1] == ":" and looks_like_title(words)):
        return None
    return title_in(words, sure=False)


def cited_before(before: str, behind: str) -> tuple[str, str] | None:
    """A title and its authors before a link, behind the few words that lead to them."""
    if behind and behind[:1] not in "-–—:|,.)(;":
        return None
    marked = _MARKED.search(before)
    if marked:
        title = next(group for group in marked.groups() if group)
        names = before[marked.end() :].strip(" ,.;:–—-")
        return (title, names) if looks_like_title(title, words=2) and names_of_line(names) else None
    lead, colon, reference = before.partition(": ")
    leads = colon and (markdown.is_label(lead) or any(map(str.islower, lead.split())))
    few = len(lead.split()) <= _WORDS_OF_LEAD
    parts = (reference if leads and few else before).split(", ")
    for count in range(1, len(parts)):
        title, names = ", ".join(parts[:count]), ", ".join(parts[count:]).strip(" ,;")
        if len(title.split()) > _WORDS_OF_LEAD and names_of_line(names):
            return title, names
    return None


def title_in(words: str, *, sure: bool) -> str | None:
    """The words as a title, if they may be one; `sure`: where a title is to be expected."""
    plain = markdown.unmarked(words).strip(" \"“”«»《》「」『』'")
    first = plain[:1]
    if not (first.isupper() or first.isdigit()) or "://" in plain or plain.endswith("..."):
        return None
    if names_in(plain) and not looks_like_title(plain, words=4):
        return None
    is_one = looks_like_title(plain, words=2) or (
        sure and _is_long(plain) and is_title_alone(plain)
    )
    return plain if is_one else None


def _is_long(plain: str) -> bool:
    return len(plain.split()) > 3 and not plain.endswith((".", "!"))
