"""Services that say nothing: no bar, and one sentence with what the graph lacks of them."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from pipeline.build.silent_services import silent_services
from pipeline.cli import terminal
from pipeline.model.services import LookupResult
from pipeline.sources import OWN_SERVICES, TITLE_SEARCHES

REFUSED = "it asked to be left alone (429)"


def test_a_service_that_gave_nothing_is_told_once_with_what_is_lacking() -> None:
    told = [
        *(LookupResult("openalex", f"2401.0000{n}", "failed", reason=REFUSED) for n in range(3)),
        LookupResult("openalex", "2401.00009", "not asked", reason=REFUSED),
        LookupResult("openalex", "2401.00010", "found", kept=True),
        LookupResult("arxiv", "2401.00001", "failed", reason="cut"),
        LookupResult("arxiv", "2401.00002", "found"),
        LookupResult("crossref", "2401.00002", "not asked", reason="the time for asking was up"),
        LookupResult("inspire", "2401.00002", "unknown"),
    ]
    (sentence,) = silent_services(told)
    assert sentence == (
        f"openalex gave nothing ({REFUSED}): ids of people, venues and topics of 4 papers stay "
        "as they were."
    )


def test_every_service_says_what_a_graph_lacks_without_it() -> None:
    services = (*OWN_SERVICES, *TITLE_SEARCHES)
    assert [service.name for service in services if service.gives == "what it knows"] == []


def test_only_a_service_that_answers_gets_a_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Console(file=StringIO(), force_terminal=True, width=100)
    monkeypatch.setattr(terminal, "progress_console", lambda: screen)
    with terminal.watching(quiet=False) as watch:
        silent, speaking = watch("openalex", 2), watch("arxiv", 2)
        silent(LookupResult("openalex", "2401.00001", "failed"))
        speaking(LookupResult("arxiv", "2401.00001", "failed"))
        speaking(LookupResult("arxiv", "2401.00002", "found"))
        watch("arxiv", 3)
    assert isinstance(screen.file, StringIO)
    shown = screen.file.getvalue()
    assert "arxiv" in shown
    assert "2/5" in shown
    assert "openalex" not in shown
