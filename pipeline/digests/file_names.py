"""Files called as a paper: `Lee et al. - 2024 - Slow Cooking.pdf`, `2024_Lee_Slow Cooking.md`.

So Zotero and its add-ons call what they store, and what is written beside it is called likewise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePath

_YEAR = r"(?:19|20)\d\d[a-z]?"
_NAME = r"[^\W\d_][^\s_]{0,30}(?: [^\s_]{1,30}){0,2}"
_CITED = tuple(
    re.compile(form)
    for form in (
        rf"[^\d\n]{{2,80}} - {_YEAR} - (?P<title>\S.{{9,250}})",
        rf"[^\d\n]{{2,80}}_{_YEAR}_(?P<title>[^_].{{9,250}})",
        rf"{_YEAR}(?:_{_NAME}){{1,4}}_(?P<title>[^_].{{9,250}})",
        rf"[^\d()\n]{{2,80}} \({_YEAR}\) (?P<title>\S.{{9,250}})",
    )
)
_ANNOTATED = "hls__"
"""Before the name of a PDF it is what Logseq calls the page of what is marked in it."""
_FILE = re.compile(r"\.(?:md|txt|org|pdf|markdown)$", re.IGNORECASE)
_WORDS = 3
_PATH_OF_PDF = "file-path"


def cited_name(file: str) -> str | None:
    """The title in a file's name that has who wrote it and when before it; None for any other.

    >>> cited_name("vault/Lee et al. - 2024 - Slow Cooking of Models.md")
    'Slow Cooking of Models'
    >>> cited_name("hls__2024_Lee_Kim et al_Slow Cooking of Models.md")
    'Slow Cooking of Models'
    >>> cited_name("2024-09-05 Slow Cooking of Models.md")
    """
    name = PurePath(file.replace("\\", "/")).name
    stem = _FILE.sub("", _FILE.sub("", name)).removeprefix(_ANNOTATED)
    for form in _CITED:
        match = form.fullmatch(stem)
        if match and len(match["title"].split()) >= _WORDS:
            return match["title"].replace("_", " ").strip()
    return None


def is_marked_up(file: str, keys: Iterable[str]) -> bool:
    """Whether a page of Logseq, by its name and keys, holds what its reader marked in one PDF."""
    name = PurePath(file.replace("\\", "/")).name
    return name.startswith(_ANNOTATED) and _PATH_OF_PDF in keys
