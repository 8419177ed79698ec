"""What kind of file a name and its first bytes tell of, where it is no digest."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.model.ids import id_of_name

HEAD_BYTES = 4_096
"""How much of a file is looked at to know its kind."""

_SUFFIXES_OF = {
    "source code": "py pyi ipy c h cc cpp cxx hpp hh cu cuh java js jsx mjs cjs ts tsx vue svelte"
    " go rs rb php pl pm swift kt kts scala jl lua r m mm cs fs hs ml clj ex exs erl dart zig asm"
    " sh bash zsh fish bat cmd ps1 sql cmake gradle make mk proto thrift css scss sass less wasm",
    "settings": "toml ini cfg conf properties env lock editorconfig gitignore plist reg desktop",
    "logs": "log out err trace",
    "LaTeX sources": "tex sty cls bst bbl aux toc",
    "images": "png jpg jpeg gif webp svg bmp tif tiff ico heic heif avif eps ai psd drawio"
    " excalidraw xcf",
    "sounds and films": "mp3 m4a wav flac ogg oga opus aac mp4 mkv mov avi webm wmv",
    "fonts": "ttf otf woff woff2 eot",
    "archives": "tar gz tgz bz2 xz 7z rar zst dmg iso jar whl deb rpm",
    "programs": "exe dll so dylib o a lib obj class pyc pyo apk",
    "data": "npy npz pt pth ckpt safetensors onnx pkl pickle h5 hdf5 parquet feather arrow avro"
    " tfrecord mat bin dat db sqlite sqlite3 duckdb rds rdata gguf vec",
    "slides": "ppt pptx key odp",
}
_KIND_OF = {suffix: kind for kind, listed in _SUFFIXES_OF.items() for suffix in listed.split()}
_EXPORTS = {
    "doc": "a Word document; save it as text (.txt)",
    "rtf": "rich text; save it as plain text (.txt)",
    "pages": "a document of Pages; export it as text (.txt)",
    "xls": "an old Excel file; save it as CSV or .xlsx",
    "ods": "a spreadsheet of LibreOffice; save it as CSV",
    "numbers": "a spreadsheet of Numbers; export it as CSV",
    "epub": "a book; give the notes on it as text",
    "enl": "a library of EndNote; export it as BibTeX, RIS or XML",
}
_NAMES = {
    "settings": r"(?:requirements|constraints)[\w.-]*\.(?:txt|in)|package(?:-lock)?\.json"
    r"|tsconfig[\w.]*\.json|cmakelists\.txt|dockerfile|makefile|robots\.txt|environment\.ya?ml"
    r"|[\w.-]*-compose\.ya?ml|mkdocs\.ya?ml|_config\.ya?ml|pnpm-lock\.yaml|composer\.json",
    "licences": r"licen[cs]e(?:\.(?:txt|md))?|copying(?:\.txt)?",
}
_MAGIC = (
    (b"\x89PNG", "images"),
    (b"\xff\xd8\xff", "images"),
    (b"GIF8", "images"),
    (b"RIFF", "images"),
    (b"\x1f\x8b", "archives"),
    (b"BZh", "archives"),
    (b"7z\xbc\xaf", "archives"),
    (b"Rar!", "archives"),
    (b"\x7fELF", "programs"),
    (b"MZ\x90", "programs"),
    (b"SQLite format 3\0", "data"),
    (b"PAR1", "data"),
    (b"\x93NUMPY", "data"),
    (b"ID3", "sounds and films"),
    (b"#!/", "source code"),
    (b"<?php", "source code"),
    (b"<svg", "images"),
)
_MAGIC_STARTS = tuple(start for start, _ in _MAGIC)
_WEB_PAGE = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE
)
_LINK_EXPORT = re.compile(
    rb"<!DOCTYPE NETSCAPE-Bookmark|<title>\s*(?:Pocket|Instapaper|Bookmarks|Raindrop|Readwise"
    rb"|GoodLinks|Wallabag|Pinboard)|\stime_added=|\sADD_DATE=",
    re.IGNORECASE,
)
_LOG_WORD = re.compile(rb"\b(?:INFO|DEBUG|WARN|WARNING|ERROR|TRACE|FATAL)\b")
_LOG_LINE = re.compile(
    rb"\[?\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d(?::\d\d)?\S{0,12}\]?"
    rb".{0,60}\b(?:INFO|DEBUG|WARN(?:ING)?|ERROR|TRACE|FATAL)\b"
)


class NoDigest(NamedTuple):
    """Why a file is no digest: its kind, in the plural, or what to do with that one file."""

    name: str | None
    remedy: str | None = None


def kind_of(name: str, head: bytes) -> NoDigest | None:
    """The kind of a file that is passed over; None for one that may be a digest."""
    path = PurePosixPath(name.casefold())
    suffix = path.suffix.removeprefix(".")
    if suffix in _EXPORTS:
        return NoDigest(None, _EXPORTS[suffix])
    if head.startswith(b"%PDF-") or suffix == "pdf":
        return None if id_of_name(name) else NoDigest("PDFs without an arXiv id in their names")
    kind_of_name = next(
        (kind for kind, rule in _NAMES.items() if re.fullmatch(rule, path.name)), None
    )
    magic = _kind_by_magic(head) if head.startswith(_MAGIC_STARTS) else None
    kind_name = kind_of_name or _KIND_OF.get(suffix) or magic or _kind_of_text(suffix, head)
    return NoDigest(kind_name) if kind_name else None


def _kind_by_magic(head: bytes) -> str:
    return next(kind for start, kind in _MAGIC if head.startswith(start))


def _kind_of_text(suffix: str, head: bytes) -> str | None:
    if suffix in ("html", "htm", "xhtml", "mhtml", "mht") or _WEB_PAGE.match(head):
        return None if _LINK_EXPORT.search(head) else "web pages"
    return "logs" if _is_log(head) else None


def _is_log(head: bytes) -> bool:
    if not _LOG_WORD.search(head):
        return False
    lines = [line for line in head.splitlines()[:-1] if line.strip()]
    return len(lines) > 2 and sum(bool(_LOG_LINE.match(line)) for line in lines) > len(lines) / 2
