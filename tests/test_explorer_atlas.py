"""`graph.html` as an atlas: regions and their pages, the headline, and what is fresh."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from browsing import PHONE, WIDE
from explorer_reader import explored, showing
from invented_graphs import tables_of
from page_checks import edges_between, nodes_of

from pipeline.analyse.communities import communities
from pipeline.export.explorer_data import PageExtras
from pipeline.export.explorer_page import page as page_of
from pipeline.model.tables import Build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ON_MAP = """rank => {
  const label = explorer.drawing.labels().find((each) => each.rank === rank);
  const box = document.querySelector(".sky").getBoundingClientRect();
  return label && [box.left + box.width / 2 + label.x, box.top + box.height / 2 + label.y,
    label.region, label.text];
}"""


def with_column(nodes: pa.Table, name: str, values: Sequence[object]) -> pa.Table:
    at = nodes.schema.get_field_index(name)
    field = nodes.schema.field(at)
    return nodes.set_column(at, field, pa.array(values, field.type))


@pytest.fixture(scope="session")
def four_regions() -> tuple[pa.Table, pa.Table]:
    """Six hundred papers in the four quarters of a map, each quarter a community."""
    nodes = nodes_of([f"Quarter word{n // 150} {n}" for n in range(600)], "paper")
    places = [divmod(n, 150) for n in range(600)]
    nodes = with_column(nodes, "community", [quarter for quarter, _ in places])
    across = [(q % 2) * 900.0 + (k % 12) * 40 for q, k in places]
    nodes = with_column(nodes, "x", across)
    nodes = with_column(nodes, "y", [(q // 2) * 900.0 + (k // 12) * 40 for q, k in places])
    return nodes, edges_between(nodes, ["so"])


def test_the_name_of_a_region_leads_to_its_page(
    browser: Browser, tmp_path: Path, four_regions: tuple[pa.Table, pa.Table]
) -> None:
    with showing(browser, tmp_path, *four_regions) as explorer:
        explorer.drawn()
        x, y, region, text = explorer.page.evaluate(ON_MAP, "country")
        explorer.page.mouse.click(x, y)
        assert explorer.state("region") == region
        heading = explorer.text(".reading h2") or ""
        assert heading.startswith(text)
        assert explorer.text(".reading .meta") == "150 papers, 75 of them you read"
        assert len(explorer.bright()) == 150
        explorer.button("Only its papers")
        assert len(explorer.shown()) == 150
        assert (explorer.text(".facets .chip") or "").startswith(text)
        explorer.press("Escape")
        assert explorer.state("region") is None
        assert explorer.page.locator(".reading").is_hidden()


def test_neighbouring_regions_have_other_hues_and_their_papers_the_same(
    browser: Browser, tmp_path: Path, four_regions: tuple[pa.Table, pa.Table]
) -> None:
    colours = """() => {
      const { order, scene } = explorer.staged();
      const of = new Map();
      order.forEach((i, k) => {
        const own = [...scene.paints.slice(k * 8, k * 8 + 3)].join();
        const key = explorer.graph.community[i] * 2 + (explorer.graph.kind[i] ? 1 : 0);
        of.set(key, (of.get(key) ?? new Set()).add(own));
      });
      return [...of].sort((a, b) => a[0] - b[0]).map(([, own]) => [...own]);
    }"""
    with showing(browser, tmp_path, *four_regions) as explorer:
        found = explorer.page.evaluate(colours)
        assert [len(own) for own in found] == [1] * 8
        assert len({own for (own,) in found}) == 8


def test_a_headline_tells_how_much_was_read_and_when(
    browser: Browser, seed_outputs: Path, seed_build: Build
) -> None:
    read = pc.sum(pc.fill_null(seed_build.nodes["in_digest"], False)).as_py()
    cited = pc.sum(pc.equal(seed_build.nodes["kind"], "paper")).as_py() - read
    with explored(browser, seed_outputs / "graph.html") as explorer:
        told = f"{read} papers read in Sept 2024. {cited} more cited or mentioned."
        assert explorer.text(".headline") == told
        assert explorer.page.locator(".worth li").count() == 3
        name = explorer.page.locator(".worth .name").first
        title = name.text_content()
        name.click()
        assert explorer.text(".reading h2") == title
        explorer.button("한국어")
        assert explorer.text(".headline") == (
            f"2024년 9월에 논문 {read}편을 읽었습니다. {cited}편이 더 인용되거나 언급됩니다."
        )


def test_the_headline_says_whose_reading_it_is_and_what_is_new(
    browser: Browser, tmp_path: Path, four_regions: tuple[pa.Table, pa.Table]
) -> None:
    name = "</script><b>Ann's"
    nodes, edges = four_regions
    new = nodes.filter(pc.fill_null(nodes["in_digest"], False))["id"].to_pylist()[:2]
    page = tmp_path / "page.html"
    told = PageExtras(name=name, newly_read=new)
    page.write_bytes(page_of(nodes, edges, communities(nodes, edges), told))
    with explored(browser, page) as explorer:
        assert (explorer.text("h1"), explorer.page.title()) == (f"A map of {name}", name)
        assert explorer.text(".legend h2") == "2 new since the last build"
        explorer.button("2 new since the last build")
        assert sorted(explorer.ids(explorer.state("chosen"))) == sorted(new)


def test_names_of_regions_repeat_no_term_and_leave_a_phone_room(
    browser: Browser, tmp_path: Path
) -> None:
    nodes = nodes_of([f"Of matter {n}" for n in range(600)], "paper")
    places = [divmod(n, 25) for n in range(600)]
    nodes = with_column(nodes, "community", [region for region, _ in places])
    nodes = with_column(nodes, "x", [(r % 6) * 400.0 + (k % 5) * 40 for r, k in places])
    nodes = with_column(nodes, "y", [(r // 6) * 400.0 + (k // 5) * 40 for r, k in places])
    named = communities(nodes, edges_between(nodes, ["so"]))
    names = [f"shared-word · half{n // 2}s · half{n // 2} · own{n}" for n in range(len(named))]
    page = tmp_path / "page.html"
    named = with_column(named, "name", names)
    page.write_bytes(page_of(nodes, edges_between(nodes, ["so"]), named))
    counts = {}
    for size in (WIDE, PHONE):
        with explored(browser, page, viewport=size) as explorer:
            texts = [each["text"] for each in explorer.labels() if each.get("rank") == "country"]
            terms = [term for text in texts for term in text.split(" · ")]
            assert len(set(terms)) == len(terms)
            assert "half0" not in terms
            counts[size["width"]] = len(texts)
    assert 0 < counts[PHONE["width"]] <= 12 < counts[WIDE["width"]] == 24


def test_paper_has_the_map_the_headline_and_the_legend_by_day_and_no_button(
    browser: Browser, tmp_path: Path, four_regions: tuple[pa.Table, pa.Table]
) -> None:
    seen = "all => all.filter((each) => each.checkVisibility()).map((each) => each.className)"
    with showing(browser, tmp_path, *four_regions, color_scheme="dark") as explorer:
        page = explorer.page
        page.emulate_media(media="print", color_scheme="dark")
        page.wait_for_selector(".paper")
        assert page.eval_on_selector_all("button, input", seen) == ["name"] * 4
        assert page.eval_on_selector_all("h1, .headline, .key, .kinds, canvas", seen) == [
            "", "headline", "key", "kinds", "kinds", "paper",
        ]  # fmt: skip
        assert not page.locator(".digest-graph.dark").count()
        corner = "paper => [...paper.getContext('2d').getImageData(9, 9, 1, 1).data]"
        assert min(page.eval_on_selector(".paper", corner)) > 240
        page.emulate_media(media="screen", color_scheme="dark")
        page.wait_for_selector(".digest-graph.dark")
        assert not page.locator(".paper").count()


def test_by_time_papers_lie_from_the_old_to_the_new_and_regions_one_above_the_other(
    browser: Browser, tmp_path: Path, four_regions: tuple[pa.Table, pa.Table]
) -> None:
    nodes, edges = four_regions
    nodes = with_column(nodes, "year", [2001 + n % 20 for n in range(600)])
    seen = """() => explorer.staged().order.map((i) =>
      [explorer.graph.year[i], explorer.graph.community[i], explorer.place(i).x,
        explorer.place(i).y])"""
    with showing(browser, tmp_path, nodes, edges) as explorer:
        before = explorer.page.evaluate(seen)
        explorer.choose("Laid out", "By time")
        rows = explorer.page.evaluate(seen)
        old = max(x for year, _, x, _ in rows if year == 2010)
        assert old <= min(x for year, _, x, _ in rows if year == 2011)
        spans = sorted(
            (min(ys), max(ys))
            for quarter in range(4)
            for ys in [[y for _, own, _, y in rows if own == quarter]]
        )
        assert all(upper[1] < lower[0] for upper, lower in pairwise(spans))
        assert "2011" in {label["text"] for label in explorer.labels()}
        explorer.press("Control+z")
        assert explorer.page.evaluate(seen) == before


def test_two_lenses_show_what_authors_cite_what_the_reader_connects_and_their_difference(
    browser: Browser, tmp_path: Path
) -> None:
    rows = [{"id": f"p{n}", "label": f"Paper {n}", "in_digest": n < 3} for n in range(6)]
    cited = [("p0", "p3"), ("p1", "p3"), ("p0", "p4"), ("p0", "p5")]
    mentioned = [("p1", "p4"), ("p1", "p2")]
    edges = [{"source": a, "target": b, "kind": "cites"} for a, b in cited]
    edges += [{"source": a, "target": b, "kind": "mentions"} for a, b in mentioned]
    with showing(browser, tmp_path, *tables_of(rows, edges)) as explorer:
        explorer.choose("Lens", "What authors cite")
        assert (explorer.bright(), set(explorer.edges())) == (
            {"p0", "p1", "p3", "p4", "p5"}, {"cites"})  # fmt: skip
        explorer.choose("Lens", "What I connect")
        assert explorer.bright() == {"p1", "p2", "p4"}
        assert explorer.edges() == ["mentions"] * 2
        explorer.choose("Lens", "Their difference")
        assert explorer.texts(".apart h3") == [
            "Mentioned, cited by none you read (1)",
            "Cited by several, never mentioned (1)",
            "Mentioned and cited (1)",
        ]
        assert explorer.texts(".apart .name") == ["Paper 2", "Paper 3", "Paper 4"]


def test_where_nobody_cites_the_work_mentioned_most_is_worth_a_click(
    browser: Browser, tmp_path: Path
) -> None:
    rows = [{"id": f"p{n}", "label": f"Paper {n}", "in_digest": n < 3} for n in range(6)]
    once, twice = [("p0", "p4")], [("p0", "p5"), ("p1", "p5"), ("p2", "p1"), ("p0", "p1")]
    told = ["Most mentioned, not readPaper 5mentioned by you 2 times"]
    for mentioned, expected in ((once, []), (once + twice, told)):
        edges = [{"source": a, "target": b, "kind": "mentions"} for a, b in mentioned]
        with showing(browser, tmp_path, *tables_of(rows, edges)) as explorer:
            told_rows = explorer.texts(".worth li")
            assert [row for row in told_rows if row.startswith("Most")] == expected


def test_what_was_read_last_is_listed_first_and_in_fresh_ink(
    browser: Browser, tmp_path: Path
) -> None:
    nodes = nodes_of([f"Paper {n}" for n in range(40)], "paper")
    days = [[date(2024, 1, 1 + n % 28)] if n < 39 else [date(2025, 3, 1)] for n in range(40)]
    nodes = with_column(nodes, "entry_dates", days)
    nodes = with_column(nodes, "in_digest", [True] * 40)
    nodes = with_column(nodes, "community", [0] * 40)
    fresh = """() => explorer.staged().order.filter((i, k) => {
      const [r, g, b] = explorer.staged().scene.paints.slice(k * 8);
      return r === 0xe0 && g === 0x45 && b === 0x1f;
    })"""
    with showing(browser, tmp_path, nodes, edges_between(nodes, ["so"])) as explorer:
        assert explorer.ids(explorer.page.evaluate(fresh)) == ["039"]
        rows = explorer.texts(".legend h2:has-text('What you read') + div li")
        assert rows[0].startswith("Paper 39")
        assert rows[0].endswith("read 2025-03-01")
        assert rows[1].endswith("read 2024-01-28")


def test_a_machine_that_is_late_moves_the_last_picture_and_draws_anew_at_rest(
    browser: Browser, seed_outputs: Path
) -> None:
    drag = """async (ms) => {
      let [now, waiting] = [0, []];
      window.requestAnimationFrame = (call) => waiting.push(call);
      performance.now = () => now;
      setInterval(() => {
        now += ms;
        for (const call of waiting.splice(0)) call(now);
      }, 2);
      const box = document.querySelector(".sky");
      const tell = (name, x) => box.dispatchEvent(new PointerEvent(name, { clientX: 700 + x,
        clientY: 400, pointerId: 1, button: 0, buttons: 1, bubbles: true }));
      box.setPointerCapture = () => {};
      tell("pointerdown", 0);
      const stage = document.querySelector(".stage");
      const shifted = [];
      for (let x = 10; x <= 120; x += 10) {
        tell("pointermove", x);
        for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame);
        shifted.push(stage.style.transform !== "");
      }
      tell("pointerup", 120);
      await new Promise((done) => setTimeout(done, 800));
      const [{ camera }, drawn] = [explorer.state(), explorer.drawing.frame()];
      return [shifted, stage.style.transform, drawn.camera.x === camera.x];
    }"""
    for ms, is_shifted in ((28, False), (29, True)):
        with explored(browser, seed_outputs / "graph.html") as explorer:
            shifted, transform, is_drawn = explorer.page.evaluate(drag, ms)
            # A machine with much to do may rest in between, and draws anew then.
            assert any(shifted) is is_shifted
            assert (transform, is_drawn) == ("", True)
