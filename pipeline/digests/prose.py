"""What a reader's prose holds: tags, links, and mentions with the sentence around each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.ids import printed_ids
from pipeline.records import Mention

_TAG = re.compile(r"#([^\s#]*[^\W\d][^\s#]*)")
_INLINE_TAG = re.compile(r"(?<!\S)#([^\s#]*[^\W\d][^\s#]*?)[,.;:!?)\]]*(?!\S)")
_LINK = re.compile(r"https?://[^\s<>\"'()\[\]{}]+", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?。！？…]+[)\]\"'”’]*\s+(?=[^\sa-z])|\n+")


def tags_of_line(line: str) -> tuple[str, ...] | None:
    """The tags of a line that holds tags alone, as written; None for any other line.

    A heading (`# Links`) and a number (`#1`) are no tags.
    """
    words = line.split()
    tags = [match[1].rstrip(",;") for word in words if (match := _TAG.fullmatch(word))]
    return tuple(tags) if words and len(tags) == len(words) else None


def tags_in(line: str) -> tuple[str, ...]:
    """The tags of any line, in order: a `#` after a space or at the start, a letter after it.

    >>> tags_in("C# and #1 are none, https://a.org/#b is none, #long-context is one.")
    ('long-context',)
    """
    return tags_of_line(line) or tuple(match[1] for match in _INLINE_TAG.finditer(line))


def links(text: str) -> tuple[str, ...]:
    """The web links of a text, in order, without the punctuation that follows them."""
    return tuple(match[0].rstrip(".,;:!?…") for match in _LINK.finditer(text))


def mentions(commentary: str) -> tuple[Mention, ...]:
    """The arXiv papers that a commentary points at, in order, each with the sentence around it."""
    return tuple(
        Mention(found.arxiv_id, None, sentence_around(commentary, found.start))
        for found in printed_ids(commentary)
    )


def sentence_around(text: str, position: int) -> str:
    """The sentence of `text` that holds the character at `position`; a line end ends a sentence.

    >>> sentence_around("First. See 2.2 (https://arxiv.org/abs/2408.16293). Last.", 20)
    'See 2.2 (https://arxiv.org/abs/2408.16293).'
    """
    start = 0
    for end in _sentence_ends(text):
        if end > position:
            return text[start:end].strip()
        start = end
    return text[start:].strip()


def _sentence_ends(text: str) -> Iterator[int]:
    depth_from, depth = 0, 0
    for match in _SENTENCE_END.finditer(text):
        depth += _opened(text[depth_from : match.end()])
        depth_from = match.end()
        # A full stop inside parentheses, as in "(cf. https://...)", ends no sentence.
        if depth <= 0 or "\n" in match[0]:
            depth = 0
            yield match.end()


def _opened(text: str) -> int:
    return text.count("(") - text.count(")")
