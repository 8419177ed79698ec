"""arXiv's OAI-PMH server, harvested by day and set; saved pages of it are read the same way.

A page is asked for with a window of days, the following ones with the token that each page ends
in; the last page has none. https://info.arxiv.org/help/oa/ and
http://www.openarchives.org/OAI/openarchivesprotocol.html
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from pipeline.model.errors import AnswerError
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.records import Facts, Skip
from pipeline.model.services import Answer, Payloads, Reply, Request
from pipeline.sources.arxiv_oai_formats import facts_of_metadata
from pipeline.sources.hardened_xml import root_of, text_of

NAME = "arxiv_oai"
URL = "https://oaipmh.arxiv.org/oai"

_OAI = "{http://www.openarchives.org/OAI/2.0/}"
_ID_PREFIX = "oai:arXiv.org:"


class Deleted(NamedTuple):
    """A paper that arXiv took away."""

    arxiv_id: str


class Page(NamedTuple):
    """The records of one page in its order, and the token of the next page, if there is one."""

    records: tuple[Facts | Skip | Deleted, ...]
    token: str | None


def harvest_request(
    from_day: date,
    until_day: date,
    set_name: str | None = None,
    token: str | None = None,
    metadata_format: str = "arXiv",
) -> Request:
    """A request for the papers that changed in a window of days, both ends included.

    Days are of the record's last change, not of submission. Sets are written `cs:cs:LG`,
    `physics:hep-th`. With a token it is the next page of a window; keep `until_day` in the past,
    so that the window does not grow while it is harvested. The key is the address itself.
    """
    fields = {"verb": "ListRecords", "metadataPrefix": metadata_format}
    fields |= {"from": from_day.isoformat(), "until": until_day.isoformat()}
    if set_name:
        fields["set"] = set_name
    if token:
        fields = {"verb": "ListRecords", "resumptionToken": token}
    url = f"{URL}?{urlencode(fields)}"
    return Request(NAME, url, (url,), split_by_key=_split_by_key)


def read_records(content: bytes, place: str = URL) -> Page:
    """The records of a page in the format arXiv, arXivRaw or oai_dc; none for `noRecordsMatch`.

    A record that cannot be read is a Skip. Raises AnswerError, which names `place`, where the
    whole is no such page: cut short, over 32 MB, with a document type, another error of the
    server (`badResumptionToken` and the like), or without a record.
    """
    try:
        return _page(root_of(content))
    except ValueError as error:
        raise AnswerError(place, f"this is no page of records: {error}") from None


def read_harvest(answer: Answer) -> Iterator[Facts | Skip]:
    """The records of harvested pages but the deleted ones; a damaged page is a Skip."""
    for key, payload in answer.payloads:
        if payload is None:
            continue
        try:
            records = read_records(payload, key).records
        except AnswerError as error:
            yield Skip("sources", f"{NAME}/{key}", f"{error.reason}.")
            continue
        yield from (record for record in records if not isinstance(record, Deleted))


def _split_by_key(request: Request, reply: Reply) -> Payloads:
    if reply.status != 200:
        raise AnswerError(request.url, f"status {reply.status}", reply.status)
    read_records(reply.content, request.url)
    return ((request.keys[0], reply.content),)


def _page(root: Any) -> Page:
    if root.tag != f"{_OAI}OAI-PMH":
        raise ValueError(f"its root is {root.tag}")
    error = root.find(f"{_OAI}error")
    if error is not None and error.get("code") == "noRecordsMatch":
        return Page((), None)
    if error is not None:
        raise ValueError(f"{error.get('code')}: {text_of(error)}")
    listed = root.find(f"{_OAI}ListRecords")
    if listed is None:
        raise ValueError("it lists no records")
    records = tuple(map(_record, listed.iterchildren(f"{_OAI}record")))
    if not records:
        raise ValueError("its list of records is empty")
    return Page(records, text_of(listed.find(f"{_OAI}resumptionToken")))


def _record(record: Any) -> Facts | Skip | Deleted:
    header = record.find(f"{_OAI}header")
    printed = text_of(None if header is None else header.find(f"{_OAI}identifier")) or ""
    arxiv_id = normal_arxiv_id(printed.removeprefix(_ID_PREFIX))
    if arxiv_id is None:
        return Skip("sources", f"{NAME}/{printed[:80]}", "its identifier is no arXiv id.")
    if header.get("status") == "deleted":
        return Deleted(arxiv_id)
    try:
        return facts_of_metadata(NAME, arxiv_id, record.find(f"{_OAI}metadata"))
    except ValueError as error:
        return Skip("sources", f"{NAME}/{arxiv_id}", f"{error}.")
