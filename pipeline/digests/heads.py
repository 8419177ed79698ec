"""The first line of an entry: title, nickname, link and authors, wherever they stand on it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.digests import markdown
from pipeline.digests.author_line import names_of_line, states_people, title_before_names
from pipeline.digests.cited import cited_in, is_signed, one_name, untitled_in
from pipeline.digests.family_names import family_names_in, names_of, without_by
from pipeline.digests.header import header_of
from pipeline.digests.leads import (
    FRAME,
    NAMED_FIRST,
    is_boxed,
    is_said_behind_id,
    leads_on,
    without_label,
    without_lead,
    without_link_first,
)
from pipeline.digests.marked_titles import marked_first
from pipeline.digests.names import SENTENCE, AuthorList, beginning, is_name, names_in
from pipeline.digests.prose import links, without_tags_behind
from pipeline.digests.quotes import unquoted
from pipeline.digests.titles import (
    is_title,
    looks_like_title,
    stated_title,
    without_aside,
    without_meeting,
    without_number,
)
from pipeline.model.cut_lists import CUT

_AUTHORS = re.compile(r"(?:\*\*|__|\s){0,9}(?:authors?\s*(?:\*\*)?:(?:\*\*)?|by)\s", re.IGNORECASE)
_FOLLOWS = re.compile(r"\s*(?:[,(–—-]|by\b)")
_BRACKETED = re.compile(r"\[([^\[\]()]{1,60})\]")
_QUOTED = re.compile(r"[\s:,–—-]{0,5}[\"“„「『«《]\s?(?P<title>[^\"“”」』»》]{8,400})[\"“”」』»》]")
_TITLE_END = re.compile(
    r"(?i)(?<!\s)\s++//\s|(?:,|(?<![\s,]))\s++[*_(]{1,3}(?=\S)"
    r"|(?:(?<![(<\[,:])[(<\[,:]++\s*+|(?<![\s(<\[,:])\s++)?https?://|[(\[]?\barxiv\s?:"
    r"|[(\[]?(?<![\w./-])(?:\d{4}\.\d{4,5}|[a-z-]{2,9}(?:\.[A-Z]{2})?/\d{7})(?:v\d\d?)?(?![\w.]*\w)"
)
_WIDE = re.compile(
    rf"(?<!\s)\s*+（([^（）]{{1,80}}?(?:{CUT.pattern})"
    r"(?:(?<=[ら人者位名명인.l])|[，,、\s]*+(?:19|20)\d\d[a-z]?))）(?=https?:|\W|$)"
)
"""Who wrote a paper, in wide brackets behind a title: people are counted or have a year."""
_SIGN_OF_END = re.compile(r"[/*_(:]|\d{4}")
_REFERENCE_END = re.compile(
    r"https?://[^\s<>\])]+|\d{4}\.\d{4,5}(?:v\d\d?)?|[a-z-]{2,9}(?:\.[A-Z]{2})?/\d{7}"
)
_SENTENCE_END = re.compile(r"(?<! vs)(?<=[\w)\]?!][\w)\]])\.(?:\s+|$)|(?<=[?!])\s+(?=[A-Z])")
_PART_END = re.compile(r",\s+|(?<!\s)\s++(?:[-–—|]|by)\s+")
_PIECE_END = re.compile(
    r"(?:(?<!\s)|(?<=:\s))\s++[-–—|·]\s+|(?<=\w\w)\.(?:\s+|$)|[()*\"“”]+|(?<!\w)_|_(?!\w)|:\s"
)
_FAMILY = r"[^\W\d_a-z][^\W\d_]{1,20}(?:[-’'][^\W\d_]{2,20})?"
_SIGNED_YEAR = re.compile(
    r"\A(?P<title>[^\s,\[]++(?:,? [^\s,]++){2,30}?), "
    rf"(?P<names>{_FAMILY}(?:, {_FAMILY}){{0,4}},? (?:&|and|und|et|y|и) {_FAMILY})"
    r",? (?:\((?:19|20)\d\d\)|(?:19|20)\d\d)[,.:;]?\s+(?=\(?\[?(?:arXiv\b|https?://))"
)
"""A title, two or more families and a year, right before the id."""
_REMARK = re.compile(r"(?<!\s)\s++(?:[-–—|:]|//)\s+")
_SPOKEN = re.compile(
    r"(?!(?:an?|the|from|in|for|of|on|with|to|towards?|via|and|or|how|when|why|what|as|beyond|by)\b)"
    r"[a-z][a-z'’-]*\b"
)
"""A remark begins in lower case, and not as subtitles do."""
_WORDS_OF_TITLE = 3
_BEFORE_STOP = re.compile(r"(?<=\S) ([.,;](?:\s|$))")
"""The gap that a link leaves before a stop."""
_TAG = re.compile(r"(?<!\S)#[^\s#]+")
_MOST_CHARACTERS = 6000


class FirstLine(NamedTuple):
    """What the first line of an entry says. `stands` is whether its title is beyond doubt."""

    title: str | None
    names: tuple[str, ...]
    url: str
    rest: str
    authors: AuthorList | None
    stands: bool


@lru_cache(maxsize=16)
def head_of_line(body: str) -> FirstLine:
    """The head that a line is, without its marker.

    >>> head = head_of_line('**SmolQ**: "SmolQ: When Small Goes Big" [[paper](https://a.org)]')
    >>> head.title, head.names
    ('SmolQ: When Small Goes Big', ('SmolQ',))
    """
    text = markdown.without_badges(beginning(body, _MOST_CHARACTERS)).strip()
    text = _WIDE.sub(r" (\1)", text)
    text = without_lead(markdown.ID_FIRST.sub("[", text) if text.startswith("[[") else text)
    text = without_label(text)
    text = without_link_first(text, boxed=is_boxed(body))
    link = next(iter(markdown.markdown_links(text)), None)
    if link and link.start == 0:
        if markdown.is_label(link.label):
            return FirstLine(None, (), link.url, "", None, stands=False)
        label = without_meeting(link.label)
        return _named(markdown.unmarked(label), link.url, text[link.end :])
    named = NAMED_FIRST.match(text[:1000])
    signed = (names_of(named["names"]) or one_name(named["names"])) if named else None
    if named and signed and len(named["title"].split()) >= _WORDS_OF_TITLE:
        return FirstLine(
            named["title"].strip(" .,"), (), "", text[named.end() :], signed, stands=True
        )
    match = marked_first(text)
    inner = next((group for group in match.groups() if group), "") if match else ""
    tag = _BRACKETED.fullmatch(inner)
    if match and tag and not markdown.is_label(tag[1]):
        head = head_of_line(text[match.end() :].lstrip(markdown.EDGES) or tag[1])
        title = head.title or _up_to_bar(text[match.end() :])
        return head._replace(title=title, names=(tag[1], *head.names), stands=bool(title))
    if match and not markdown.is_label(markdown.unmarked(inner)):
        url = "".join(inside.url for inside in markdown.markdown_links(inner)[:1])
        return _named(markdown.unmarked(inner).rstrip(".,:"), url, text[match.end() :])
    head = _plain_head(text, link, is_paper=markdown.is_paper_link(body))
    is_remark = head.title and not head.authors and is_said_behind_id(body, head.title)
    is_remark = is_remark or states_people(text)
    return FirstLine(None, (), head.url, text, None, stands=False) if is_remark else head


def _up_to_bar(text: str) -> str | None:
    """A title that ends at a bar or at the first link."""
    first = re.split(r"\s[|·]|\[|https?://|\*\*", text[:1000].strip(), maxsplit=1)[0]
    return stated_title(markdown.unmarked(first))[0]


def authors_in(text: str) -> AuthorList | None:
    """The author list somewhere in what follows a title; None where none is clear.

    Of one that goes on beyond what is looked at the names are given that stand there whole.
    """
    text = re.sub(
        r"(et\.? ?al)\.", r"\1", markdown.flat(beginning(text, _MOST_CHARACTERS), frozenset())
    )
    text = re.sub(r"\*(,?\s*(?:and|&|,)\s*)\*", r"\1", text).strip(markdown.EDGES)
    text = _BEFORE_STOP.sub(r"\1", _TAG.sub("", text))
    label = _AUTHORS.match(text)
    text = text if label else without_by(text)
    pieces = _PIECE_END.split(text[label.end() :] if label else text)[: 1 if label else 12]
    name_lists = (names_in(piece, sure=bool(label)) for piece in pieces)
    first = next((piece for piece in pieces if piece.strip(markdown.EDGES)), "")
    return next(filter(None, name_lists), None) or family_names_in(first)


def _named(title: str, url: str, after_link: str) -> FirstLine:
    """The head of a title that is marked as one; a quoted one behind it is the paper's own."""
    quoted = _QUOTED.match(after_link)
    if quoted:
        after_link = after_link[quoted.end() :]
        nickname = without_number(title)
        return FirstLine(
            quoted["title"].strip(" .,"), (nickname,), url, after_link, authors_in(after_link), True
        )
    cited = cited_in(title)
    if cited and cited.authors:
        return FirstLine(cited.title, (), url, after_link, cited.authors, stands=True)
    stated, names = stated_title(title)
    if stated is None:
        return FirstLine(None, names, url, after_link, None, stands=False)
    header = header_of([stated])
    if header:
        return FirstLine(header.title, names, url, after_link, header.authors, stands=True)
    authors = authors_in(after_link)
    if authors is None and _FOLLOWS.match(after_link):
        first = markdown.flat(after_link, frozenset()).strip(markdown.EDGES + "()")
        authors = names_of(
            re.split(r"\s[-–—|·]\s|[(;]", first, maxsplit=1)[0].strip(markdown.EDGES + ".")
        ) or names_of_line(after_link)
    return FirstLine(stated, names, url, after_link, authors, stands=True)


def _plain_head(text: str, link: markdown.MarkdownLink | None, *, is_paper: bool) -> FirstLine:
    """The head of a text with no mark on its title: `Title. Authors. [pdf]`, `Title, *Authors*`."""
    plain = markdown.unmarked(text)
    if is_paper and (signed_by := untitled_in(plain)):
        return FirstLine(None, (), "", signed_by.after, signed_by, stands=False)
    cited = cited_in(plain) if is_paper or is_signed(plain) else None
    if cited and is_title(cited.title):
        stands = bool(cited.authors)
        return FirstLine(cited.title, (), "", _behind_links(text), cited.authors, stands)
    if signed := _signed_title(text):
        return signed
    listed = title_before_names(text) if is_paper else None
    if listed and is_title(listed[0]):
        return FirstLine(listed[0], (), "", _behind_links(text), listed[1], stands=True)
    ended = _SIGN_OF_END.search(text[:3000]) and _TITLE_END.search(text[:3000])
    start = link.start - (text[link.start - 1] == "[") if link else len(text)
    end = min(start, ended.start()) if ended else start
    first, *others = _SENTENCE_END.split(text[:end].strip(markdown.EDGES), maxsplit=1)
    authors = names_in(first) if others else None
    if authors:
        first, *others = _SENTENCE_END.split(others[0], maxsplit=1)
    remainder = " ".join([*others, text[end:]])
    authors = authors or authors_in(remainder)
    if authors is None:
        first, authors = _title_and_names(first)
    if authors is None and is_paper and not others:
        first, authors = _title_and_name(first)
    if authors is None:
        first, remark = _title_and_remark(first, text)
        remainder = f"{remark} {remainder}" if remark else remainder
    is_titled_link = link and end == start and not markdown.is_label(link.label)
    is_paper_label = link and re.search(r"pdf|paper|arxiv|논문", link.label, re.IGNORECASE)
    titled = authors or ((is_paper or is_paper_label) and not is_titled_link)
    title = unquoted(markdown.unmarked(first).strip(markdown.EDGES)).rstrip(markdown.EDGES + ".[(")
    title, names = without_aside(without_tags_behind(title if titled else ""))
    fits = is_title(title) and (looks_like_title(title, words=3) or not leads_on(text[:end]))
    if not fits and link and _is_linked_title(link):
        return FirstLine(stated_title(link.label)[0], (), link.url, text, authors, stands=False)
    return FirstLine(
        title if fits else None, names, "", remainder if fits else text, authors, bool(authors)
    )


def _signed_title(text: str) -> FirstLine | None:
    """The head of `Lee, Kim - Slow Cooking of Models` or `Slow cooking, Lee & Kim 2023`."""
    if dated := _SIGNED_YEAR.match(text[:500]):
        behind = text[dated.end() :]
        return FirstLine(dated["title"], (), "", behind, names_of(dated["names"]), stands=True)
    before, dash, title = text[:1000].partition(" - ")
    names = names_of(before) if dash else None
    title = markdown.unmarked(_TITLE_END.split(title, maxsplit=1)[0]).strip(markdown.EDGES)
    several = names and not names.after and (len(names.names) > 1 or not names.complete)
    if not several or not looks_like_title(title, words=_WORDS_OF_TITLE):
        return None
    return FirstLine(title, (), "", text[text.index(title) + len(title) :], names, stands=True)


def _behind_links(text: str) -> str:
    """What stands behind the last id or link of a printed reference."""
    end = 0
    for match in _REFERENCE_END.finditer(text[:3000]):
        # Behind more than a few words an id is one of the reader's.
        if end and len(text[end : match.start()].split()) > _WORDS_OF_TITLE:
            break
        end = match.end()
    return text[end:].strip(" .,;:)]>") if end else ""


def _is_linked_title(link: markdown.MarkdownLink) -> bool:
    """Whether a link within a sentence leads to a paper and is called as papers are."""
    leads = markdown.is_paper_link(link.url) and not markdown.is_label(link.label)
    return leads and looks_like_title(link.label, words=3)


def _title_and_remark(first: str, text: str) -> tuple[str, str]:
    """A title and the reader's remark behind a dash; no title where all of it is a remark."""
    parts = _REMARK.split(first, maxsplit=1)
    if len(parts) > 1 and markdown.has_hangul(parts[1]) and not markdown.has_hangul(parts[0]):
        return parts[0], parts[1]
    spoken = len(parts) > 1 and _SPOKEN.match(parts[1]) and len(parts[0].split()) > _WORDS_OF_TITLE
    if spoken and looks_like_title(parts[0], words=2):
        return parts[0], parts[1]
    plain = markdown.flat(_TAG.sub(" ", text), frozenset()).strip(FRAME)
    longer = len(plain.split()) > len(first.split())
    is_prose = SENTENCE.search(plain) or (markdown.has_hangul(first) and (longer or len(first) < 8))
    return ("", "") if is_prose and not looks_like_title(first, words=2) else (first, "")


def _title_and_names(text: str) -> tuple[str, AuthorList | None]:
    for match in list(_PART_END.finditer(text[:2000]))[:6]:
        title, names = text[: match.start()], names_in(text[match.end() :])
        if names and (len(title.split()) > 2 or "," not in match[0]):
            return title, names
    return text, None


def _title_and_name(text: str) -> tuple[str, AuthorList | None]:
    """A title and the one full name between it and the paper's id."""
    title, comma, name = text.strip(markdown.EDGES).rpartition(", ")
    named = comma and len(title.split()) > _WORDS_OF_TITLE and is_name(name)
    return (title, names_of(name)) if named else (text, None)


def leads_to_paper(body: str) -> bool:
    """Whether a line names a paper: a title that stands, an id, or a link to a paper's place."""
    head = head_of_line(body)
    linked = bool(links(markdown.without_badges(body[:_MOST_CHARACTERS])))
    return (
        head.stands
        or markdown.is_paper_link(body)
        or body.startswith(("http://", "https://"))
        or (head.title is not None and linked)
    )
