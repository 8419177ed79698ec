"""The page that pyvis draws, in a real browser: what a reader can do, and what may not run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import page_checks as checks
import pytest
from browsing import PHONE
from conftest import built_from
from page_checks import Reader, digest_of, edges_between, examine, nodes_of, opened, shown

from pipeline.export.pyvis_page import MOST_NODES, page
from pipeline.model.tables import Build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OCR, CODER, MATH = "arxiv:2409.01704", "arxiv:2409.02326", "arxiv:2409.02392"
OCR_TITLE = "General OCR Theory: Towards OCR-2.0 via a Unified End-to-end Model"


@pytest.fixture(scope="session")
def whole_page(seed_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole graph of the digest that ships, as pyvis draws it."""
    path = tmp_path_factory.mktemp("pyvis") / "whole.html"
    path.write_text(page(seed_build.nodes, seed_build.edges), encoding="utf-8")
    return path


@pytest.fixture
def reader(browser: Browser, whole_page: Path) -> Iterator[Reader]:
    """A reader of the digest that ships; whatever a test does, the page stays silent."""
    with opened(browser, whole_page) as reader:
        yield reader


def test_the_page_opens_from_disk_in_silence_and_draws_all_as_it_was_laid_out(
    reader: Reader, seed_build: Build
) -> None:
    nodes, edges, places = seed_build.nodes, seed_build.edges, reader.positions()
    assert reader.drawn() == nodes["id"].to_pylist()
    assert len(reader.drawn("edge")) == edges.num_rows
    assert reader.text("#counts") == f"{nodes.num_rows} nodes, {edges.num_rows} edges"
    for row in nodes.to_pylist():
        at = places[row["id"]]
        # Three times as far apart as in the tables, as authors stand close to their paper.
        assert (at["x"], at["y"]) == pytest.approx((3 * row["x"], -3 * row["y"]), abs=1)
    for node_id, colour in ((OCR, "#d55e00"), ("tag:ocr", "#009e73")):
        x, y = reader.bring(node_id)
        assert reader.colour(x + 10, y + 10) == colour


def test_above_the_limit_only_the_strongest_are_shown_and_the_page_says_so(
    browser: Browser, tmp_path: Path
) -> None:
    """The papers read, which are every other one here, go first; then those with most edges."""
    nodes = nodes_of([f"Paper {number}" for number in range(MOST_NODES + 120)], "paper")
    ids = nodes["id"].to_pylist()
    read, others = ids[1::2], ids[0::2]
    with shown(browser, tmp_path, nodes, edges_between(nodes, ["so"])) as reader:
        assert reader.drawn() == sorted(read + others[-(MOST_NODES - len(read)) :])
        said = f"The strongest {MOST_NODES} of {MOST_NODES + 120} nodes,"
        assert (reader.text("#counts") or "").startswith(said)


def test_a_graph_of_nothing_opens_too(browser: Browser, seed_build: Build, tmp_path: Path) -> None:
    with shown(browser, tmp_path, seed_build.nodes[:0], seed_build.edges[:0]) as reader:
        reader.press("0", "+")
        reader.click_nothing()
        assert reader.drawn() == []


def test_the_page_of_the_digests_leaves_out_who_wrote_only_cited_works(
    browser: Browser, seed_build: Build, seed_outputs: Path
) -> None:
    read = {row["id"] for row in seed_build.nodes.to_pylist() if row["in_digest"]}
    edges = [edge for edge in seed_build.edges.to_pylist() if edge["kind"] in ("wrote", "tagged")]
    ends = [{edge["source"], edge["target"]} for edge in edges]
    with opened(browser, seed_outputs / "pyvis.html") as reader:
        assert set(reader.drawn()) == set().union(*(pair for pair in ends if pair & read))


def test_a_dragged_node_moves_alone_and_the_dragged_ground_moves_the_view(reader: Reader) -> None:
    before, (x, y) = reader.positions(), reader.bring(OCR)
    reader.drag((x, y), right=-60, down=70)
    after = reader.positions()
    assert [node_id for node_id in before if before[node_id] != after[node_id]] == [OCR]
    assert reader.place(OCR) == pytest.approx((x - 60, y + 70), abs=3)
    reader.drag((420, 60), right=100, down=40)
    assert reader.place(OCR) == pytest.approx((x + 40, y + 110), abs=3)
    assert reader.positions() == after


def test_wheel_keys_and_buttons_zoom(reader: Reader) -> None:
    whole = reader.scale()
    reader.page.mouse.move(900, 450)
    reader.page.mouse.wheel(0, -200)
    reader.page.wait_for_function("whole => digestGraph.network.getScale() > whole", arg=whole)
    reader.press("0")
    assert reader.scale() == pytest.approx(whole)
    for key, name, step in (("+", "Zoom in", 1.3), ("-", "Zoom out", 1 / 1.3)):
        reader.press("0", key)
        assert reader.scale() == pytest.approx(whole * step)
        reader.page.get_by_role("button", name="Show all").click()
        reader.page.get_by_role("button", name=name).click()
        assert reader.scale() == pytest.approx(whole * step)


def test_hovering_names_a_node_and_keeps_its_neighbours_bright(
    reader: Reader, seed_build: Build
) -> None:
    ends = [{edge["source"], edge["target"]} for edge in seed_build.edges.to_pylist()]
    reader.page.mouse.move(*reader.place(OCR))
    reader.waits_for("#tip span", OCR_TITLE)
    assert reader.bright() == set().union(*(pair for pair in ends if OCR in pair))
    reader.page.mouse.move(400, 5)
    reader.page.locator("#tip").wait_for(state="hidden")
    assert reader.bright() == set(reader.drawn())


def test_hovering_leaves_a_selection_as_it_is_and_draws_nothing_anew(reader: Reader) -> None:
    reader.click(OCR)
    reader.waits_for("#reading h2", OCR_TITLE)
    before = reader.bright()
    reader.page.evaluate(checks.COUNT_UPDATES)
    reader.page.mouse.move(*reader.place(CODER))
    reader.page.wait_for_function("id => digestGraph.state().hovered === id", arg=CODER)
    assert (reader.bright(), reader.page.evaluate("updates")) == (before, 0)


def test_a_click_opens_all_that_is_known_in_its_language_and_a_click_beside_lets_go(
    reader: Reader, seed_build: Build
) -> None:
    paper = next(row for row in seed_build.nodes.to_pylist() if row["id"] == OCR)
    reader.click(OCR)
    reader.waits_for("#reading h2", OCR_TITLE)
    reader.waits_for("#reading .commentary", paper["commentary"])
    reader.waits_for("#reading .abstract", paper["abstract"])
    assert reader.page.locator("#reading a").get_attribute("href") == paper["url"]
    wanted = ["Your note of 2024-09-05", "Authors (12)", "Tags (1)", "Categories (1)"]
    assert reader.texts("#reading h3")[:4] == wanted
    style = "note => [note.lang, getComputedStyle(note).wordBreak]"
    assert reader.page.eval_on_selector(".commentary", style) == ["ko", "keep-all"]
    reader.click_nothing()
    reader.waits_for("#reading", "")
    assert reader.page.locator("#papers").is_visible()


def test_search_finds_names_numbers_tags_and_korean_notes(reader: Reader) -> None:
    for asked, first in (
        ("general ocr", OCR_TITLE),
        ("악보까지", OCR_TITLE),
        ("2409.01704", OCR_TITLE),
        ("LONG-context", "long-context"),
        ("háoran wei", "Haoran Wei"),
    ):
        found = reader.search(asked)
        assert found[0] == first
        assert (reader.text("#found") or "").startswith(f"{len(found)} found")
        reader.press("Enter")
        assert reader.text("#reading h2") == first
    assert (reader.search("악볶음"), reader.text("#found")) == ([], "0 found")


def test_the_enter_that_ends_a_korean_syllable_chooses_nothing(reader: Reader) -> None:
    assert reader.search("악보")
    enter = "new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })"
    reader.page.evaluate(f"document.activeElement.dispatchEvent({enter})")
    assert reader.text("#reading h2") is None


def test_slash_goes_to_the_search_and_arrows_walk_the_results(reader: Reader) -> None:
    reader.press("/", "+", "0", "/")
    assert reader.page.locator("#search").input_value() == "+0/"
    titles = reader.search("학습")
    for key, title in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        reader.press(key)
        assert reader.focused() == titles[title]
    reader.press("ArrowUp")
    assert reader.focused() == "search"
    reader.press("ArrowDown", "Enter")
    assert reader.text("#reading h2") == reader.focused() == titles[0]
    assert reader.page.locator("#results").is_hidden()


def test_the_graph_can_be_read_with_the_keyboard_alone(reader: Reader) -> None:
    for _ in range(40):
        reader.press("Tab")
        assert reader.page.evaluate(checks.OUTLINED)
        if reader.page.evaluate("document.activeElement.closest('#papers') !== null"):
            break
    paper = reader.focused()
    reader.press("Enter")
    assert reader.text("#reading h2") == reader.focused() == paper
    reader.press("Tab", "Tab")
    author = reader.focused()
    reader.press("Enter")
    assert reader.text("#reading h2") == reader.focused() == author
    assert reader.text("#reading .kind") == "Author"
    reader.press("Escape")
    assert (reader.text("#reading h2"), reader.focused()) == (None, "What you read")


def test_a_kind_switched_off_is_hidden_and_nothing_else(reader: Reader, seed_build: Build) -> None:
    rows, edges = seed_build.nodes.to_pylist(), Counter(seed_build.edges["kind"].to_pylist())
    kinds = {row["id"]: "read" if row["in_digest"] else row["kind"] for row in rows}
    for kind, count in Counter(kinds.values()).items():
        assert reader.switch(kind) == str(count)
        assert reader.drawn() == [node_id for node_id in kinds if kinds[node_id] != kind]
        reader.switch(kind)
    for kind, count in edges.items():
        assert reader.switch(kind) == str(count)
        assert len(reader.drawn("edge")) == edges.total() - count
        assert not any(f":{kind}:" in edge_id for edge_id in reader.drawn("edge"))
        reader.switch(kind)
    assert reader.drawn() == list(kinds)


def test_a_node_found_by_search_shows_though_its_kind_is_off(reader: Reader) -> None:
    reader.switch("author")
    reader.search("Haoran Wei")
    reader.press("Enter")
    authors = [node_id for node_id in reader.drawn() if node_id.startswith("author:")]
    assert [author.startswith("author:haoranwei") for author in authors] == [True]


def test_no_label_lies_on_another_and_papers_read_and_the_focus_have_one(reader: Reader) -> None:
    labels = reader.labels()
    for (_, *a), (_, *b) in combinations(labels, 2):
        assert a[0] >= b[1] or b[0] >= a[1] or a[2] >= b[3] or b[2] >= a[3]
    named = tuple(label[0].rstrip("…") for label in labels)
    assert all(title.startswith(named) for title in reader.texts("#papers button"))
    reader.click(MATH)
    assert reader.labels()[0][0] == "Building Math Agents with…"


def test_others_of_a_name_or_an_author_list_are_told_only_where_they_are_known(
    browser: Browser, tmp_path: Path
) -> None:
    text = digest_of(["first", "second"]).replace("Ada second Lovelace, ", "")
    build = built_from(tmp_path, text)
    with shown(browser, tmp_path, build.nodes, build.edges) as reader:
        lines = sorted(reader.texts("#papers small"))
        assert lines == ["Ada first Lovelace and others", "Bo Chen"]
        reader.search("Title 0")
        reader.press("Enter")
        assert reader.texts("#reading small")[:2] == ["", "not certain who this is"]


def test_text_stands_out_in_light_and_dark(reader: Reader) -> None:
    reader.click(OCR)
    for dark, ground in ((True, "rgb(23, 25, 29)"), (False, "rgb(251, 250, 247)")):
        reader.page.emulate_media(color_scheme="dark" if dark else "light")
        reader.page.wait_for_function(checks.STANDS_ON, arg=ground)
        for selector in ("h1", "#counts", "legend", ".count", ".kind", ".meta", ".abstract", "a"):
            assert reader.contrast(selector) >= 4.5, (dark, selector)


def test_a_phone_shows_the_graph_above_the_panel_and_a_tap_beside_a_node_opens_it(
    browser: Browser, whole_page: Path
) -> None:
    with opened(browser, whole_page, viewport=PHONE, has_touch=True, is_mobile=True) as reader:
        across = [reader.place(node_id)[0] for node_id in reader.drawn()]
        assert 0 < min(across) <= max(across) < PHONE["width"]
        assert reader.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        x, y = reader.place("tag:synthetic-data")
        reader.page.touchscreen.tap(x, y - 7)
        reader.waits_for("#reading h2", "synthetic-data")
        top = reader.page.eval_on_selector("#reading h2", "box => box.getBoundingClientRect().top")
        assert 0.54 * PHONE["height"] < top < 0.9 * PHONE["height"]


def test_nothing_in_any_column_of_the_tables_ever_runs(browser: Browser, tmp_path: Path) -> None:
    nodes = nodes_of(checks.PAYLOADS)
    with shown(browser, tmp_path, nodes, edges_between(nodes, checks.PAYLOADS)) as reader:
        examine(reader, nodes.to_pylist())


def test_nothing_that_a_digest_says_ever_runs(browser: Browser, tmp_path: Path) -> None:
    build = built_from(tmp_path, digest_of(checks.PAYLOADS[4:12]))
    kinds = Counter(build.nodes["kind"].to_pylist())
    assert (kinds["paper"], kinds["tag"]) == (8, 8)
    with shown(browser, tmp_path, build.nodes, build.edges) as reader:
        examine(reader, build.nodes.to_pylist())


def test_no_other_script_may_run_or_ask_for_anything(browser: Browser, whole_page: Path) -> None:
    with opened(browser, whole_page, silent=False) as reader:
        policy = reader.page.locator("meta[http-equiv=Content-Security-Policy]")
        assert (policy.get_attribute("content") or "").startswith("default-src 'none';")
        refused = ["connect-src", "img-src", "script-src-attr", "script-src-elem"]
        assert reader.page.evaluate(checks.INJECT) == refused
