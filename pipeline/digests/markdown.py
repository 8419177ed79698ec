"""Markdown on one line: its links and their labels, images, emphasis, items and headings."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from pipeline.digests.fields import field_of, is_pointer
from pipeline.digests.names import HANGUL
from pipeline.digests.prose import links
from pipeline.model.ids import has_four_digits, normal_arxiv_id, printed_ids
from pipeline.model.seen_lines import of_seen_lines
from pipeline.model.web_addresses import NO_ADDRESS

EDGES = " \t,;:|·•-–—/"
"""What stands between the parts of a line, and is part of none."""
TAGS = re.compile(r"<(?!https?:)/?[a-zA-Z!][^<>]{0,500}>")
_BARE_URL = re.compile(rf"<?https?://[^{NO_ADDRESS}]+>?", re.IGNORECASE)
_IMAGE = r"(?:!\[[^\[\]]{0,300}\]\([^()]{0,2000}\)|<img\b[^<>]{0,2000}>)"
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,200}?href=[\"']([^\"'<>]{1,2000})[\"'][^<>]{0,200}>([^<>]{0,600})</a>",
    re.IGNORECASE,
)
_AUTOLINK = re.compile(r"<(https?://[^\s<>]{1,2000})>", re.IGNORECASE)
_TAG_NAME = re.compile(r"</?[a-zA-Z!]")
_MARKS = {
    **{f"h{level}": "#" * level + " " for level in range(1, 7)},
    "li": "- ",
    "b": "**",
    "/b": "**",
    "strong": "**",
    "/strong": "**",
    "br": " ",
    "br/": " ",
}
_MARK = re.compile(r"<(h[1-6]|li|/?b|/?strong|br/?)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
_BADGE = re.compile(rf"\[\s*{_IMAGE}\s*\]\(")
_LABEL = r"[^\[\]]{0,400}(?:\[[^\[\]]{0,400}\][^\[\]]{0,400}){0,4}"
_URL = r"[^\s<>()]{0,2000}(?:\([^\s<>()]{0,200}\)[^\s<>()]{0,200}){0,4}"
MARKDOWN_LINK = re.compile(
    rf"\[(?P<label>{_LABEL})\]\(<?(?P<url>{_URL})>?(?:\s+[\"'][^\"']{{0,200}}[\"'])?\s*\)"
)
ID_FIRST = re.compile(
    r"^\[{1,2}(?:arXiv:)?(?:\d{4}\.\d{4,5}(?:v\d\d?)?|[a-z.-]{2,12}/\d{7})\]\s+(?=\w)",
    re.IGNORECASE,
)
"""How a browser calls the page of a paper: `[2401.00001] A Title`, in a link or alone."""
_VENUE = re.compile(
    r"(?:(?:[A-Za-z&+/@-]{1,20} ){0,2}[A-Za-z&+/@-]{0,20}[ '’-]?(?:19|20)?\d\d(?:[-./]\d\d?){0,2}"
    r"(?: \(?(?:oral|poster|spotlight|workshop|findings)\)?)?"
    r"|NeurIPS|NIPS|ICML|ICLR|CVPR|ICCV|ECCV|ACL|EMNLP|NAACL|AAAI|IJCAI|TMLR|JMLR|arXiv|KDD|WWW)",
    re.IGNORECASE,
)
_ACL_ID = r"[A-Z]\d\d-\d{4}|(?:19|20)\d\d\.[a-z0-9]+(?:-[a-z0-9]+)?\.\d{1,4}"
_CATEGORY = re.compile(
    rf"{_ACL_ID}|"
    r"[a-z-]{2,9}\.[A-Z]{2}|(?:hep|astro|cond|gr|quant|nucl)-[a-z]{2,4}"
)
_FORMULA = re.compile(r"(\$[^$\s](?:[^$\n]{0,200}[^$\s])?\$)")
_ENDS_OF_FORMULA = 2
_GLUED = re.compile(r"(?<=\w|/)([;,|；，、])(?=https?://)")
_EMPHASIS = re.compile(r"\*{1,3}|~~|(?<!\w)_{1,2}|_{1,2}(?!\w)|(?<!\\)`")
_FEWEST_IN_ROW = 2
_WORDS_OF_LABEL = 2
_WORDS_BESIDE_ID = 3
"""What a link that is called by an id may say beside it: `arXiv 2401.00001 [cs.CL]`."""
_DIGITS_OF_ID = re.compile(r"\d{4}\.\d{4}|/\d{7}|arXiv\d{8}")
_BEFORE_PARTICLE = re.compile(
    r"\d{4}\.\d{4,5}(?:v\d\d?)?(?:\]\([^()\s]{1,300}\))?(?=[\uac00-\ud7a3\u3041-\u309f的])"
)
"""An id that a particle makes a word of a sentence: `2401.00011은`, `2401.00011は`."""
_OTHER_ID = re.compile(
    r"(?<![\w./:-])[a-z-]{2,9}(?:\.[A-Za-z-]{2,})?/\d{7}(?:v\d{1,2})?(?![\w/])"
    r"|https?://\S{1,60}/(?=[\s)\]>]|$)"
)
_PAPER_SITE = re.compile(
    r"https?://(?:[\w-]+\.)*(?:openreview\.net|aclanthology\.org|aclweb\.org|mlr\.press|thecvf\.com"
    r"|neurips\.cc|nips\.cc|jmlr\.org|ecva\.net|acm\.org|ieee\.org|nature\.com|science\.org|doi\.org"
    r"|springer\.com|sciencedirect\.com|biorxiv\.org|medrxiv\.org|semanticscholar\.org|aaai\.org"
    r"|isca-speech\.org|ijcai\.org)/|\barxiv\.org/(?:abs|pdf)/"
    r"|https?://\S{1,200}\.pdf(?:[?#)\s]|$)"
    r"|\bdoi:?\s?10\.\d{4,9}/\S",
    re.IGNORECASE,
)


class MarkdownLink(NamedTuple):
    """A `[label](url)`: what it says, where it leads, and where it stands in the text."""

    label: str
    url: str
    start: int
    end: int


@of_seen_lines(8_192)
def ids_in(text: str) -> tuple[str, ...]:
    """The arXiv ids of a text, in order, each once.

    As `printed_ids`, with bare old ids (`hep-th/9901001`), and with four digits after the
    point (`1409.0473`) where the text is nothing but the id.
    """
    if not has_four_digits(text) or not _DIGITS_OF_ID.search(text):
        return ()
    placed_ids = [(printed.start, printed.arxiv_id) for printed in printed_ids(text)]
    for match in _OTHER_ID.finditer(text):
        arxiv_id = normal_arxiv_id(match[0])
        placed_ids += [(match.start(), arxiv_id)] if arxiv_id else []
    whole_id = normal_arxiv_id(text) if len(text) < 200 else None
    in_order = [printed_id for _, printed_id in sorted(placed_ids)]
    return tuple(dict.fromkeys([*in_order, *([whole_id] if whole_id else [])]))


def without_ids(text: str) -> str:
    """The text without the arXiv ids and the links that it prints."""
    for printed in reversed(list(printed_ids(text))):
        text = f"{text[: printed.start]} {text[printed.end :]}"
    return re.sub(r"\s+([,.;:])", r"\1", " ".join(_BARE_URL.sub(" ", text).split()))


def as_markdown(line: str) -> str:
    """A line of HTML as Markdown; one without tags as it is.

    >>> as_markdown('<li><a href="https://a.org">A <b>Title</b></a></li>')
    '- [A **Title**](https://a.org)'
    """
    if not _TAG_NAME.search(line):
        return line
    line = _AUTOLINK.sub(r" \1 ", _MARK.sub(lambda match: _MARKS[match[1].lower()], line))
    line = TAGS.sub("", _ANCHOR.sub(r"[\2](\1)", line))
    return unescape(line).strip()


def links_apart(line: str) -> str:
    """A line, its links apart where only a mark stood between them.

    >>> links_apart("https://a.org/1;https://a.org/2")
    'https://a.org/1; https://a.org/2'
    """
    return _GLUED.sub(r"\1 ", line) if line.count("://") > 1 else line


def without_tags(text: str) -> str:
    """The text without HTML's tags and their attributes."""
    return TAGS.sub("", text) if "<" in text else text


def without_badges(text: str) -> str:
    """The text without images, links in HTML as markdown ones. A linked badge leaves its link."""
    text = _ANCHOR.sub(r"[\2](\1)", text) if "<a" in text else text
    return re.sub(_IMAGE, "", _BADGE.sub("[link](", text)) if "![" in text or "<" in text else text


def markdown_links(text: str) -> tuple[MarkdownLink, ...]:
    """The markdown links of a text, in order; `[[pdf](url)]` and `[[pdf]](url)` are one each."""
    if "](" not in text:
        return ()
    return tuple(
        MarkdownLink(_called(match["label"]), match["url"], match.start(), match.end())
        for match in MARKDOWN_LINK.finditer(text)
    )


def _called(label: str) -> str:
    return ID_FIRST.sub("", label.strip()).strip(" []")


@lru_cache(maxsize=128)
def is_label(text: str) -> bool:
    """Whether a text is what a link is called (`pdf`, `code`, `CVPR 2023`, an id), not a title."""
    word = re.sub(r"[^\w\s'’&./:+-]", " ", text).strip(" .:")
    listed = field_of(word) or _CATEGORY.fullmatch(word) or _VENUE.fullmatch(word)
    template = text.lstrip().startswith("{{")
    leads = bool(ids_in(word) or links(word))
    place = leads and len(without_ids(word).split()) <= _WORDS_BESIDE_ID
    return not word or bool(listed) or is_pointer(word) or place or template


def is_paper_link(text: str) -> bool:
    """Whether a text holds an arXiv id, a DOI, or a link to a place that keeps papers."""
    return bool(ids_in(text)) or ("/" in text and bool(_PAPER_SITE.search(text)))


def unmarked(text: str) -> str:
    """The text without markdown: links as their labels, no emphasis, no code marks."""
    text = without_badges(text)
    if "](" in text:
        text = MARKDOWN_LINK.sub(lambda match: match["label"], text)
    if "*" in text or "_" in text or "`" in text or "~" in text:
        text = _without_emphasis(text)
    return " ".join(text.split())


def _without_emphasis(text: str) -> str:
    """A text without the marks of emphasis, but for those within formulas."""
    if text.count("$") < _ENDS_OF_FORMULA:
        return _EMPHASIS.sub("", text)
    parts = enumerate(_FORMULA.split(text))
    return "".join(part if at % 2 else _EMPHASIS.sub("", part) for at, part in parts)


def is_contents(body: str) -> bool:
    """Whether a text links to places in its own file alone, as a table of contents does."""
    urls = [link.url for link in markdown_links(body)]
    return bool(urls) and all(url.startswith("#") for url in urls) and not links(body)


def is_labels(body: str) -> bool:
    """Whether a text is web links and what they are called, and nothing else."""
    if _is_row_of_links(body):
        return True
    remaining_text = flat(without_badges(body), frozenset(ids_in(body)))
    return bool(links(body)) and is_label(remaining_text.strip(EDGES))


def _is_row_of_links(body: str) -> bool:
    """Whether a text is a few links of a word or two, one of them to a paper, the others beside it.

    >>> _is_row_of_links("[ACM DL](https://doi.org/10.1145/1.2) · [video](https://a.org)")
    True
    """
    of_line = markdown_links(body) if body.startswith("[") else ()
    papers = [link for link in of_line if is_paper_link(link.url)]
    if len(of_line) < _FEWEST_IN_ROW or len(papers) != 1 or papers[0] is not of_line[0]:
        return False
    short = all(len(link.label.split()) <= _WORDS_OF_LABEL for link in of_line)
    return short and not MARKDOWN_LINK.sub("", body).strip(EDGES + "()")


def flat(text: str, own_ids: frozenset[str]) -> str:
    """A text without links called `pdf` and the like, and without bare links.

    A link to another paper is left in parentheses behind its name.
    """
    for link in reversed(markdown_links(text)):
        label = "" if is_label(link.label) else link.label
        other = label and set(ids_in(link.url)) - own_ids
        kept_text = f"{label} ({link.url})" if other else label
        text = text[: link.start] + kept_text + text[link.end :]
    if "://" in text:
        text = _BARE_URL.sub(
            lambda match: match[0] if set(ids_in(match[0])) - own_ids and own_ids else " ", text
        )
    text = re.sub(r"\[\s*[,/|]?\s*\]|\(\s*\)|<\s*>", " ", TAGS.sub(" ", text))
    return re.sub(r"[ \t]+", " ", text).strip()


def has_hangul(text: str) -> bool:
    """Whether a text holds Korean."""
    return bool(HANGUL.search(text))


def said_beside_ids(body: str) -> str:
    """The words of a line without its links, ids and tags; whole where an id is a word of them.

    >>> said_beside_ids("2401.00011 is good"), said_beside_ids("2401.00011은 좋다")
    ('is good', '2401.00011은 좋다')
    """
    if names_ids_in_words(body):
        return " ".join(re.sub(r"(?<!\S)#\S+", " ", unmarked(body)).split()).strip(EDGES)
    text = flat(without_badges(body), frozenset(ids_in(body)))
    text = re.sub(r"\(\s*\)|(?<!\S)#\S+", " ", without_ids(unmarked(text)))
    return " ".join(text.split()).strip(EDGES)


def names_ids_in_words(body: str) -> bool:
    """Whether a particle of Korean, Japanese or Chinese stands right behind an id of a line."""
    return has_four_digits(body) and _BEFORE_PARTICLE.search(body) is not None


def said_behind_id(body: str) -> str:
    """The words of a line that begins with its paper's id, with the other ids as written.

    >>> said_behind_id("2401.00011. Good, as 2312.00012 is."), said_behind_id("2401.00011 (v2)")
    ('Good, as 2312.00012 is.', '(v2)')
    """
    words = said_beside_ids(body).lstrip(". ")
    first = MARKDOWN_LINK.match(body) or next(printed_ids(body), None)
    if not words or first is None or len(ids_in(body)) < 2:
        return words
    start, end = first.span() if isinstance(first, re.Match) else (first.start, first.end)
    return words if said_beside_ids(body[:start]) else body[end:].lstrip(EDGES + ".)]>")
