"""`graph.html` on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from browsing import PHONE
from explorer_reader import explored

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_a_phone_shows_the_map_above_the_panel_and_a_tap_beside_a_node_opens_it(
    browser: Browser, seed_outputs: Path
) -> None:
    path = seed_outputs / "graph.html"
    with explored(browser, path, viewport=PHONE, has_touch=True, is_mobile=True) as explorer:
        places = "() => explorer.staged().order.map((i) => explorer.place(i).x)"
        across = explorer.page.evaluate(places)
        assert 0 < min(across) <= max(across) < PHONE["width"]
        width = explorer.page.evaluate("() => document.documentElement.scrollWidth")
        assert width == PHONE["width"]
        x, y = explorer.place("tag:synthetic-data")
        explorer.page.touchscreen.tap(x, y + 2)
        explorer.waits_for(".reading h2", "synthetic-data")
        top = explorer.page.eval_on_selector(".reading h2", "h => h.getBoundingClientRect().top")
        assert 0.5 * PHONE["height"] < top < 0.9 * PHONE["height"]


def test_a_finger_pulls_the_sheet_of_a_phone_up_and_down(
    browser: Browser, seed_outputs: Path
) -> None:
    path = seed_outputs / "graph.html"
    with explored(browser, path, viewport=PHONE, has_touch=True, is_mobile=True) as explorer:
        top = "() => document.querySelector('.side').getBoundingClientRect().top"
        tops = [explorer.page.evaluate(top)]
        grip = explorer.page.get_by_role("button", name="Pull the sheet up or down")
        for by in (-60, 90, 90):
            box = grip.bounding_box()
            assert box is not None
            x, y = box["x"] + box["width"] / 2, box["y"] + 8
            explorer.page.mouse.move(x, y)
            explorer.page.mouse.down()
            explorer.page.mouse.move(x, y + by, steps=3)
            explorer.page.mouse.up()
            explorer.page.wait_for_timeout(300)
            tops.append(explorer.page.evaluate(top))
        assert tops[1] < tops[2] == tops[0] < tops[3]


def test_a_finger_on_the_head_of_the_sheet_or_of_what_is_read_pulls_it_too(
    browser: Browser, seed_outputs: Path
) -> None:
    path = seed_outputs / "graph.html"
    with explored(browser, path, viewport=PHONE, has_touch=True, is_mobile=True) as explorer:
        hand = explorer.page.context.new_cdp_session(explorer.page)

        def touched(kind: str, *points: tuple[float, float]) -> None:
            at = [{"x": x, "y": y} for x, y in points]
            hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": at})

        def swiped(selector: str, by: int) -> str:
            box = explorer.page.locator(selector).bounding_box()
            assert box is not None
            x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
            touched("touchStart", (x, y))
            for part in (0.3, 0.7, 1):
                touched("touchMove", (x, y + by * part))
            touched("touchEnd")
            explorer.page.wait_for_timeout(250)
            return str(explorer.state("sheet"))

        assert [swiped(".side h1", -80), swiped(".side h1", 80)] == ["high", "half"]
        explorer.page.evaluate("() => explorer.go(0)")
        assert [swiped(".reading .bar", 80), swiped(".reading .bar", -80)] == ["low", "half"]
