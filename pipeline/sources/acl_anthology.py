"""The ACL Anthology: at which conference on language a paper appeared, by title and authors.

It has no search: all of it is one public file of BibTeX, packed, of 13 MB, which answers for as
many papers as are asked about at once. https://aclanthology.org/info/development/
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import orjson

from pipeline.model.counting import counted
from pipeline.model.errors import AnswerError
from pipeline.model.folding import folded_title
from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request, Source
from pipeline.sources.gzip_members import BEGINNING, inflated
from pipeline.sources.json_answers import facts_of_pieces, fields, text, work_ids
from pipeline.sources.titled_works import is_the_paper, titled

NAME = "acl_anthology"
URL = "https://aclanthology.org/anthology.bib.gz"
MAX_KEYS = 5_000
MOST_BYTES = 256 << 20
"""Unpacked it has some 65 MB."""
MOST_UNREADABLE = 0.01
"""Of more records that cannot be read, one may be of any paper: none is said not to be there."""
_BEGINNING = re.compile(rb"^[ \t]*@(?!string|comment|preamble)\w+\{", re.MULTILINE | re.IGNORECASE)
_END = re.compile(rb"\}\s*$")
_BRACED = rb"\{((?:[^{}\\]|\\.|\{(?:[^{}\\]|\\.|\{[^{}]*\})*\})*+)\}"
"""A value that holds a `"`, as umlauts in TeX do, is in braces."""
_FIELD = re.compile(
    rb'^\s*(title|author|booktitle|journal|doi)\s*=\s*(?:"((?:[^"\\]|\\.|(?<=\{)"|"(?=\}))*?)"'
    rb"|" + _BRACED + rb"),?$",
    re.DOTALL | re.MULTILINE,
)
_AND = re.compile(r"(?<!\s)\s++and\s+")


def _ask(titled_keys: Sequence[str]) -> Request:
    return Request(NAME, URL, tuple(titled_keys), split_by_key=_split_by_key)


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    if reply.status != 200:
        raise AnswerError(request.url, f"answered {reply.status}", reply.status)
    wanted: defaultdict[str, list[str]] = defaultdict(list)
    for key in request.keys:
        wanted[folded_title(titled(key).title)].append(key)
    payload_of_key: dict[str, bytes] = {}
    records = unreadable = 0
    for record in _records(_unpacked(request, reply)):
        records += 1
        unreadable += not record
        for key in wanted.get(folded_title(record.get("title", "")), ()):
            payload = orjson.dumps(record)
            if key not in payload_of_key and _facts(key, record):
                payload_of_key[key] = payload
    if not records:
        raise AnswerError(request.url, "there is no record in it", reply.status)
    if unreadable > MOST_UNREADABLE * records and len(payload_of_key) < len(set(request.keys)):
        problem = f"{unreadable:,} of {counted(records, 'record')} cannot be read"
        raise AnswerError(request.url, problem, reply.status)
    return tuple((key, payload_of_key.get(key)) for key in request.keys)


def _unpacked(request: Request, reply: Reply) -> bytes:
    """The whole file, which may have been unpacked on the way."""
    if not reply.content.startswith(BEGINNING):
        return reply.content
    content = bytearray()
    try:
        for piece in inflated(reply.content):
            content += piece
            if len(content) > MOST_BYTES:
                break
    except ValueError as error:
        reason = f"it cannot be unpacked: {error}"
        raise AnswerError(request.url, reason, reply.status) from error
    if len(content) > MOST_BYTES:
        raise AnswerError(request.url, "it is far too large", reply.status)
    return bytes(content)


def _records(content: bytes) -> Iterator[dict[str, str]]:
    """The fields of each record, as they are printed; none where it is cut or cannot be read.

    Volumes have no authors.
    """
    # Loaded where there is something to read, as its patterns take a while.
    from pipeline.sources.eprint_wording import plain

    starts = [match.start() for match in _BEGINNING.finditer(content)]
    for start, end in pairwise((*starts, len(content))):
        record = content[start:end]
        fields_by_name = {
            name.decode().lower(): plain((quoted or braced).decode("utf-8", "replace"))
            for name, quoted, braced in _FIELD.findall(record)
        }
        yield fields_by_name if "title" in fields_by_name and _END.search(record) else {}


def _facts_of_answer(answer: Answer) -> Iterator[Facts | Skip]:
    return facts_of_pieces(answer, NAME, _kept_facts)


def _kept_facts(key: str, held: object) -> Facts:
    facts = _facts(key, fields(held))
    if facts is None:
        raise ValueError("it is another paper than was asked for")
    return facts


def _facts(key: str, record: Mapping[str, object]) -> Facts | None:
    """What a record says of a paper; None where it is of another one, or says no venue."""
    names = _AND.split(text(record.get("author")) or "")
    people = [name.partition(",")[0] for name in names]
    venue = text(record.get("booktitle")) or text(record.get("journal"))
    if not venue or not is_the_paper(key, text(record.get("title")) or "", people):
        return None
    return Facts(NAME, titled(key).arxiv_id, venue=venue, doi=work_ids(record.get("doi"))[1])


def _one_record(request: Request, reply: Reply) -> Payloads:
    (key,) = request.keys
    record = next(_records(reply.content), None) if reply.status == 200 else None
    if not record:
        raise AnswerError(request.url, f"answered {reply.status}, without a record", reply.status)
    return ((key, orjson.dumps(record)),)


ONE_RECORD = Request(
    NAME, "https://aclanthology.org/N19-1423.bib", ("N19-1423",), split_by_key=_one_record
)
"""What `doctor` asks for: one record, not the whole file."""

SOURCE = Source(
    NAME,
    _ask,
    _facts_of_answer,
    max_keys=MAX_KEYS,
    keyed_by="titled",
    gives="venues and DOIs",
    is_one_file=True,
)
