"""Files of kinds that are mostly no digests: which of them hold a reader's notes all the same.

A web page may be a newsletter or a saved post on papers, LaTeX a reading list, TOML a table of
papers. They are looked at as they are written, before they are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

MOST_BYTES = 16 << 20
"""What is larger is passed over as its kind."""
_PAPER = (
    rb"(?:arxiv\.org(?:/|%2F)(?:abs|pdf|html)(?:/|%2F)[\w.%/-]{6,30}|\barxiv\s?:\s?[\w.-]{0,20}/?\d{4}\.?\d{3}"
    rb"|(?:openreview\.net/|aclanthology\.org/|proceedings\.mlr\.press/|thecvf\.com/|neurips\.cc/"
    rb"|doi\.org/10\.|huggingface\.co/papers/)[\w.?=%/-]{4,60})"
)
_PAPER_LINK = re.compile(_PAPER, re.IGNORECASE)
_LINKED_TITLE = re.compile(
    rb"<a\s[^<>]{0,500}?href\s*=\s*[\"'][^\"'<>]{0,600}"
    + _PAPER
    + rb"[^\"'<>]{0,600}[\"'][^<>]{0,500}>"
    rb"(?:\s|<[^<>]{0,200}>){0,9}[^<>\s]{1,60}\s{1,20}[^<>\s]",
    re.IGNORECASE,
)
_HEADING = re.compile(
    rb"<(?:h[1-6]|b|strong|p|div|li)\b[^<>]{0,300}>[^<>]{2,300}\s[^<>]{2,300}<", re.IGNORECASE
)
_OF_A_SITE = re.compile(
    rb"<meta\s[^<>]{0,200}?(?:name|property)\s*=\s*[\"']?(?:citation_\w+|dc\.identifier"
    rb"|generator[\"']?\s+content\s*=\s*[\"']?(?:mediawiki|sphinx|docutils|doxygen|javadoc|rustdoc"
    rb"|docusaurus|mkdocs|vuepress|pdoc|jupyter|digest-graph|pyvis))",
    re.IGNORECASE,
)
"""Marks of the page of one paper, of a wiki, of a manual, and of what this program writes."""
_CITES = re.compile(rb"\\(?:cite[a-z]*|parencite|textcite|autocite)\s*(?:\[[^\[\]]{0,200}\]\s*)?\{")
_ABSTRACT = re.compile(rb"\\begin\s*\{abstract\}|\\abstract\s*\{")
_REFERENCES = re.compile(rb"\\bibliography\s*\{|\\printbibliography|\\begin\s*\{thebibliography\}")
_PAPER_CITES = 3
_TABLE = re.compile(rb"^\s*\[\[?[\w.\" -]{1,60}\]\]?\s*$|[=,]\s*\{", re.MULTILINE)
_KEYS = re.compile(
    rb"^\s*\"?(?:title|authors?|arxiv\w*|url|link|doi|name|paper)\"?\s*=",
    re.MULTILINE | re.IGNORECASE,
)
_MANIFESTS = frozenset(
    b"package project build-system dependencies tool workspace lib bin profile".split()
)
_FIRST_TABLE = re.compile(rb"^\s*\[\[?\s*([\w-]+)", re.MULTILINE)


def is_passed_over(kind: str, content: bytes) -> bool:
    """Whether a file of a doubtful kind is no digest."""
    if len(content) > MOST_BYTES:
        return True
    return not _HOLDS_PAPERS[kind](content)


def may_be_read(kind: str, name: str) -> bool:
    """Whether a file of a kind that is passed over has to be looked at as a whole."""
    suffix = name.casefold().rpartition(".")[2]
    return kind == "web pages" or (kind, suffix) in (("LaTeX sources", "tex"), ("settings", "toml"))


def _is_reading_page(content: bytes) -> bool:
    if content[:500].lstrip()[:5].lower() in (b"from:", b"mime-", b"subje"):
        content = content.replace(b"=\r\n", b"").replace(b"=\n", b"").replace(b"=3D", b"=")
    if _OF_A_SITE.search(content[:60_000]) or b"digest-graph" in content[:20_000]:
        return False
    return _LINKED_TITLE.search(content) is not None or (
        _PAPER_LINK.search(content) is not None and _HEADING.search(content) is not None
    )


def _is_reading_list(content: bytes) -> bool:
    """Whether LaTeX names papers, and is no paper of its own: one cites what it refers to."""
    cites = sum(1 for _ in zip(_CITES.finditer(content), range(_PAPER_CITES), strict=False))
    refers = _REFERENCES.search(content) is not None
    if refers and (cites >= _PAPER_CITES or _ABSTRACT.search(content)):
        return False
    return (
        b"arxiv" in content.lower()
        or b"\\bibitem" in content
        or _PAPER_LINK.search(content) is not None
    )


def _is_table_of_papers(content: bytes) -> bool:
    first = _FIRST_TABLE.search(content)
    if first and first[1].lower() in _MANIFESTS:
        return False
    return _TABLE.search(content) is not None and (
        len({m[0].strip().lower() for m in _KEYS.finditer(content)}) > 1
        or _PAPER_LINK.search(content) is not None
    )


_HOLDS_PAPERS: Mapping[str, Callable[[bytes], bool]] = {
    "web pages": _is_reading_page,
    "LaTeX sources": _is_reading_list,
    "settings": _is_table_of_papers,
}
