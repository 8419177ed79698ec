"""`graph.html` in a real browser: to see, to find and to read, by mouse and by keyboard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from explorer_reader import Explorer, explored, showing
from page_checks import edges_between, nodes_of

from pipeline.model.tables import Build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OCR, CODER, MATH = "arxiv:2409.01704", "arxiv:2409.02326", "arxiv:2409.02392"
DATA, PRETRAINING = "arxiv:2409.00997", "arxiv:2310.10638"
OCR_TITLE = "General OCR Theory: Towards OCR-2.0 via a Unified End-to-end Model"


@pytest.fixture
def explorer(browser: Browser, seed_outputs: Path) -> Iterator[Explorer]:
    """The explorer of the digest that ships; whatever a test does, the page stays silent."""
    with explored(browser, seed_outputs / "graph.html") as explorer:
        yield explorer


def neighbours(build: Build, node_id: str) -> set[str]:
    ends = [{edge["source"], edge["target"]} for edge in build.edges.to_pylist()]
    return set().union(*(pair for pair in ends if node_id in pair))


def test_it_opens_from_disk_in_silence_and_shows_all_as_it_was_laid_out(
    explorer: Explorer, seed_build: Build
) -> None:
    assert explorer.shown() == seed_build.nodes["id"].to_pylist()
    drawn = Counter(seed_build.edges["kind"].to_pylist())
    assert Counter(explorer.edges()) == drawn - Counter(wrote=79)
    assert explorer.text(".counts") == "334 nodes, 350 edges"
    graph = "() => [[...explorer.graph.x], [...explorer.graph.y]]"
    across, down = explorer.page.evaluate(graph)
    side = max(max(across) - min(across), max(down) - min(down))
    assert across == pytest.approx(seed_build.nodes["x"].to_pylist(), abs=side / 60_000)
    assert down == pytest.approx([-y for y in seed_build.nodes["y"].to_pylist()], abs=side / 60_000)


def test_a_graph_of_nothing_opens_too(browser: Browser, seed_build: Build, tmp_path: Path) -> None:
    with showing(browser, tmp_path, seed_build.nodes[:0], seed_build.edges[:0]) as explorer:
        explorer.press("0", "+", "t", "Escape", "ArrowRight")
        explorer.click_nothing()
        assert (explorer.shown(), explorer.text(".counts")) == ([], "0 nodes, 0 edges")


def test_wheel_keys_and_buttons_zoom_and_dragging_moves(explorer: Explorer) -> None:
    whole, (x, y) = explorer.scale(), explorer.place(OCR)
    explorer.page.mouse.move(x, y)
    explorer.page.mouse.wheel(0, -200)
    explorer.page.wait_for_function("whole => explorer.state().camera.scale > whole", arg=whole)
    assert explorer.place(OCR) == pytest.approx((x, y), abs=1.5)
    explorer.press("0")
    assert explorer.scale() == pytest.approx(whole)
    for key, name, step in (("+", "Zoom in", 1.4), ("-", "Zoom out", 1 / 1.4)):
        explorer.press("0", key)
        assert explorer.scale() == pytest.approx(whole * step)
        explorer.button("Show all")
        explorer.button(name)
        assert explorer.scale() == pytest.approx(whole * step)
    explorer.press("0")
    explorer.page.mouse.move(400, 60)
    explorer.page.mouse.down()
    explorer.page.mouse.move(480, 100, steps=4)
    explorer.page.mouse.up()
    assert explorer.place(OCR) == pytest.approx((x + 80, y + 40), abs=8)
    assert explorer.selected() is None


def test_hovering_names_a_node_and_a_click_keeps_its_neighbours_bright(
    explorer: Explorer, seed_build: Build
) -> None:
    explorer.page.mouse.move(*explorer.place(OCR))
    explorer.waits_for(".tip b", OCR_TITLE)
    explorer.click(OCR)
    explorer.waits_for(".reading h2", OCR_TITLE)
    assert explorer.bright() == neighbours(seed_build, OCR)
    explorer.click_nothing()
    assert explorer.bright() == set(explorer.shown())
    assert explorer.page.locator(".reading").is_hidden()


def test_the_panel_tells_all_that_is_known_in_its_language(
    explorer: Explorer, seed_build: Build
) -> None:
    paper = next(row for row in seed_build.nodes.to_pylist() if row["id"] == OCR)
    explorer.click(OCR)
    explorer.waits_for(".commentary", paper["commentary"])
    assert explorer.text(".abstract") == paper["abstract"]
    assert len(explorer.texts(".authors .name")) == 12
    assert explorer.texts(".chips .name") == ["ocr", "cs.CV"]
    links = explorer.page.locator(".out a").evaluate_all("all => all.map((a) => a.href)")
    assert links == [f"https://arxiv.org/{part}/2409.01704" for part in ("abs", "pdf")]
    headings = explorer.texts(".reading h3")
    assert headings[:2] == ["Your note of 2024-09-05", "Abstract"]
    assert headings[-2:] == ["Why this paper", "Who says so"]
    why = explorer.text(".reading h3:has-text('Why') + p") or ""
    assert "the same title, 100% of the authors" in why
    assert "2024-09-05.txt:" in why
    style = "note => [note.lang, getComputedStyle(note).wordBreak]"
    assert explorer.page.eval_on_selector(".commentary", style) == ["ko", "keep-all"]


def test_a_mention_stands_with_the_readers_sentence(explorer: Explorer, seed_build: Build) -> None:
    rows = seed_build.edges.to_pylist()
    said = next(e["sentence"] for e in rows if e["kind"] == "mentions" and e["source"] == DATA)
    explorer.click(DATA)
    explorer.waits_for(".reading blockquote", said)
    explorer.page.locator(".reading li:has(blockquote) .name").first.click()
    assert explorer.selected() == PRETRAINING
    explorer.waits_for(".reading blockquote", said)


def test_every_name_leads_on_and_back_and_forward_return(explorer: Explorer) -> None:
    explorer.click(OCR)
    explorer.waits_for(".reading h2", OCR_TITLE)
    explorer.page.locator(".authors .name").first.click()
    assert explorer.text(".reading h2") == "Haoran Wei"
    assert explorer.focused() == "Haoran Wei"
    explorer.button("Back")
    assert explorer.selected() == OCR
    explorer.button("Forward")
    assert explorer.text(".reading h2") == "Haoran Wei"
    explorer.press("[")
    assert explorer.selected() == OCR
    explorer.press("]")
    assert explorer.text(".reading h2") == "Haoran Wei"


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("general ocr", OCR_TITLE),
        ("악보까지", OCR_TITLE),
        ("아", None),
        ("2409.01704", OCR_TITLE),
        ("LONG-context", "long-context"),
        ("háoran wei", "Haoran Wei"),
        ("unified optical characters", OCR_TITLE),
    ],
)
def test_search_finds_names_numbers_tags_notes_and_abstracts(
    explorer: Explorer, asked: str, first: str | None
) -> None:
    found = explorer.search(asked)
    assert found
    assert first in (found[0], None)
    assert " found" in (explorer.text(".told") or "")
    explorer.press("Enter")
    assert explorer.text(".reading h2") == found[0]


def test_a_syllable_that_is_not_yet_whole_finds(explorer: Explorer) -> None:
    """As 악보까 is typed, its last letter is a final consonant before it begins a syllable."""
    for typed in ("아", "악", "악ㅂ", "악보", "악볶", "악보까"):
        assert OCR_TITLE in explorer.search(typed), typed
    assert explorer.search("악볶으") == []


def test_the_enter_that_ends_a_korean_syllable_chooses_nothing(explorer: Explorer) -> None:
    assert explorer.search("악보")
    enter = "new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true })"
    explorer.page.evaluate(f"() => document.activeElement.dispatchEvent({enter})")
    assert explorer.selected() is None


def test_slash_goes_to_the_search_and_arrows_walk_the_results(explorer: Explorer) -> None:
    explorer.press("/", "+", "0", "/")
    assert explorer.page.get_by_role("combobox").input_value() == "+0/"
    titles = explorer.search("학습")
    for key, row in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        explorer.press(key)
        assert explorer.text(".results [aria-selected=true] b") == titles[row]
    explorer.press("Enter")
    assert explorer.text(".reading h2") == explorer.focused() == titles[0]
    assert explorer.page.locator(".results").is_hidden()


def test_arrows_go_along_edges_and_escape_lets_go(explorer: Explorer, seed_build: Build) -> None:
    explorer.page.locator(".sky").focus()
    explorer.press("ArrowRight")
    first = explorer.selected()
    assert first is not None
    explorer.press("ArrowRight")
    second = explorer.selected()
    assert second in neighbours(seed_build, first)
    assert explorer.place(second)[0] > explorer.place(first)[0]
    explorer.press("Escape")
    assert explorer.selected() is None


def test_what_arrow_keys_reach_is_said_with_who_is_beside_it(explorer: Explorer) -> None:
    explorer.page.locator(".sky").focus()
    explorer.press("ArrowRight")
    name = explorer.text(".reading h2") or ""
    said = explorer.text(".spoken") or ""
    assert said.startswith(f"{name}, A paper you read. ")
    assert " beside it, first: " in said
    explorer.press("Escape")
    assert explorer.text(".spoken") == ""


def test_no_label_lies_on_another_and_papers_read_come_first(explorer: Explorer) -> None:
    labels = explorer.labels()
    boxes = [(each["x"], each["y"], each["width"] / 2, each["px"] / 2) for each in labels]
    for a, b in combinations(boxes, 2):
        assert abs(a[0] - b[0]) >= a[2] + b[2] or abs(a[1] - b[1]) >= a[3] + b[3]
    kinds = "nodes => nodes.map((i) => explorer.graph.kind[i])"
    counts = Counter(explorer.page.evaluate(kinds, [each["node"] for each in labels]))
    assert counts[0] == 7


def test_colours_and_sizes_follow_what_is_chosen(explorer: Explorer) -> None:
    paints = "() => [...explorer.staged().scene.paints].join()"
    places = "() => [...explorer.staged().scene.places].join()"
    seen = {explorer.page.evaluate(paints)}
    explorer.choose("Colour", "Kind")
    seen.add(explorer.page.evaluate(paints))
    for name in ("Year", "Tag"):
        explorer.choose("Colour", name)
        seen.add(explorer.page.evaluate(paints))
        assert explorer.page.locator(".key, .ramp").count() == 1
    assert len(seen) == 4
    sizes = {explorer.page.evaluate(places)}
    for name in ("Edges", "Cited here", "PageRank", "All alike"):
        explorer.choose("Size", name)
        sizes.add(explorer.page.evaluate(places))
    assert len(sizes) == 5


def test_a_name_that_several_share_is_hollow_and_says_so(browser: Browser, tmp_path: Path) -> None:
    nodes = nodes_of(["Wei Li", "Li Wei"], "author")
    shared = nodes.schema.field("ambiguous")
    nodes = nodes.set_column(nodes.schema.get_field_index("ambiguous"), shared, [[True, False]])
    with showing(browser, tmp_path, nodes, edges_between(nodes, ["so"])) as explorer:
        styles = "() => [...explorer.staged().scene.paints].filter((_, i) => i % 8 === 5)"
        assert explorer.page.evaluate(styles).count(2) == 1
        explorer.search("Wei Li")
        explorer.press("Enter")
        assert "Not certain who this is" in (explorer.text(".warn") or "")
