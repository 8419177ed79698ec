"""The line below a title that prints its paper's id beside who wrote it, when and where."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.digests import markdown
from pipeline.digests.cited import cited_in
from pipeline.digests.dates import dated
from pipeline.digests.heads import head_of_line, names_of
from pipeline.digests.labels import fields_of_line
from pipeline.digests.lines import Line
from pipeline.digests.names import SENTENCE, Names, family_names_in, names_in
from pipeline.digests.prose import tags_of_line
from pipeline.digests.titles import looks_like_title

PASSING = re.compile(
    r"remind|similar|compare|compared|unlike|inspired|follow(?:s|ing)?[ -]?up|based on|builds? on"
    r"|previous|prior|earlier|\bcf\b|\bsee\b|\bvgl\b|\bsiehe\b|\bvoir\b|related"
    r"|cit(?:es|ed|ing)|extends?|such as|e\.g\."
    r"|떠올|비슷|참고|관련|비교|연결|같은|이전|기반|类似|相比|基于|参考|相关|比较|似て|参照|関連|比較"
    r"|ähnlich|erinnert|vergleich|siehe auch|rappelle|semblable|comparé|voir aussi",
    re.IGNORECASE,
)
"""Words that bring another paper to mind."""
_MOST_WORDS = 12
_LOOKED_AT_LINES = 4
_LIST_END = re.compile(r"\b(?:et\.? al|jr|sr)\.?$", re.IGNORECASE)
_THAN = re.compile(r"\b(?:than|like|vs|versus|after|from|is|are|was|were)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"\w\w\w[.!?;]\s|[。！？；]\s*\S")
_DAY_CHARACTERS = 12
"""A day may stand before a title: `24 Feb. `"""
_PLACE = re.compile(
    r"https?://|\]\(|\barxiv\s?:|\b\d{4}\.\d{4,5}|\b[a-z-]{2,9}/\d{7}", re.IGNORECASE
)
_BEHIND_LINK = re.compile(r"[\s)\]>*_]*(?:$|[-–—|·:,;.(#]|by\b)", re.IGNORECASE)
_WORDS_OF_TITLE = 3
_WORDS_OF_VENUE = 7
_CHARACTERS = 4000
_FACT_END = re.compile(
    r"\s[|·•–—-]\s|[()<>|]|;\s|\*+|(?<!\w)_+|_+(?!\w)|(?=(?<!\S)#[^\W\d])|(?<=\w\w)[.。](?=\s|$)"
)
_BY = re.compile(
    r"(?:by|von|par|por|di|da|door|av|作者|著者|저자)[\s:：]\s*|(?:作者|著者|저자)", re.IGNORECASE
)
_ID = re.compile(
    r"(?:\barxiv\s?:\s?)?(?:https?://[^\s<>)\]]+|\b\d{4}\.\d{4,5}(?:v\d\d?)?|\b[a-z-]{2,9}(?:\.[A-Z]{2})?/\d{7})",
    re.IGNORECASE,
)
_EDGES = markdown.EDGES + "，。、：."
_YEAR_OF_GROUP = re.compile(r"(?<=Collaboration)(?:,\s|\s)(?:19|20)\d\d$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LABELLED = re.compile(r"[^\W\d_][\w ]{0,20}[:：]\s?\S")
DATED = re.compile(r"[\[(]?(?:19|20)\d\d[-./]\d\d?(?:[-./]\d\d?)?[\])]?[\s:,|]")
"""A day or a month that a line begins with."""
_SYMBOLS = re.compile(r"[^\w\s\"'“‘«(\[<>*_`#@$&!|\\/.,:;-]+\s*")


def byline(below: Sequence[Line]) -> Line | None:
    """The byline among the first lines below a title; None where prose comes first."""
    for line in below[:_LOOKED_AT_LINES]:
        if line.kind not in ("text", "quote"):
            return None
        if markdown.ids_in(line.body):
            return line if is_byline(line.body) and not named_paper(line.body) else None
        if not is_fact(line.body):
            return None
    return None


def is_byline(body: str) -> bool:
    """Whether a line prints one id, and no sentence and no word that speaks of another paper."""
    if len(body) > 4000 or len(markdown.ids_in(body)) != 1 or PASSING.search(body):
        return False
    return _is_short(markdown.said_beside_ids(body))


def _is_short(words: str) -> bool:
    names = names_in(words.removeprefix("by ")) or family_names_in(words)
    if names:
        words = names.after
    ends = words.endswith((".", "!", "?", "。")) and not _LIST_END.search(words)
    is_sentence = SENTENCE.search(words) or _THAN.search(words) or (ends and " " in words)
    return len(words.split()) <= _MOST_WORDS and not is_sentence


def is_fact(body: str) -> bool:
    """Whether a line without an id may stand between a title and a byline: tags, names, a day."""
    text = markdown.unmarked(body)
    known = tags_of_line(body) or fields_of_line(body) or names_of_line(body)
    return bool(known or (len(text.split()) < _WORDS_OF_TITLE + 1 and dated(text)))


def names_of_line(body: str) -> Names | None:
    """The authors that a line below a title is: names, family names, or one full name.

    Links, ids, tags, the venue and the year may stand beside them.

    >>> names_of_line("Ann Lee · [arXiv](https://arxiv.org/abs/2401.00011) · ICML 2024").names
    ('Ann Lee',)
    >>> names_of_line("*Lee, Kim* — 2401.00011, *2024*").names, names_of_line("Ann Lee likes it")
    (('Lee', 'Kim'), None)
    """
    body = body[:_CHARACTERS].replace("[[", "").replace("]]", "")
    return names_of(markdown.unmarked(body)) or _names_beside_facts(body)


def _names_beside_facts(body: str) -> Names | None:
    """The names of a line whose other parts are facts of the paper; None of any other."""
    names: list[Names] = []
    parts = [part.strip(_EDGES) for part in _FACT_END.split(_without_links(body))]
    for part in filter(None, parts):
        by = _YEAR_OF_GROUP.sub("", _BY.sub("", part, count=1))
        if markdown.is_label(by) or (by == part and _is_fact(part)):
            continue
        listed = names_of(by)
        if listed is None or not (_is_fact(listed.after) or markdown.is_label(listed.after)):
            return None
        names.append(listed)
    alone = len(names) == 1 and len(names[0].names) == 1 and names[0].complete
    return names[0] if len(names) == 1 and not (alone and not _PLACE.search(body)) else None


def _without_links(body: str) -> str:
    """A line with a bar in place of each link and id, and names that lead to a page as names."""
    body = markdown.MARKDOWN_LINK.sub(
        lambda link: " | " if markdown.is_paper_link(link["url"]) else link["label"], body
    )
    return _ID.sub(" | ", body)


def _is_fact(part: str) -> bool:
    """Whether a part of a byline says where, when, or what of: `ICML 2024`, `#tag`, `by: me`."""
    words = part.split()
    named = all(word[:1].isupper() or word[:1].isdigit() for word in words)
    dated_part = bool(_YEAR.search(part)) and len(words) < _WORDS_OF_VENUE
    return (
        not part
        or bool(tags_of_line(part))
        or _LABELLED.match(part) is not None
        or (dated_part and (named or len(words) == 1))
    )


def named_paper(body: str) -> bool:
    """Whether a line prints a title and the id of its paper, before any sentence.

    >>> named_paper("**Slow Cooking of Models**, Lee, 2401.00011. Good."), named_paper(
    ...     "Faster than [SmolQ](https://arxiv.org/abs/2401.00011) by half."
    ... )
    (True, False)
    """
    body = body[:4000]
    if not markdown.is_paper_link(body):
        return False
    head = head_of_line(body)
    if not head.title or (not head.url and names_of_line(head.title)):
        return bool(cited_in(markdown.unmarked(body)))
    if head.url and head.stands:
        long = len(head.title.split()) >= _WORDS_OF_TITLE
        return long or _BEHIND_LINK.match(head.rest) is not None
    return _is_named_first(body, head.title) or bool(cited_in(markdown.unmarked(body)))


def _is_named_first(body: str, title: str) -> bool:
    """Whether a line without a link on its title names its paper before any sentence."""
    before = _PLACE.split(body, maxsplit=1)[0]
    if _CLAUSE.search(markdown.unmarked(before), _DAY_CHARACTERS):
        return False
    titled = head_of_line(body).stands or looks_like_title(title, words=2)
    return titled or DATED.match(body) is not None


def without_symbol(body: str) -> str:
    """A line without the emoji or the mark that stands before its words.

    >>> without_symbol("👥 Ann Lee, Bo Kim"), without_symbol("●Slow Cooking")
    ('Ann Lee, Bo Kim', 'Slow Cooking')
    """
    match = _SYMBOLS.match(body)
    return body[match.end() :] if match and match.end() < len(body) else body
