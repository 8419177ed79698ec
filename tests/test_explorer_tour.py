"""`graph.html` shows a newcomer around."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from explorer_reader import explored

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_tour_leads_over_the_map_its_regions_and_what_is_worth_a_click_to_time(
    browser: Browser, seed_outputs: Path
) -> None:
    with explored(browser, seed_outputs / "graph.html") as explorer:
        worth = explorer.texts(".worth .name")
        explorer.button("Show me around")
        explorer.page.wait_for_selector(".tour:not([hidden])")
        assert "in 5 regions" in (explorer.text(".tour p") or "")
        headings = []
        for _ in range(5):
            explorer.button("Next")
            headings.append(explorer.text(".reading h2"))
        assert headings[2:] == worth
        assert set(headings[:2]) <= set(explorer.texts(".key .name"))
        explorer.button("Next")
        assert explorer.state("projection") == "time"
        assert explorer.state("selected") is None
        explorer.press("Escape")
        assert explorer.page.locator(".tour").is_hidden()
