"""What a reader's prose holds: tags, links, and mentions with the sentence around each."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import takewhile

from pipeline.model.ids import PrintedId, printed_ids
from pipeline.model.records import Mention
from pipeline.model.seen_lines import of_seen_lines
from pipeline.model.web_addresses import NO_ADDRESS

SENTENCE_REACH = 1_000
"""How many characters to either side a sentence may reach."""

_TAG = re.compile(
    r"(?<!\S)[#＃](?:\[\[(?P<page>[^\[\]\n]{1,80})\]\](?=[\s.,;:!?)]|$)"
    r"|(?P<words>[^\W\d_][^\s#＃]{0,40}(?: [^\s#＃]{1,40}){1,4})(?<!\s[A-Z])#(?=[\s.,;:!?)]|$)"
    r"|(?P<word>[^\s#＃+][^\s#＃]*#?)(?!\S))"
)
"""A tag: of one word, of several as Bear has them (`#long context#`) or Roam."""
_COLOUR = re.compile(r"(?=[a-f]*\d)[0-9a-fA-F]{6}")
_SENTENCE_ENDS = (".", "!", "?", "。", ")")
_PAGE_TAG = re.compile(r"#\[\[([^\[\]\n]{1,80})\]\]")
"""A tag of several words, as Roam and Logseq write it."""
_LINKED_TAG = re.compile(r"\[\[([^\[\]|\n]{1,80})\]\]")
_LIST_MARK = re.compile(r"[,，、،;；|#\[\]\"'`]")
"""What a list of tags has between or around them, if not spaces alone as in TiddlyWiki."""
_AFTER_TAG = ".,;:!?)]}…。"
_PARTICLE = re.compile(
    r"(?<=[A-Za-z0-9])(?:에서|에게|으로|까지|부터|은|는|이|가|을|를|의|와|과|도|로|에|만)$"
)
_LINK = re.compile(rf"https?://[^{NO_ADDRESS}]+", re.IGNORECASE)
_WIKILINK = re.compile(r"\[\[(?P<note>[^\[\]|#^\n]{1,250})(?:[#^|][^\[\]\n]{0,250})?\]\]")
_NO_TAGS = frozenset(("", "-", "none", "null", "n/a", "nan", "없음", "无", "なし"))
_TARGET = re.compile(r"(?<=\])\([^()\s]{1,500}\)")
_INTO_ADDRESS = re.compile(r"\]\([^\s()]{0,60}$")
_CODE = re.compile(r"^```.*?(?:^```|\Z)|`[^`\n]+`", re.MULTILINE | re.DOTALL)
_SENTENCE_END = re.compile(
    r"(?<![.!?。！？…])(?<!\bal)(?<!\bcf)(?<!\bvs)(?<!e\.g)(?<!i\.e)(?<!\bFig)(?<!\bvgl)"
    r"[.!?。！？…]++[)\]\"'”’]*+\s++(?=[^\sa-z])|\n+"
)
_OPENS_WITH_LINKS = re.compile(r"\(\s*(?:https?://[^\s()]{1,500}[,;\s]\s*)*\Z")
_GOES_ON = re.compile(r"[a-z(\[]")
_WRAPPED = 60
"""Characters of a line that may be wrapped."""
_TAGS_FROM_BEHIND = re.compile(r"(?:[^\s#]++#\s++)+")
"""Tags at the end of a text, which is read backwards."""


def without_tags_behind(text: str) -> str:
    """A text without the tags that it ends with.

    >>> without_tags_behind("Slow Cooking #food #heat"), without_tags_behind("#food")
    ('Slow Cooking', '#food')
    """
    tags = _TAGS_FROM_BEHIND.match(text[::-1])
    return text[: -tags.end()] if tags else text


def tags_of_line(line: str) -> tuple[str, ...] | None:
    """The tags of a line that holds tags alone, as written; None for any other line.

    A heading (`# Links`) and a number (`#1`) are no tags.
    """
    return _tags_alone(line) if "#" in line or "＃" in line else None


@of_seen_lines(256)
def _tags_alone(line: str) -> tuple[str, ...] | None:
    tags = tags_in(line)
    whole = tags and not _TAG.sub("", line).strip()
    return tags if whole and len(tags) == len(_TAG.findall(line)) else None


def tags_in(line: str) -> tuple[str, ...]:
    """The tags of any line, in order: a `#` after a space or at the start, a letter after it.

    >>> tags_in("C# and #1 are none, https://a.org/#b is none, #long-context is one.")
    ('long-context',)
    """
    if "#" not in line and "＃" not in line:
        return ()
    whole = (_tag_of(match) for match in _TAG.finditer(line))
    return tuple(tag for tag in whole if tag)


def _tag_of(match: re.Match[str]) -> str | None:
    """The tag that was found; None where it is a number or a colour."""
    if several := match["page"] or match["words"]:
        return several.strip()
    tag = match["word"].rstrip(_AFTER_TAG)
    is_word = any(map(_is_letter, match["word"])) and not _COLOUR.fullmatch(tag)
    return (_PARTICLE.sub("", tag) or None) if is_word else None


def _is_letter(character: str) -> bool:
    return character.isalpha() or character == "_"


def without_ending_tags(line: str) -> tuple[str, str]:
    """A line without the tags behind its last sentence, and these as written, if there are any.

    >>> without_ending_tags("We count them. #ocr #code")
    ('We count them.', '#ocr #code')
    >>> without_ending_tags("It is shown to be #P-complete.")
    ('It is shown to be #P-complete.', '')
    """
    words = reversed(line.split())
    tags = list(takewhile(lambda word: tags_in(word) and not word.endswith(_SENTENCE_ENDS), words))
    prose = line.rsplit(maxsplit=len(tags))[0] if tags else line
    return (prose, " ".join(reversed(tags))) if prose.endswith(_SENTENCE_ENDS) else (line, "")


def listed_tags(value: str) -> tuple[str, ...]:
    """The tags that a field lists, apart by commas, bars or semicolons, or each with its `#`.

    >>> listed_tags("#a #b/c"), listed_tags("long context, code"), listed_tags('["a", "b"]')
    (('a', 'b/c'), ('long context', 'code'), ('a', 'b'))
    """
    paged = [match[1].strip() for match in _PAGE_TAG.finditer(value)]
    if paged:
        return tuple(dict.fromkeys((*listed_tags(_PAGE_TAG.sub(" ", value)), *paged)))
    linked = _LINKED_TAG.findall(value)
    if linked and not _LIST_MARK.search(_LINKED_TAG.sub("", value)):
        return tuple(dict.fromkeys((*linked, *_LINKED_TAG.sub(" ", value).split())))
    hashed = tags_of_line(value.replace(",", " "))
    if hashed:
        return hashed
    marks = "`" if value.count("`") > 3 else ",，、،;；|\n"
    value = _TARGET.sub("", value)
    parts = re.split(f"[{marks}]", value.strip(" []"))
    tags = (part.strip(" \t\"'`#[]()*_·、,") for part in parts)
    return tuple(tag for tag in tags if tag and tag.casefold() not in _NO_TAGS and len(tag) <= 80)


def links(text: str) -> tuple[str, ...]:
    """The web links of a text, in order, without the punctuation that follows them."""
    return tuple(match[0].rstrip(".,;:!?…") for match in _LINK.finditer(text))


def mentions(commentary: str, footer: str = "") -> tuple[Mention, ...]:
    """The papers and notes that a commentary points at, each with the sentence around it.

    First the arXiv ids in their order, then the `[[wikilinks]]` to other notes in theirs, those of
    `footer` last; a note that is named again there is named once.
    """
    printed = list(_named_once(commentary))
    ends = list(sentence_ends(commentary)) if printed else []
    ids = [Mention(p.arxiv_id, None, sentence_at(commentary, ends, p.start)) for p in printed]
    notes: dict[str, Mention] = {}
    for text in (commentary, footer):
        ends = list(sentence_ends(text)) if "[[" in text else []
        for match in _WIKILINK.finditer(text):
            note = match["note"].strip().removesuffix(".md")
            notes.setdefault(note, Mention(None, note, sentence_at(text, ends, match.start())))
    return (*ids, *notes.values())


def _named_once(text: str) -> Iterator[PrintedId]:
    """The ids that a text prints; a link that is called by its id is one: `[id](address)`."""
    above: PrintedId | None = None
    for printed in printed_ids(text):
        same = above is not None and above.arxiv_id == printed.arxiv_id
        if not (same and above and _INTO_ADDRESS.match(text[above.end : printed.start])):
            yield printed
        above = printed


def without_code(text: str) -> str:
    """A Markdown text with its code (fenced or in backticks) blanked out by spaces."""
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text) if "`" in text else text


def sentence_at(text: str, ends: Sequence[int], position: int) -> str:
    r"""The sentence of `text` that holds the character at `position`; `ends` are `sentence_ends`.

    Where that begins with the link in parentheses, the one before it is what the link is about.

    >>> text = "First. See 2.2 (https://arxiv.org/abs/2408.16293). Last."
    >>> sentence_at(text, list(sentence_ends(text)), 20)
    'See 2.2 (https://arxiv.org/abs/2408.16293).'
    >>> text = "First. It is like BEiT. (https://arxiv.org/abs/2106.08254)"
    >>> sentence_at(text, list(sentence_ends(text)), 25)
    'It is like BEiT. (https://arxiv.org/abs/2106.08254)'
    >>> text = "Another.\n\n(https://arxiv.org/abs/2106.08254) is next."
    >>> sentence_at(text, list(sentence_ends(text)), 11)
    '(https://arxiv.org/abs/2106.08254) is next.'
    """
    following = bisect_right(ends, position)
    start = ends[following - 1] if following else 0
    opening = text[start : min(position, start + SENTENCE_REACH)]
    if _OPENS_WITH_LINKS.match(opening) and not text.endswith("\n\n", 0, start):
        start = ends[following - 2] if following > 1 else 0
    end = ends[following] if following < len(ends) else len(text)
    # Beyond this it is no sentence but a list, and every item would carry all of it.
    start, end = max(start, position - SENTENCE_REACH), min(end, position + SENTENCE_REACH)
    return text[start:end].strip()


def sentence_ends(text: str) -> Iterator[int]:
    """Where each sentence of a text ends, in order; a line end ends a sentence."""
    depth_from, depth = 0, 0
    for match in _SENTENCE_END.finditer(text):
        if match[0] == "\n" and _is_wrapped(text, match.start()):
            continue
        depth += _opened(text[depth_from : match.end()])
        depth_from = match.end()
        # A full stop inside parentheses, as in "(cf. https://...)", ends no sentence.
        if depth <= 0 or "\n" in match[0]:
            depth = 0
            yield match.end()


def _is_wrapped(text: str, at: int) -> bool:
    """Whether a line end is within a sentence: of a long line without a stop, the next goes on."""
    length = at - text.rfind("\n", 0, at) - 1
    stops = text[at - 1 : at] in (".", "!", "?", "。", "！", "？", "…", ":", "：")
    return length >= _WRAPPED and not stops and _GOES_ON.match(text, at + 1) is not None


def _opened(text: str) -> int:
    return text.count("(") - text.count(")")
