"""What this program wrote into notes: blocks between two comments, and heads of whole notes.

A reader's note holds a block between `<!-- digest-graph begin ID HASH -->` and `<!-- digest-graph
end -->` (in org `# digest-graph begin ID HASH`). A note that is written whole names in its head,
under `digest-graph`, a hash and the keys that were written. Neither is the reader's word: what
reads notes passes over them, and what writes notes finds them again.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote, unquote

HEAD_KEY = "digest-graph"
KEPT_KEYS = frozenset({"title", "paper-title", "arxiv", "doi"})
"""Keys of a written head that say which paper a note is about, once it has words of its reader."""
_BEGIN = re.compile(
    r"[ \t]*(?:-[ \t]+)?(?:<!--|#)[ \t]*digest-graph begin[ \t]+(?P<id>[^\s<>]{1,600})"
    r"[ \t]+(?P<hash>[0-9a-f]{12})(?:[ \t]+\+(?P<glue>[0-2]))?[ \t]*(?:-->)?[ \t]*"
)
_END = re.compile(r"[ \t]*(?:-[ \t]+)?(?:<!--|#)[ \t]*digest-graph end[ \t]*(?:-->)?[ \t]*")
_KEY = re.compile(
    r"[ \t]*(?:-[ \t]+)?(?::|#\+)?(?P<key>[^\W\d_][\w -]{0,60}?):{1,2}(?:[ \t]+|$)(.*)"
)
_FRAME = re.compile(r"[ \t]*+(?:---|\+\+\+|:(?:PROPERTIES|END):|-)?[ \t]*", re.IGNORECASE)
_MOST_HEAD_LINES = 400


class WrittenBlock(NamedTuple):
    """A block: its first line and the one behind its last (from 0), whose it is, and its lines.

    `digest` is the hash that it was written with, `glue` how many ends of lines were put before.
    """

    start: int
    end: int
    node_id: str
    digest: str
    glue: int
    lines: tuple[str, ...]

    @property
    def is_as_written(self) -> bool:
        """Whether nobody changed what is in it."""
        return hash_of(self.lines) == self.digest


class WrittenHead(NamedTuple):
    """The head of a note: where the text behind it begins, its keys, and what of it was written.

    `digest` and `written` are None where this program wrote none of it.
    """

    end: int
    keys: tuple[str, ...]
    digest: str | None
    written: tuple[str, ...] | None


def begin_line(node_id: str, lines: Sequence[str], glue: int) -> str:
    """What stands in the first comment of a block."""
    return f"digest-graph begin {_quoted(node_id)} {hash_of(lines)} +{glue}"


END_LINE = "digest-graph end"


def hash_of(lines: Iterable[str]) -> str:
    """Twelve hexadecimal digits of lines, whatever ends them and trails behind their words."""
    return hashlib.sha256("\n".join(line.rstrip() for line in lines).encode()).hexdigest()[:12]


def blocks_in(lines: Sequence[str | None]) -> Iterator[WrittenBlock]:
    """The blocks in the lines of a note. One that does not end is none: it may be the reader's."""
    begun: tuple[int, re.Match[str]] | None = None
    for number, line in enumerate(lines):
        if line is None or "digest-graph" not in line:
            continue
        if match := _BEGIN.fullmatch(line.rstrip("\r\n")):
            begun = number, match
        elif begun and _END.fullmatch(line.rstrip("\r\n")):
            start, match = begun
            inner = tuple((each or "").rstrip("\r\n") for each in lines[start + 1 : number])
            glue = int(match["glue"] or 0)
            yield WrittenBlock(start, number + 1, unquote(match["id"]), match["hash"], glue, inner)
            begun = None


def without_blocks(lines: Sequence[str | None]) -> Sequence[str | None]:
    """The lines, those of blocks blank, so that all others stay where they are."""
    blocks = list(blocks_in(lines))
    if not blocks:
        return lines
    kept = list(lines)
    for block in blocks:
        kept[block.start : block.end] = [""] * (block.end - block.start)
    return kept


def head_in(lines: Sequence[str | None]) -> WrittenHead:
    """The head of a note in Markdown, Logseq or org; it ends at 0 where there is none."""
    first = (lines[0] or "").lstrip("\ufeff").rstrip() if lines else ""
    fenced = first in ("---", "+++")
    keys: list[str] = []
    digest, written, end = None, None, 0
    for number, line in enumerate(lines[:_MOST_HEAD_LINES]):
        text = (line or "").lstrip("\ufeff").rstrip()
        match = _KEY.fullmatch(text)
        if fenced and number and text == first:
            return WrittenHead(number + 1, tuple(keys), digest, written)
        if match and not (fenced and text[:1] in (" ", "\t", "-")):
            key = _folded(match["key"])
            keys.append(key)
            if key == HEAD_KEY and (marks := match[2].strip("\"' ").split()):
                digest, written = marks[0], tuple(map(_folded, marks[1:]))
        elif not fenced and (line is None or not _FRAME.fullmatch(text)):
            break
        end = end if fenced else number + 1
    return WrittenHead(end, tuple(keys), digest, written)


def is_only_written(lines: Sequence[str | None]) -> bool:
    """Whether a note has a written head, and nothing behind it or in it that its reader wrote."""
    head = head_in(lines)
    if head.written is None:
        return False
    own = set(head.keys).difference(head.written, {HEAD_KEY})
    rest = without_blocks(lines)[head.end :]
    return not own and not any(line is None or not _FRAME.fullmatch(line) for line in rest)


def is_written_key(key: str, written: Iterable[str]) -> bool:
    """Whether a key of a head is this program's, and not one that says which paper is meant."""
    return _folded(key) in {HEAD_KEY, *written}.difference(KEPT_KEYS)


def written_keys(value: str) -> tuple[str, ...]:
    """The keys that a written head lists under `digest-graph`."""
    return tuple(map(_folded, value.split()[1:]))


def head_hash(lines: Sequence[str | None]) -> str:
    """The hash of the lines of a head, without the one that holds its hash."""
    texts = [line or "" for line in lines]
    kept = [line for line in texts if not ((m := _KEY.fullmatch(line)) and is_head_key(m["key"]))]
    return hash_of("\n".join(kept).strip("\n").split("\n"))


def is_head_key(key: str) -> bool:
    """Whether a key is the one under which a written head lists its keys."""
    return _folded(key) == HEAD_KEY


def _folded(key: str) -> str:
    return key.strip().casefold().replace("_", "-")


def _quoted(node_id: str) -> str:
    """An id without spaces, and without what would end a comment."""
    return quote(node_id, safe=":/.").replace("--", "%2D%2D")
