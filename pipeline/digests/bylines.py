"""The line below a title that prints its paper's id beside who wrote it, when and where."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from pipeline.digests import markdown
from pipeline.digests.author_line import (
    PLACE,
    is_of_facts,
    names_of_line,
    states_people,
    title_before_names,
)
from pipeline.digests.cited import cited_in
from pipeline.digests.dates import dated
from pipeline.digests.family_names import family_names_in
from pipeline.digests.fields import field_of
from pipeline.digests.heads import head_of_line
from pipeline.digests.labels import fields_of_line, is_link_line
from pipeline.digests.lines import Line
from pipeline.digests.names import SENTENCE, is_name, names_in
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
RECALLS = re.compile(
    r"(?:(?:re)?minds?|erinnert|rappelle|recuerda|vgl|cf|see|siehe|voir|like|unlike|as in"
    r"|similar to|compared? (?:to|with)|ähnlich wie)\b[.:]?\s",
    re.IGNORECASE,
)
"""How a line begins that says what its paper brings to mind."""
_MOST_WORDS = 12
_ASIDE = re.compile(r"\((?!arxiv\b|doi\b|by\b|https?:)[a-z]+ [^()]*\)\.?", re.IGNORECASE)
"""A line that is one remark in parentheses: `(next month maybe 2401.00001)`."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LOOKED_AT_LINES = 4
_LIST_END = re.compile(r"\b(?:et\.? al|jr|sr)\.?$", re.IGNORECASE)
_THAN = re.compile(r"\b(?:than|like|vs|versus|after|from|is|are|was|were)\b", re.IGNORECASE)
_BOLD = re.compile(r"\*\*([^*]{8,300})\*\*")
_CLAUSE = re.compile(r"\w\w\w[.!?;]\s|[。！？；]\s*\S")
_DAY_CHARACTERS = 12
"""A day may stand before a title: `24 Feb. `"""
_BEHIND_LINK = re.compile(
    r"[\s)\]>*_]*(?:$|[-–—|·:.(#]|[,;](?!\s+(?:and|which|but|so|that|where|who|if|when)\b)|by\b)",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"^(?!.*[\"“„«]).*\b(?-i:I|I['’]\w+) [a-z]|^compare the\b", re.IGNORECASE)
"""What no title has: a reader who speaks."""
_WORDS_OF_TITLE = 3
_BARE_LINK = re.compile(
    r"<?(?:https?://[^\s<>]+|arXiv:\s?\d{4}\.\d{4,5})>?[\s:,–—-]*", re.IGNORECASE
)
_BEHIND_SENTENCE = re.compile(r"\w[.!?。]\s\(?<?https?://[^\s<>()]+>?\)?\.?$")
_SEE = re.compile(r"^see\b", re.IGNORECASE)
_PAPER_LABELS = ("paper", "link", "arxiv")
_TITLE_MARKS = ("*", "_", '"', "“", "„", "«", "「", "《")
_CHARACTERS = 4000
DATED = re.compile(r"[\[(]?(?:19|20)\d\d[-./]\d\d?(?:[-./]\d\d?)?[\])]?[\s:,|]")
"""A day or a month that a line begins with."""
_SYMBOLS = re.compile(r"(?:[-=]>|»)\s+|[^\w\s\"'“‘«(\[<>*_`#@$&!|\\/.,:;-]+\s*")


def byline(below: Sequence[Line]) -> Line | None:
    """The byline among the first lines below a title; None where prose comes first."""
    for line in below[:_LOOKED_AT_LINES]:
        if line.kind not in ("text", "quote"):
            return None
        if markdown.is_paper_link(line.body):
            named = named_paper(line.body) and not is_link_line(line.body)
            return line if is_byline(line.body) and not named else None
        if not is_fact(line.body):
            return None
    return None


def linked_line(title: str, below: Sequence[Line]) -> Line | None:
    """The first line below a title that links its paper: at its start, by a label, or at its end.

    None below words that are not written as titles are, and where the line names a paper itself.

    >>> text = "[pdf](https://arxiv.org/abs/2401.00011) good"
    >>> below = [Line(2, text, "text", 0, text, parted=False)]
    >>> linked_line("Slow Cooking of Models", below) == below[0], linked_line("Cooking", below)
    (True, None)
    """
    line = next((x for x in below[:_LOOKED_AT_LINES] if not is_fact(x.body)), None)
    if line is None or line.kind != "text" or not looks_like_title(title, words=_WORDS_OF_TITLE):
        return None
    body = line.body[:_CHARACTERS]
    labelled = [
        link for link in markdown.markdown_links(body)
        if field_of(link.label) in _PAPER_LABELS and markdown.is_paper_link(link.url)
    ]  # fmt: skip
    bare = _BARE_LINK.match(body)
    recalled = labelled and PASSING.search(_SEE.sub("", body[: labelled[0].start]))
    lone = _BEHIND_SENTENCE.search(body) and len(markdown.ids_in(body)) == 1
    own = (bare and markdown.is_paper_link(bare[0])) or (len(labelled) == 1 and not recalled)
    if markdown.ids_in(title) or not (own or lone):
        return None
    said = markdown.unmarked(body[bare.end() if bare else 0 :])
    return None if looks_like_title(said, words=_WORDS_OF_TITLE) or named_paper(body) else line


@lru_cache(maxsize=256)
def is_byline(body: str) -> bool:
    """Whether a line prints one id, and no sentence and no word that speaks of another paper."""
    if len(body) > 4000 or PASSING.search(body) or (body[:2].islower() and _ASIDE.fullmatch(body)):
        return False
    if len(markdown.ids_in(body)) != 1:
        return markdown.is_paper_link(body) and is_of_facts(body)
    return _is_short(markdown.said_beside_ids(body))


def _is_short(words: str) -> bool:
    names = names_in(words.removeprefix("by ")) or family_names_in(words)
    if names is None and is_name(words.rstrip(".")):
        return True
    if names:
        words = names.after
    ends = words.endswith((".", "!", "?", "。")) and not _LIST_END.search(words)
    capital = all(word[:1] in "(&" or not word[:1].islower() for word in words.split())
    is_sentence = (
        (SENTENCE.search(words) and not capital) or _THAN.search(words) or (ends and " " in words)
    )
    return len(words.split()) <= _MOST_WORDS and not is_sentence


def is_fact(body: str) -> bool:
    """Whether a line without an id may stand between a title and a byline: tags, names, a day."""
    text = markdown.unmarked(body)
    if states_people(body):
        return False
    says_facts = tags_of_line(body) or fields_of_line(body) or names_of_line(body)
    return bool(says_facts or (len(text.split()) < _WORDS_OF_TITLE + 1 and dated(text)))


@lru_cache(maxsize=256)
def named_paper(body: str) -> bool:
    """Whether a line prints a title and the id of its paper, before any sentence.

    A printed reference with its authors and a link is one without an id too.

    >>> named_paper("**Slow Cooking of Models**, Lee, 2401.00011. Good."), named_paper(
    ...     "Faster than [SmolQ](https://arxiv.org/abs/2401.00011) by half."
    ... )
    (True, False)
    """
    body = body[:4000]
    if not markdown.is_paper_link(body):
        cited = cited_in(markdown.unmarked(body)) if "://" in body else None
        return cited is not None and cited.authors is not None
    head = head_of_line(body)
    # A marked title with its authors behind it may itself look like a name.
    signed = body.startswith(_TITLE_MARKS) and head.stands and head.authors is not None
    spoken = not head.url and _SPOKEN.search(head.title or "")
    if not signed and (spoken or _begins_with_names(body)):
        return False
    if not head.title or (not head.url and not signed and names_of_line(head.title)):
        return bool(cited_in(markdown.unmarked(body)))
    if head.url and head.stands:
        long = len(head.title.split()) >= _WORDS_OF_TITLE
        return long or _BEHIND_LINK.match(head.rest) is not None
    if head.stands and head.authors and is_of_facts(head.rest):
        return True
    return _is_named_first(body, head.title) or bool(cited_in(markdown.unmarked(body)))


def _begins_with_names(body: str) -> bool:
    """Whether a line is names and facts, and nothing but an id before the first of the names."""
    names = names_of_line(body)
    if names is None or not is_of_facts(names.after):
        return False
    before = markdown.unmarked(body).partition(names.names[0])[0]
    return not markdown.said_beside_ids(before)


def _is_named_first(body: str, title: str) -> bool:
    """Whether a line without a link on its title names its paper before any sentence."""
    if title_before_names(body):
        return True
    marked = _BOLD.match(body)
    if marked and len(marked[1].split()) >= _WORDS_OF_TITLE and is_of_facts(body[marked.end() :]):
        return True
    before = PLACE.split(body, maxsplit=1)[0]
    if _CLAUSE.search(markdown.unmarked(before), _DAY_CHARACTERS) or "，" in before:
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
