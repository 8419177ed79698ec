"""Zotero's local API on this machine: everything of a library, page after page.

It answers only while Zotero runs, and where the reader allows it. No request leaves the machine.
https://www.zotero.org/support/dev/web_api/v3/basics
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from requests import exceptions as failures

from pipeline.fetch.deadline import deadline
from pipeline.fetch.exchange import ClientSettings
from pipeline.fetch.transport import Session, new_session
from pipeline.model.errors import AnswerError, FetchError, UnreachedError

PORT = 23119
API_VERSION = "3"
PAGE_ITEMS = 500
WHOLE_S = 120.0
"""How long one page may take: Zotero makes it from its database, with nothing else to do."""
_CONNECT_S = 3.0
_MOST_PAGES = 10_000
_CHUNK_BYTES = 1 << 20
_MOST_BYTES = 256 << 20
_WORDS = {
    403: "Zotero does not let other programs ask it. In Zotero's settings, under Advanced, allow "
    "other applications on this computer to communicate with Zotero, and build again.",
    404: "Zotero has no such library. `zotero:` is all that it has.",
    501: f"Zotero speaks another version of its API than {API_VERSION}. Give its folder instead.",
}


def api_records(
    place: str, port: int = PORT, *, page_items: int = PAGE_ITEMS, **asked: str
) -> Iterator[Mapping[str, Any]]:
    """The records of a list, such as `users/0/items`, each once, in the order of their numbers.

    Raises UnreachedError where Zotero does not run, FetchError where it refuses, and AnswerError
    for what is no answer of Zotero; each says what to do.
    """
    base = f"http://127.0.0.1:{port}/api/{place}"
    seen: set[str] = set()
    start = 0
    with closing(_session()) as session:
        for _ in range(_MOST_PAGES):
            order = {"sort": "dateAdded", "direction": "asc"}
            query = {**asked, **order, "limit": str(page_items), "start": str(start)}
            url = f"{base}?{urlencode(query)}"
            records, total = _page(session, url)
            for record in records:
                key = str(record.get("key") or record.get("id"))
                if key not in seen:
                    seen.add(key)
                    yield record
            start += page_items
            if start >= total or not records:
                return


def _session() -> Session:
    session = new_session(ClientSettings(Path()))
    # Not through a proxy: it is this machine that is asked.
    session.trust_env = False
    session.headers["Zotero-API-Version"] = API_VERSION
    return session


def _page(session: Session, url: str) -> tuple[list[Mapping[str, Any]], int]:
    """The records of a page, and how many there are in all."""
    try:
        with deadline(session.adapter, WHOLE_S), closing(_sent(session, url)) as response:
            content = bytearray()
            for chunk in response.iter_content(_CHUNK_BYTES):
                content += chunk
                if len(content) > _MOST_BYTES:
                    raise FetchError(url, f"the answer has over {_MOST_BYTES:,} bytes")
            status, headers = response.status_code, response.headers
    except failures.ConnectionError as error:
        raise UnreachedError(
            url, "nothing answers there. Start Zotero and build again, or give its folder."
        ) from error
    except failures.RequestException as error:
        raise FetchError(url, f"Zotero did not answer in time ({type(error).__name__})") from error
    if "Zotero-API-Version" not in headers:
        raise AnswerError(url, "what answers there is not Zotero. Give Zotero's folder instead.")
    if status != 200 or headers["Zotero-API-Version"] != API_VERSION:
        reason = _WORDS.get(501 if status == 200 else status, f"Zotero answered with {status}.")
        raise FetchError(url, reason, status)
    try:
        records = json.loads(content)
        return [record for record in records if isinstance(record, dict)], _total(headers, records)
    except (ValueError, TypeError, RecursionError) as error:
        raise AnswerError(url, "Zotero's answer is no list in JSON. Build again.") from error


def _sent(session: Session, url: str) -> Any:
    return session.get(
        url, timeout=(_CONNECT_S, WHOLE_S), stream=True, allow_redirects=False, auth=lambda r: r
    )


def _total(headers: Mapping[str, str], records: list[object]) -> int:
    total = headers.get("Total-Results", "")
    return int(total) if total.isdecimal() else len(records)
