"""What formats of one paper a line share: ids, markdown links, names, and lines left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from pipeline.digests.prose import links, tags_of_line
from pipeline.model.ids import normal_arxiv_id, printed_ids
from pipeline.model.records import Skip, Text

_HANGUL = re.compile(r"[가-힣ᄀ-ᇿ㄰-㆏]")
EDGES = " \t,;:|·•-–—/"
"""What stands between the parts of a line, and is part of none."""
TAGS = re.compile(r"<(?!https?:)/?[a-zA-Z!][^<>]{0,500}>")
_BARE_URL = re.compile(r"<?https?://[^\s<>\"'()\[\]{}]+>?", re.IGNORECASE)
_IMAGE = r"(?:!\[[^\[\]]{0,300}\]\([^()]{0,2000}\)|<img\b[^<>]{0,2000}>)"
_ANCHOR = re.compile(
    r"<a\s[^<>]{0,200}?href=[\"']([^\"'<>]{1,2000})[\"'][^<>]{0,200}>([^<>]{0,300})</a>",
    re.IGNORECASE,
)
_BADGE = re.compile(rf"\[\s*{_IMAGE}\s*\]\(")
_LABEL = r"[^\[\]]{0,400}(?:\[[^\[\]]{0,400}\][^\[\]]{0,400}){0,4}"
_URL = r"[^\s<>()]{0,2000}(?:\([^\s<>()]{0,200}\)[^\s<>()]{0,200}){0,4}"
MARKDOWN_LINK = re.compile(
    rf"\[(?P<label>{_LABEL})\]\(<?(?P<url>{_URL})>?(?:\s+[\"'][^\"']{{0,200}}[\"'])?\s*\)"
)
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?:[-*+•]|\d{1,4}[.)])[ \t]+(?P<body>\S.*)")
_HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})[ \t]+(?P<body>\S.*)")
_LINK_WORD = re.compile(
    r"(?:the )?(?:pdf|papers?|arxiv|abs|html|link|url|doi|code|github|git|repo|project|page|site"
    r"|website|web|demo|video|slides?|poster|blog|post|data|dataset|model|weights|hf|hugging ?face"
    r"|openreview|acl|pmlr|cvf|bib|bibtex|supp|supplementary|official|star|stars|read|here|source"
    r"|colab|notebook|twitter|x|youtube|논문|코드|링크|깃허브|깃헙|데모|영상|프로젝트)"
    r"(?:[ -](?:page|link|code|site|pdf|paper|page link|blog|repo|version))?",
    re.IGNORECASE,
)
_VENUE = re.compile(
    r"(?:(?:[A-Za-z&+/@-]{1,20} ){0,2}[A-Za-z&+/@-]{0,20}[ '’-]?(?:19|20)?\d\d(?:[-./]\d\d?){0,2}"
    r"(?: \(?(?:oral|poster|spotlight|workshop|findings)\)?)?"
    r"|NeurIPS|NIPS|ICML|ICLR|CVPR|ICCV|ECCV|ACL|EMNLP|NAACL|AAAI|IJCAI|TMLR|JMLR|arXiv|KDD|WWW)",
    re.IGNORECASE,
)
CUT = re.compile(r",?\s*\(?\b(?:et\.?\s*al\b\.?|and others|외\s*\d*명?)\)?", re.IGNORECASE)
_AND = re.compile(r"\s*[,;]\s*(?:and\s+|&\s*)?|\s+(?:and|&)\s+")
_PARTICLES = frozenset("van von der den de da di dos del la le el al bin ibn ten ter du".split())
_NOT_NAMES = frozenset(
    "accepted algorithm analysis and answering approach are arxiv attention award benchmark best "
    "blog book chapter code conference course data dataset deep detection diffusion evaluation "
    "findings for framework from generation generative google image inference international "
    "introduction journal language large learning letters method methods model modeling models "
    "multimodal nature network networks neural open optimization oral our page paper papers "
    "poster preprint proceedings project question reasoning report research review scaling "
    "science source spotlight survey system systems task technical text the this training "
    "transactions transformer transformers translation tutorial under understanding university "
    "using via video vision with without workshop".split()
)
_DIGITS_OF_ID = re.compile(r"\d{4}\.\d{4}|/\d{7}")
_OTHER_ID = re.compile(
    r"(?<![\w./:-])[a-z-]{2,9}(?:\.[A-Za-z-]{2,})?/\d{7}(?:v\d{1,2})?(?![\w/])"
    r"|https?://\S{1,60}/(?=[\s)\]>]|$)"
)
_PAPER_SITE = re.compile(
    r"https?://(?:[\w-]+\.)*(?:openreview\.net|aclanthology\.org|aclweb\.org|mlr\.press|thecvf\.com"
    r"|neurips\.cc|nips\.cc|jmlr\.org|ecva\.net|acm\.org|ieee\.org|nature\.com|science\.org|doi\.org"
    r"|springer\.com|sciencedirect\.com|biorxiv\.org|medrxiv\.org|semanticscholar\.org|aaai\.org"
    r"|isca-speech\.org|ijcai\.org)/|https?://\S{1,200}\.pdf(?:[?#)\s]|$)",
    re.IGNORECASE,
)


class Line(NamedTuple):
    """A line of a file: its number, from 1, and its text."""

    number: int
    text: str


class Names(NamedTuple):
    """An author list: the names, whether all are there, and the text after the last one."""

    names: tuple[str, ...]
    complete: bool
    after: str


class MarkdownLink(NamedTuple):
    """A `[label](url)`: what it says, where it leads, and where it stands in the text."""

    label: str
    url: str
    start: int
    end: int


class Item(NamedTuple):
    """A list item: how far it is indented, in columns, and its text."""

    indent: int
    body: str


def lost(file: str, run: Sequence[Line]) -> Iterator[Skip]:
    """One skip for a run of lines that hold a link or an id and gave no entry; else nothing."""
    if any(links(without_badges(line.text)) or ids_in(line.text) for line in run):
        first, last = run[0].number, run[-1].number
        where = f"lines {first} to {last} name" if first < last else f"line {first} names"
        reason = f"{where} no paper; put each paper on a line of its own, as the others are."
        yield Skip("digests", f"{file}:{first}", reason)


def ids_in(text: str) -> tuple[str, ...]:
    """The arXiv ids of a text, in order, each once.

    As `printed_ids`, with bare old ids (`hep-th/9901001`), and with four digits after the
    point (`1409.0473`) where the text is nothing but the id.
    """
    if not _DIGITS_OF_ID.search(text):
        return ()
    found = [(printed.start, printed.arxiv_id) for printed in printed_ids(text)]
    for match in _OTHER_ID.finditer(text):
        arxiv_id = normal_arxiv_id(match[0])
        found += [(match.start(), arxiv_id)] if arxiv_id else []
    whole = normal_arxiv_id(text) if len(text) < 200 else None
    return tuple(dict.fromkeys([*(each for _, each in sorted(found)), *([whole] if whole else [])]))


def without_badges(text: str) -> str:
    """The text without images, links in HTML as markdown ones. A linked badge leaves its link."""
    text = _ANCHOR.sub(r"[\2](\1)", text) if "<a" in text else text
    return re.sub(_IMAGE, "", _BADGE.sub("[link](", text)) if "![" in text or "<" in text else text


def markdown_links(text: str) -> tuple[MarkdownLink, ...]:
    """The markdown links of a text, in order; `[[pdf](url)]` and `[[pdf]](url)` are one each."""
    return tuple(
        MarkdownLink(match["label"].strip(" []"), match["url"], match.start(), match.end())
        for match in MARKDOWN_LINK.finditer(text)
    )


def is_label(text: str) -> bool:
    """Whether a text is what a link is called (`pdf`, `code`, `CVPR 2023`, an id), not a title."""
    word = re.sub(r"[^\w\s'’&./:+-]", " ", text).strip(" .:")
    known = _LINK_WORD.fullmatch(word) or _VENUE.fullmatch(word) or ids_in(word)
    return not word or bool(known) or bool(links(word))


def is_paper_link(text: str) -> bool:
    """Whether a text holds an arXiv id, or a link to a place that keeps papers."""
    return bool(ids_in(text)) or bool(_PAPER_SITE.search(text))


def unmarked(text: str) -> str:
    """The text without markdown: links as their labels, no emphasis, no code marks."""
    text = MARKDOWN_LINK.sub(lambda match: match["label"], without_badges(text))
    return " ".join(re.sub(r"\*{1,3}|(?<!\w)_{1,2}|_{1,2}(?!\w)|`", "", text).split())


def is_contents(body: str) -> bool:
    """Whether a text links to places in its own file alone, as a table of contents does."""
    urls = [link.url for link in markdown_links(body)]
    return bool(urls) and all(url.startswith("#") for url in urls) and not links(body)


def is_labels(body: str) -> bool:
    """Whether a text is web links and what they are called, and nothing else."""
    left = flat(without_badges(body), frozenset(ids_in(body)))
    return bool(links(body)) and is_label(left.strip(EDGES))


def flat(text: str, own: frozenset[str]) -> str:
    """A text without links called `pdf` and the like, and without bare links.

    A link to another paper is left in parentheses behind its name.
    """
    for link in reversed(markdown_links(text)):
        label = "" if is_label(link.label) else link.label
        other = label and set(ids_in(link.url)) - own
        told = f"{label} ({link.url})" if other else label
        text = text[: link.start] + told + text[link.end :]
    text = _BARE_URL.sub(
        lambda match: match[0] if set(ids_in(match[0])) - own and own else " ", text
    )
    text = re.sub(r"\[\s*[,/|]?\s*\]|\(\s*\)|<\s*>", " ", TAGS.sub(" ", text))
    return re.sub(r"[ \t]+", " ", text).strip()


def item_of(line: str) -> Item | None:
    """The list item that a line is; None for any other line."""
    match = _ITEM.match(line)
    return Item(len(match["indent"].expandtabs(4)), match["body"].strip()) if match else None


def body_of(line: str) -> str:
    """The text of a line without its bullet or number."""
    item = item_of(line)
    return item.body if item else line.strip()


def heading_of(line: str) -> str | None:
    """The text of a heading line (`## Text`); None for any other line."""
    match = _HEADING.match(line)
    return match["body"].strip(" #") if match else None


def is_frame(line: str) -> bool:
    """Whether a line is blank, a heading, a rule, a badge or bare HTML: no paper and no prose."""
    kept = re.sub(r"\[link\]\([^()]{0,2000}\)", "", without_badges(line)).strip(" |·•-*_=\t\r")
    html = kept.startswith("<") and len(TAGS.sub("", kept)) <= 60 and not ids_in(line)
    return not kept or heading_of(line) is not None or html


def is_marked_up(body: str) -> bool:
    """Whether a list item's text has a bold title or a link with a name, as reading lists do."""
    named = (link for link in markdown_links(body) if not (ids_in(link.label) or "/" in link.label))
    return body.startswith(("**", "__")) or any(named)


def sample(text: Text) -> tuple[str, ...]:
    """The first lines of a text that are not blank, for a look at what they are."""
    return tuple(line for line in islice(text.lines, 400) if line and line.strip())


def note_weight(lines: Iterable[str]) -> float:
    """How much lines speak for a reader's notes: 1 for a line of a note, 1/4 for other prose."""
    return sum(1.0 if _is_note(line.strip()) else 0.25 for line in lines)


def has_hangul(text: str) -> bool:
    """Whether a text holds Korean."""
    return bool(_HANGUL.search(text))


def _is_note(line: str) -> bool:
    return len(line) >= 200 or line[:1] in ">(" or has_hangul(line) or bool(tags_of_line(line))


def names_in(text: str, *, sure: bool = False) -> Names | None:
    """The author list that a text begins with; None where it is not clearly one.

    Two names, or one before `et al.`, are clear. With `sure`, where the place says that it
    holds names, any are.

    >>> names_in("Ann Lee, Bo van Kim, et al., ICML 2023")
    Names(names=('Ann Lee', 'Bo van Kim'), complete=False, after='ICML 2023')
    """
    text = text[:5000].strip(" .,;*_")
    cut = CUT.search(text)
    inner, after = (text[: cut.start()], text[cut.end() :]) if cut else (text, "")
    items = [item.strip(" *_()") for item in _AND.split(inner.removeprefix("and ")) if item.strip()]
    single = sure or (bool(cut) and len(items) == 1)
    count = next((at for at, item in enumerate(items) if not _is_name(item, single)), None)
    names = tuple(items[:count])
    if count is not None:
        cut, after = None, ", ".join(items[count:])
    if not names or not (sure or len(names) > 1 or cut):
        return None
    return Names(names, cut is None, after.strip(" .,;()*_"))


def _is_name(item: str, single: bool) -> bool:
    words = item.split()
    if has_hangul(item):
        return single and len(item) <= 12
    known = {word.lower().strip(".") for word in words if len(word) > 2} & _NOT_NAMES
    if not 2 - single <= len(words) <= 5 or len(item) > 60 or (known and not single):
        return False
    shaped = all(re.fullmatch(r"[^\W\d_](?:[^\W\d_]|[.'’‘`-])*", word) for word in words)
    return shaped and all(
        word[0].isupper() or word.lower() in _PARTICLES or not word[0].isascii() for word in words
    )
