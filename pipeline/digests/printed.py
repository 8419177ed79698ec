"""The ledger of printed ids: what the raw text of a file prints, and where each id went.

It shares no code with what reads files, so that what that overlooks is found here. An id counts
once in a file, on the first line that prints it.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from email import message_from_bytes, policy
from itertools import islice
from typing import NamedTuple

from pipeline.model.records import Entry, IdAccount, InputFile, PrintedIn, Skip
from pipeline.model.written_blocks import without_blocks
from pipeline.model.zip_damage import ZIP_DAMAGE

_MOST_BYTES = 64 << 20
"""What is packed within a file, and a file that is no text, is scanned up to so much."""
_PIECE = 16 << 20
"""A text is held in memory so many characters at a time."""
_NUMBER = re.compile(r"(?<![0-9])(?<![0-9]\.)([0-9]{2})([0-9]{2})\.([0-9]{4,5})(?![0-9])")
_OLD = re.compile(r"(?<![\w.-])([a-z][a-z-]{1,8})(?:\.[A-Z]{2}|\.[a-z-]{2,9})?/([0-9]{7})(?![0-9])")
_ARCHIVES = frozenset(
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas "
    "cond-mat cs dg-ga funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin "
    "nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio quant-ph solv-int supr-con".split()
)
_BIBCODE = re.compile(r"\b(?:19|20)[0-9]{2}arXiv([0-9]{2})([0-9]{2})\.?([0-9]{4,5})[A-Z]\b")
_MAY_HOLD_IDS = re.compile(r"[0-9]{4}\.?[0-9]{4}|/[0-9]{7}")
_FOUR_DIGITS = re.compile(r"[0-9][0-9][0-9][0-9]")
_TOKEN_END = re.compile(r"[^\s<>\"'()\[\]{}|,;\\]*\Z")
_GOES_ON = re.compile(r"(?:v[0-9]{1,2})?(?:[A-Za-z0-9_%]|\.[0-9])")
_DOI = re.compile(r"10\.[0-9]{4,9}/[^/]*\Z")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_BEFORE = 300


class Scanned(NamedTuple):
    """An id and the line that prints it first, from 1."""

    arxiv_id: str
    line: int


def account_of(document: InputFile, records: Sequence[Entry | Skip]) -> IdAccount:
    """Where each id that a file prints went: an entry's own, a mention, or nowhere, and why.

    Raises OSError where the file cannot be read.
    """
    own_ids = {record.arxiv_id for record in records if isinstance(record, Entry)}
    mentioned_ids = {m.arxiv_id for r in records if isinstance(r, Entry) for m in r.mentions}
    printed = []
    for arxiv_id, line in scanned_ids(document):
        place = (
            "own" if arxiv_id in own_ids else "mention" if arxiv_id in mentioned_ids else "nowhere"
        )
        why = _why(Scanned(arxiv_id, line), document.file, records) if place == "nowhere" else None
        printed.append(PrintedIn(arxiv_id, line, place, why))
    return IdAccount(document.file, tuple(printed))


def _why(printed: Scanned, file: str, records: Iterable[Entry | Skip]) -> str | None:
    """What explains that an id went nowhere; None where nothing does."""
    line, suffix = printed.line, file.casefold().rpartition(".")[2]
    for record in records:
        if isinstance(record, Entry) and record.line_start <= line <= record.line_end:
            if printed.arxiv_id in (record.abstract or ""):
                return f"within the abstract of the entry at line {record.line_start}"
            if suffix in ("json", "jsonl", "ndjson"):
                return f"within the record at line {record.line_start}, as what it refers to"
        elif isinstance(record, Skip):
            place = record.key.rpartition(":")[2]
            if not place.isdecimal() or int(place) == line or _names(record.reason, line):
                return f"left out: {record.reason}"
    return "within a cell that holds no notes" if suffix == "ipynb" else None


def _names(reason: str, line: int) -> bool:
    """Whether a skip names a line among those that it is about (`lines 3-7, 9`)."""
    for match in re.finditer(r"(?<![\d.])(\d{1,9})(?:(?:-| to )(\d{1,9}))?(?![\d.]\d)", reason):
        if int(match[1]) <= line <= int(match[2] or match[1]):
            return True
    return False


def scanned_ids(document: InputFile) -> list[Scanned]:
    """The ids that the raw bytes of a file print, each once, in order."""
    line_of_id: dict[str, int] = {}
    first = 1
    for part, goes_on in _raw_texts(document):
        text = part.replace("\r\n", "\n").replace("\r", "\n")
        if _MAY_HOLD_IDS.search(text):
            # What this program wrote into a note is no print of its reader's.
            for number, line in enumerate(without_blocks(text.split("\n")), first):
                for arxiv_id in _ids_of_line(line or ""):
                    line_of_id.setdefault(arxiv_id, number)
        first += text.count("\n") + (not goes_on)
    return [Scanned(arxiv_id, line) for arxiv_id, line in line_of_id.items()]


def _raw_texts(document: InputFile) -> Iterator[tuple[str, bool]]:
    """What a file prints, in parts, and whether the last line of a part goes on in the next."""
    name = document.file.casefold()
    if name.endswith(".pdf"):
        yield name.rpartition("/")[2].rpartition(".")[0].replace("_", " "), False
        return
    chunks = document.chunks()
    head = next(chunks, b"")
    if head.startswith(b"PK\x03\x04"):
        packed = _packed_texts(b"".join((head, *chunks)))
        yield from ((text, False) for text in packed)
    elif name.endswith(".eml"):
        yield from ((text, False) for text in _mail_texts(b"".join((head, *chunks))))
    else:
        yield from _parts(head, chunks)


def _parts(head: bytes, chunks: Iterator[bytes]) -> Iterator[tuple[str, bool]]:
    """A text in parts of `_PIECE` characters, cut between lines, or words where one is longer."""
    encoding = _encoding(head)
    if b"\0" in head and encoding == "utf-8":
        chunks = islice(chunks, _MOST_BYTES // len(head))
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    text = decoder.decode(head)
    for chunk in chunks:
        text += decoder.decode(chunk)
        if len(text) >= _PIECE:
            end = text.rfind("\n")
            cut = end if end >= 0 else text.rfind(" ")
            part, text = (text[:cut], text[cut + 1 :]) if cut >= 0 else (text, "")
            yield part if end < 0 else part.removesuffix("\r"), end < 0
    yield text + decoder.decode(b"", final=True), False


def _encoding(content: bytes) -> str:
    if content.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    return "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"


def _packed_texts(content: bytes) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                if member.filename.endswith((".xml", ".rels")) and member.file_size < _MOST_BYTES:
                    text = archive.read(member).decode("utf-8", "replace")
                    yield _TAG.sub("\n", text.replace('Target="', "> "))
    except (*ZIP_DAMAGE, OSError):
        return


def _mail_texts(content: bytes) -> Iterator[str]:
    for part in message_from_bytes(content, policy=policy.compat32).walk():
        body = part.get_payload(decode=True)
        if isinstance(body, bytes) and part.get_content_maintype() == "text":
            yield body.decode("utf-8", "replace")


def _ids_of_line(line: str) -> Iterator[str]:
    if not _FOUR_DIGITS.search(line):
        return
    line = line.replace("\\/", "/").replace("%2F", "/").replace("%2f", "/").replace("%3A", ":")
    for match in _NUMBER.finditer(line):
        if _is_printed(line, match) and _is_new_id(*match.groups()):
            yield match[0]
    for match in _OLD.finditer(line) if "/" in line else ():
        month, serial = int(match[2][2:4]), int(match[2][4:])
        if match[1] in _ARCHIVES and 1 <= month <= 12 and serial:
            yield f"{match[1]}/{match[2]}"
    for match in _BIBCODE.finditer(line) if "arXiv" in line else ():
        if _is_new_id(*match.groups()):
            yield f"{match[1]}{match[2]}.{match[3]}"


def _is_new_id(year: str, month: str, serial: str) -> bool:
    begun = year + month >= "0704" and 1 <= int(month) <= 12 and int(serial) > 0
    return begun and len(serial) == (5 if year + month >= "1501" else 4)


def _is_printed(line: str, match: re.Match[str]) -> bool:
    """Whether a number is an id by what stands around it: `arXiv:`, a link, or nothing."""
    before = line[max(0, match.start() - _BEFORE) : match.start()]
    within = _TOKEN_END.search(before)
    token = within[0] if within else ""
    after = line[match.end() : match.end() + 6]
    marked = token.casefold().endswith(("abs/", "arxiv:", "arxiv.", "arxiv/", "/pdf/", "/papers/"))
    if marked or re.search(r"arxiv\s?:\s?\Z", before, re.IGNORECASE):
        return marked or not token.strip(":") or token.casefold().startswith("arxiv")
    if len(match[3]) < 5 or _GOES_ON.match(after):
        return "arxiv.org/" in token.casefold() and not _GOES_ON.match(after)
    if "arxiv.org/" in token.casefold():
        return True
    if not token:
        return not before.endswith(("$", "€", "£", ",", "\\"))
    return "://" in token and token[-1] in "/=:" and not _DOI.search(token)
