"""Files that hold a text within them, as the texts that the formats read.

A spreadsheet (.xlsx) is a CSV for each sheet, a notebook (.ipynb) its Markdown cells on their own
lines, a mail (.eml) its body, a PDF the arXiv id in its name, a note of Zotero its words.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from email import message_from_bytes, policy
from typing import Any

from pipeline.digests import decoding
from pipeline.digests.canvas_cards import cards_of_canvas
from pipeline.digests.conversions import NO_DIGEST_PAGE, converted
from pipeline.digests.decoding import GuessedText, text_of
from pipeline.digests.evernote import evernote_notes, is_evernote
from pipeline.digests.google_keep import keep_note
from pipeline.digests.html_text import html_as_markdown
from pipeline.digests.mail_folder import is_mail_folder, text_of_mail_folder
from pipeline.digests.page_signs import names_papers
from pipeline.digests.pages import page_as_markdown
from pipeline.digests.word_documents import text_of_word
from pipeline.model.ids import id_of_name
from pipeline.model.records import InputFile, Skip, Text
from pipeline.model.written_blocks import is_only_written, without_blocks
from pipeline.model.zip_damage import ZIP_DAMAGE

MOST_BYTES = 32 << 20
"""What is larger is read as the text that it is, or refused."""
MOST_UNPACKED_BYTES = 256 << 20
MOST_CELLS = 400_000
"""Sheets say that they have rows to the end of the world; the cells above so many are read."""
_REMEDY = "save it as UTF-8 and build again."
WRITTEN = "`digest-graph notes` wrote it, and it holds no word of yours. Nothing is lost."
_SPREADSHEET = b"PK\x03\x04"
_NOTEBOOK_SOURCE = re.compile(r'\s*"source"\s*:\s*\[\s*$')
_NOTEBOOK_TYPE = re.compile(r'\s*"cell_type"\s*:\s*"(\w+)"')
_ZOTERO_NOTE = re.compile(rb'\{\s*"zotero"\s*:\s*"note"')


def texts_of(document: InputFile) -> Iterator[Text | Skip]:
    """The texts of a file; a skip that says what to do where there are none.

    Raises OSError where it cannot be read.
    """
    name = document.file.casefold()
    head = next(document.chunks(), b"")[:4096]
    if head.startswith(b"%PDF-") or name.endswith(".pdf"):
        yield _text_of_pdf(document.file)
    elif head.startswith(_SPREADSHEET):
        words = text_of_word(document.file, _content(document))
        yield from _sheets(document) if words is None else [words]
    elif name.endswith(".mbox") or is_mail_folder(head):
        yield converted(text_of_mail_folder(document.file, _content(document)))
    elif name.endswith((".eml", ".mht", ".mhtml")):
        yield _text_of_mail(document)
    elif name.endswith(".ipynb"):
        text = text_of(document)
        yield _text_of_notebook(text) if isinstance(text, Text) else text
    elif _ZOTERO_NOTE.match(head):
        yield _text_of_zotero_note(document)
    else:
        text = text_of(document)
        yield from _told_encoding(text)
        yield from _told_length(text)
        yield from _parts(text)


def _parts(text: Text | Skip) -> Iterator[Text | Skip]:
    """The notes that a text holds, as a program exports them; else its words."""
    if isinstance(text, Text) and is_evernote(text):
        yield from evernote_notes(text)
    elif isinstance(text, Text) and (cards := cards_of_canvas(text)):
        yield from cards
    else:
        kept = keep_note(text) if isinstance(text, Text) else None
        yield kept or _own_words(text)


def _told_encoding(text: Text | Skip) -> Iterator[Skip]:
    """What the reader is told where the encoding of a file was guessed."""
    if isinstance(text, GuessedText):
        name = text.encoding.upper()
        reason = f"it is not UTF-8, and was read as {name}. If its letters look wrong: {_REMEDY}"
        yield Skip("encoding", text.file, reason)


def _told_length(text: Text | Skip) -> Iterator[Skip]:
    """What the reader is told where a file has more lines than are read."""
    if isinstance(text, Text) and len(text.lines) > decoding.MOST_LINES:
        last = f"{len(text.lines):,}"
        reason = f"what comes after line {last} was not read. Cut the file into several."
        yield Skip("digests", text.file, reason)


def _own_words(text: Text | Skip) -> Text | Skip:
    """The text without what this program wrote into it; a skip where nothing else is in it."""
    if isinstance(text, Skip):
        return text
    if is_only_written(text.lines):
        return Skip("digests", text.file, WRITTEN)
    return converted(Text(text.file, without_blocks(text.lines)))


def _content(document: InputFile) -> bytes:
    content = bytearray()
    for chunk in document.chunks():
        content += chunk
        if len(content) > MOST_BYTES:
            return b""
    return bytes(content)


def _text_of_pdf(file: str) -> Text | Skip:
    arxiv_id = id_of_name(file)
    if not arxiv_id:
        reason = (
            "a PDF without an arXiv id in its name. Give the notes on it, or name it by its id."
        )
        return Skip("digests", file, reason)
    return Text(file, (f"https://arxiv.org/abs/{arxiv_id}",))


def _sheets(document: InputFile) -> Iterator[Text | Skip]:
    # Loaded for spreadsheets alone: it takes a quarter of a second.
    from openpyxl import load_workbook

    remedy = "Save it as CSV, a file for each sheet."
    content = _content(document)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked_bytes = sum(member.file_size for member in archive.infolist())
        if unpacked_bytes > MOST_UNPACKED_BYTES:
            yield Skip("digests", document.file, f"an Excel file too large to open. {remedy}")
            return
        book = load_workbook(io.BytesIO(content), data_only=True)
        sheets = [(sheet.title, _rows(sheet)) for sheet in book.worksheets]
    except (*ZIP_DAMAGE, KeyError, TypeError, OSError) as no:
        why = " ".join(str(no).split())[:100]
        yield Skip("digests", document.file, f"no Excel file that can be opened ({why}). {remedy}")
        return
    filled = [(title, lines) for title, lines in sheets if any(lines)]
    for title, lines in filled:
        file = document.file if len(filled) == 1 else f"{document.file}/{title}"
        yield Text(file, lines)
        if len(lines) < (most := book[title].max_row or 1):
            reason = f"the sheet is cut: its rows {len(lines) + 1:,} to {most:,} were not read. "
            yield Skip("digests", f"{file}:{len(lines) + 1}", reason + remedy)
    if not filled:
        yield Skip("digests", document.file, "the Excel file is empty. Nothing to read in it.")


def _rows(sheet: Any) -> tuple[str, ...]:
    """The rows of a sheet as lines of CSV; where cells lead to pages, a column `links` has them."""
    most = min(sheet.max_row or 1, MOST_CELLS // max(sheet.max_column or 1, 1))
    rows = [list(row) for row in sheet.iter_rows(max_row=most)]
    linked = any(cell.hyperlink for row in rows for cell in row)
    lines = []
    for number, row in enumerate(rows):
        cells = [_shown(cell.value) for cell in row]
        targets = " ".join(t for c in row if c.hyperlink and (t := c.hyperlink.target))
        target_cells = ["links" if number == 0 else targets] if linked else []
        written = io.StringIO()
        csv.writer(written, lineterminator="").writerow([*cells, *target_cells])
        lines.append(written.getvalue() if any(cells) else "")
    return tuple(lines)


def _shown(value: Any) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).split()) if value is not None else ""


def _text_of_notebook(text: Text) -> Text:
    """The lines of Markdown cells, each where it stands in the file; all others blank."""
    lines: list[str | None] = [""] * len(text.lines)
    kind, inside = "", False
    for number, line in enumerate(text.lines):
        if line is None:
            lines[number] = None
        elif match := _NOTEBOOK_TYPE.match(line):
            kind = match[1]
        elif _NOTEBOOK_SOURCE.match(line):
            inside = kind == "markdown"
        elif inside:
            lines[number] = _string(line)
            inside = lines[number] is not None
            lines[number] = lines[number] or ""
    return Text(text.file, lines if any(lines) else _cells(text))


def _string(line: str) -> str | None:
    """The text of a line that is one JSON string of a list; None where it ends the list."""
    try:
        value = json.loads(line.strip().removesuffix(","))
    except ValueError:
        return None
    return value.rstrip("\n") if isinstance(value, str) else None


def _cells(text: Text) -> tuple[str, ...]:
    """The lines of Markdown cells of a notebook that is written in another way, one by one."""
    try:
        notebook = json.loads("\n".join(line or "" for line in text.lines))
        sources = [
            c.get("source", "") for c in notebook["cells"] if c.get("cell_type") == "markdown"
        ]
        joined = (
            "".join(source) if isinstance(source, list) else str(source) for source in sources
        )
        return tuple("\n\n".join(joined).split("\n"))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ()


def _text_of_mail(document: InputFile) -> Text | Skip:
    """The body of a mail; where it stands in the file as it is, on the same lines."""
    content = _content(document)
    try:
        message = message_from_bytes(content, policy=policy.default)
        body = message.get_body(("plain", "html"))
        words = body.get_content() if body else ""
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError) as error:
        return Skip(
            "digests", document.file, f"no mail that can be read ({error}). Save it as text."
        )
    if body is None or not str(words).strip():
        return Skip("digests", document.file, "the mail has no text. Save what it shows as text.")
    lines = str(words).replace("\r\n", "\n").split("\n")
    start = content.replace(b"\r\n", b"\n").find(b"\n".join(line.encode() for line in lines[:3]))
    lines_above = content.replace(b"\r\n", b"\n").count(b"\n", 0, start) if start > 0 else 0
    if body.get_content_type() == "text/plain":
        return converted(Text(document.file, [""] * lines_above + lines))
    page = page_as_markdown(Text(document.file, lines))
    numbers = [number + lines_above for number in page.numbers or ()]
    if not document.file.casefold().endswith(".eml") and not names_papers(page.lines):
        return Skip("digests", document.file, NO_DIGEST_PAGE)
    return Text(document.file, page.lines, numbers)


def _text_of_zotero_note(document: InputFile) -> Text | Skip:
    """A note of Zotero that hangs on no item, as a digest of the day when it was added."""
    try:
        export = json.loads(_content(document))
        item = export["item"]
        tags = [str(tag["tag"]) for tag in item.get("tags") or ()]
        tags += [str(name) for path in export["collections"] for name in path]
        day, words = str(item.get("dateAdded") or "")[:10], html_as_markdown(str(item["note"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = f"no note of Zotero that can be read ({type(error).__name__}). Look at it there."
        return Skip("digests", document.file, why)
    hashed = [f"#{'-'.join(tag.lstrip('#').split())}" for tag in dict.fromkeys(tags) if tag.strip()]
    return Text(document.file, (day, "", *words.split("\n"), "", " ".join(hashed)))
