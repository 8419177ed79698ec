"""Whether a page names papers as digests do: in headings, rows, items, or beside their links."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.digests import markdown
from pipeline.digests.names import names_in
from pipeline.digests.titles import looks_like_title

_MARK = re.compile(r"(?:>\s|\s|-\s|\*\*)*")
_SIGNED = re.compile(r"(?:\*\*)?[^*]{8,300}\*\*[.,:;]?\s*(?P<names>[^*]{3,600})\Z")
"""A title in bold, in any letters, and who wrote it."""
_ENDS = re.compile(
    r"(?:\d+\.?\s*)?(?:references|bibliography|works cited|citations?|footnotes|notes|see also"
    r"|further reading|external links|related (?:work|posts|articles)|literatur|einzelnachweise"
    r"|weblinks|références|bibliographie|referencias|참고 ?문헌|参考文献|參考文獻|脚注)",
    re.IGNORECASE,
)
"""Headings of what a page refers to."""
_BY = frozenset("by from at in on and et von de del di par av with arxiv pdf code via".split())
"""What may follow a title that is no sentence."""
_CITED = re.compile(r"\bet\.? al\b|[,(\s](?:19|20)\d\d[a-z]?\)?\Z")
"""`Lee et al., 2020` is how a sentence names a paper."""


def names_papers(lines: Sequence[str | None]) -> bool:
    """Whether lines name papers as digests do: with the link in a heading, a row or its own line.

    A link within a sentence names none, nor does a list of references. A page that mostly cites
    papers in its sentences is no digest, unless it begins with a paper or a heading is one.
    """
    counts: list[bool] = []
    is_counted, is_titled = True, False
    for line in filter(None, lines):
        heading = line.lstrip("#").strip() if line.startswith("#") else None
        if heading is not None:
            is_counted = not _ENDS.fullmatch(markdown.unmarked(heading).strip(" :"))
        if is_counted and markdown.is_paper_link(line):
            counts.append(_names(line, heading, is_titled=is_titled))
            if counts[-1] and (heading is not None or (len(counts) == 1 and is_titled)):
                return True
        words = markdown.unmarked(line.lstrip("#>- ").strip())
        is_titled = looks_like_title(words, words=2) or (is_titled and names_in(words) is not None)
    return any(counts) and sum(counts) * 2 >= len(counts)


def _names(line: str, heading: str | None, *, is_titled: bool) -> bool:
    if heading is not None or line.startswith("| "):
        return len(markdown.said_beside_ids(heading or line).split()) > 1
    marked = _MARK.match(line)
    body = line[marked.end() :] if marked else line
    link = next(iter(markdown.markdown_links(body)), None)
    if link and markdown.is_paper_link(link.url) and not markdown.is_label(link.label):
        return _is_named_by(body, link) or (is_titled and markdown.is_labels(body))
    # The link is called `pdf` or stands as it is: a title is before it, or above.
    stated = "**" in line[:4] or line.lstrip().startswith("- ")
    before = body[: link.start] if link else markdown.said_beside_ids(body)
    titled = stated and looks_like_title(before.rstrip(" .,([—–-"), words=2)
    signed = _SIGNED.match(before[:1_000]) if stated and "**" in line[:8] else None
    names = names_in(signed["names"].strip(" .,;:([—–-")) if signed else None
    return titled or names is not None or (is_titled and markdown.is_labels(body))


def _is_named_by(body: str, link: markdown.MarkdownLink) -> bool:
    """Whether a link's words are the title that a line begins with, and no part of a sentence."""
    before, behind = body[: link.start].strip(" *_"), body[link.end :].lstrip(" *_,.;:(")
    if before[-1:].isalpha() or before[-1:] in (",", "("):
        return False
    goes_on = behind[:1].islower() and behind.split()[0] not in _BY
    titled = looks_like_title(link.label, words=2) and not _CITED.search(link.label)
    return titled and not goes_on
