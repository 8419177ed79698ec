"""A process that asks the fake arXiv: `polite_asker.py FOLDER ADDRESS GAPS_SCALE REQUESTS`."""

from __future__ import annotations

import sys
from pathlib import Path

from fake_papers import papers
from small_cuts import arxiv_request

from pipeline.fetch.exchange import ClientSettings
from pipeline.fetch.polite import polite_fetch
from pipeline.store.ledger import Ledger


def main() -> None:
    """Asks as often as it was told."""
    folder, address, gaps_scale, requests = sys.argv[1:]
    hosts = {"export.arxiv.org": address}
    settings = ClientSettings(Path(folder), hosts=hosts, gaps_scale=float(gaps_scale))
    with Ledger(Path(folder, "ledger.sqlite")) as ledger, polite_fetch(settings, ledger) as fetch:
        for arxiv_id in tuple(papers(int(requests))):
            fetch(arxiv_request([arxiv_id]))


if __name__ == "__main__":
    main()
