"""What changed at arXiv since the catalogue was made, page by page over OAI-PMH, onto disk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.fetch.options import NetworkOptions
from pipeline.fetch.polite import polite_fetch
from pipeline.model.errors import AnswerError, DataError, OfflineError, OutputError, UsageError
from pipeline.model.services import Fetch, Request
from pipeline.settings.home import LEDGER_NAME
from pipeline.sources.arxiv_oai import URL, harvest_request, read_records
from pipeline.store.ledger import Ledger
from pipeline.store.outputs import write_whole

LOCK_NAME = ".harvest.lock"
OVERLAP_DAYS = 7
"""Days harvested again, as records come late."""


def pages(folder: Path, newest: date | None, options: NetworkOptions) -> Iterator[Path]:
    """The pages of all records that changed since shortly before `newest`, as files, in order.

    They lie in a folder inside `folder`, named by its window of days. A harvest that was broken
    off goes on behind its last page, in its own window. There are none where nothing changed.
    Raises UsageError where the catalogue has no day to begin at, OfflineError where no request
    may be made, FetchError where arXiv does not answer, DataError where it no longer goes on
    behind the last page, and OutputError while another run harvests; the pages stay.
    """
    begun = sorted(folder.glob("oai_*_*"))
    place = begun[0] if begun else folder / _window(newest, options.day)
    if options.client is None:
        raise OfflineError(URL)
    place.mkdir(parents=True, exist_ok=True)
    from_day, until_day = map(date.fromisoformat, place.name.split("_")[1:])
    token: str | None = None
    number, records = 0, 0
    with (
        _alone(options.folder / LOCK_NAME, folder),
        Ledger(options.folder / LEDGER_NAME, today=lambda: options.day) as ledger,
        polite_fetch(options.client, ledger, options.clock) as fetch,
    ):
        while token or number == 0:
            number += 1
            page = place / f"{number:06d}.xml"
            if not page.exists():
                asked = harvest_request(from_day, until_day, token=token)
                write_whole(page, _content(fetch, asked, place))
            read = read_records(page.read_bytes(), str(page))
            token, records = read.token, records + len(read.records)
            if read.records:
                yield page
    if not records:
        forget([page])


@contextmanager
def _alone(lock: Path, folder: Path) -> Iterator[None]:
    try:
        with FileLock(lock, timeout=0):
            yield
    except Timeout:
        raise OutputError(folder, "another run is harvesting here", "Wait for it.") from None


def _content(fetch: Fetch, asked: Request, place: Path) -> list[bytes]:
    try:
        return [payload for _, payload in fetch(asked).payloads if payload]
    except AnswerError as error:
        if "badResumptionToken" not in error.reason:
            raise
        reason = "arXiv does not go on behind the last page of this harvest"
        raise DataError(place, reason, "Take the folder away, and run the command again.") from None


def _window(newest: date | None, today: date) -> str:
    if newest is None:
        raise UsageError("The catalogue has no dated record. Give OAI-PMH pages or a snapshot.")
    until = today - timedelta(days=1)
    return f"oai_{min(newest - timedelta(days=OVERLAP_DAYS), until)}_{until}"


def forget(read: Iterable[Path]) -> None:
    """Takes away pages that the catalogue holds now, with their folder."""
    folders = {page.parent for page in read}
    for folder in folders:
        for page in folder.iterdir():
            page.unlink()
        folder.rmdir()
