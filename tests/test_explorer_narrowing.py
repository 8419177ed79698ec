"""`graph.html` in a real browser: to narrow what is shown, and to take it along."""

from __future__ import annotations

import csv
import io
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest
from conftest import PROJECT
from explorer_reader import Explorer, explored
from test_explorer import CODER, DATA, MATH, OCR, OCR_TITLE, PRETRAINING, neighbours

from pipeline.model.tables import Build

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture
def explorer(browser: Browser, seed_outputs: Path) -> Iterator[Explorer]:
    with explored(browser, seed_outputs / "graph.html") as explorer:
        yield explorer


def kinds_of(build: Build) -> dict[str, str]:
    rows, edges = build.nodes.to_pylist(), build.edges.to_pylist()
    kinds = {row["id"]: "read" if row["in_digest"] else row["kind"] for row in rows}
    ends = {
        kind: {e["target"] for e in edges if e["kind"] == kind} for kind in ("mentions", "cites")
    }
    only = {each for each in ends["mentions"] - ends["cites"] if kinds[each] == "paper"}
    return kinds | dict.fromkeys(only, "mentioned")


def test_a_kind_switched_off_is_hidden_and_nothing_else(
    explorer: Explorer, seed_build: Build
) -> None:
    kinds, edges = kinds_of(seed_build), Counter(seed_build.edges["kind"].to_pylist())
    drawn = edges - Counter(wrote=edges["wrote"])
    for kind, count in Counter(kinds.values()).items():
        row = explorer.page.locator(f".kinds label:has([value={kind}])")
        assert row.locator(".count").text_content() == str(count)
        row.click()
        assert explorer.shown() == [node_id for node_id in kinds if kinds[node_id] != kind]
        row.click()
    for kind, count in edges.items():
        row = explorer.page.locator(f".kinds label:has([value='edge:{kind}'])")
        assert row.locator(".count").text_content() == str(count)
        row.click()
        assert Counter(explorer.edges()) == drawn - Counter({kind: count})
        row.click()
    assert explorer.shown() == list(kinds)


def test_what_is_found_shows_though_its_kind_is_off(explorer: Explorer) -> None:
    explorer.page.locator(".kinds label:has([value=author])").click()
    explorer.search("Haoran Wei")
    explorer.press("Enter")
    authors = [node_id for node_id in explorer.shown() if node_id.startswith("author:")]
    assert authors == [explorer.selected()]


def test_authors_of_one_paper_are_folded_into_it_until_they_are_asked_for(
    explorer: Explorer, seed_build: Build
) -> None:
    drawn = "() => explorer.staged().order"
    authors = {each for each in neighbours(seed_build, OCR) if each.startswith("author:")}
    assert not authors & set(explorer.ids(explorer.page.evaluate(drawn)))
    explorer.click(OCR)
    explorer.button(f"Its own {len(authors)} authors on the map")
    assert authors <= set(explorer.ids(explorer.page.evaluate(drawn)))
    explorer.press("a")
    assert not authors & set(explorer.ids(explorer.page.evaluate(drawn)))


def test_tags_and_categories_keep_their_papers_and_what_touches_them(
    explorer: Explorer, seed_build: Build
) -> None:
    kinds = kinds_of(seed_build)
    explorer.tab("Narrow")
    explorer.page.locator(".picks label").get_by_text("ocr", exact=True).click()
    papers = [each for each in explorer.shown() if kinds[each] in ("read", "paper", "mentioned")]
    assert papers == [OCR]
    others = {each for each in neighbours(seed_build, OCR) if kinds[each] != "paper"}
    assert set(explorer.shown()) == others
    assert (explorer.text(".counts") or "").endswith("of 334 nodes shown")
    explorer.button("Show everything again")
    assert len(explorer.shown()) == 334
    explorer.page.locator(".picks label").get_by_text("cs.CV", exact=True).click()
    assert OCR in explorer.shown()
    assert CODER not in explorer.shown()


def test_read_by_me_is_one_thing_and_only_cited_another(
    explorer: Explorer, seed_build: Build
) -> None:
    kinds = Counter(kinds_of(seed_build).values())
    explorer.tab("Narrow")
    for name, kind in (("Read by me", "read"), ("Only cited", "paper")):
        explorer.choose("Papers", name)
        papers = [
            each for each in explorer.shown() if not each.startswith(("author", "tag", "cat"))
        ]
        assert len(papers) == kinds[kind] + (kinds["mentioned"] if kind == "paper" else 0)


def test_a_brush_over_the_years_narrows_and_a_button_plays_them(
    explorer: Explorer, seed_build: Build
) -> None:
    years = [row["year"] for row in seed_build.nodes.to_pylist() if row["year"]]
    explorer.tab("Narrow")
    first, last = explorer.page.locator(".of-years .brush input").all()
    low = sorted(years)[len(years) * 4 // 100]
    assert low > min(years) + 5
    assert explorer.text(".of-years .axis span") == f"≤ {low}"
    first.fill(str(2023 - low))
    assert explorer.state("filters")["years"] == [2023, max(years)]
    assert explorer.text(".of-years output") == f"2023–{max(years)}"
    papers = [each for each in explorer.shown() if not each.startswith(("author", "tag", "cat"))]
    assert len(papers) == sum(year >= 2023 for year in years)
    last.focus()
    explorer.press("ArrowLeft")
    assert explorer.state("filters")["years"] == [2023, max(years) - 1]
    bar = explorer.page.locator(".of-years .bars i").last.bounding_box()
    assert bar is not None
    explorer.page.mouse.click(bar["x"] + bar["width"] / 2, bar["y"] + 20)
    assert explorer.state("filters")["years"] == [max(years), max(years)]
    explorer.page.keyboard.press("Control+z")
    first.fill("0")
    last.fill(str(2015 - low))
    assert explorer.state("filters")["years"] == [min(years), 2015]
    explorer.button("Play the years")
    explorer.page.wait_for_function("() => explorer.state().filters.years?.[1] === 2016")
    explorer.button("Stop")


def test_nodes_of_few_edges_can_be_left_out(explorer: Explorer, seed_build: Build) -> None:
    explorer.tab("Narrow")
    explorer.page.get_by_label("At least so many edges").fill("5")
    degrees = zip(*(seed_build.nodes[name].to_pylist() for name in ("id", "degree")), strict=True)
    assert explorer.shown() == [node_id for node_id, degree in degrees if degree >= 5]


def test_a_neighbourhood_has_one_to_three_steps(explorer: Explorer, seed_build: Build) -> None:
    explorer.click(OCR)
    near = {OCR}
    for steps in (1, 2, 3):
        near = set().union(*(neighbours(seed_build, each) for each in near))
        explorer.press(str(steps))
        assert set(explorer.shown()) == near
    explorer.press("3")
    assert len(explorer.shown()) == 334
    explorer.button("2 steps")
    assert explorer.state("filters")["steps"] == 2


def test_a_shortest_path_joins_two_and_says_where_there_is_none(
    explorer: Explorer, seed_build: Build
) -> None:
    edges = [(e["source"], e["target"]) for e in seed_build.edges.to_pylist()]
    plain = nx.Graph(e for e in edges if not e[1].startswith("category:"))
    explorer.click(DATA)
    explorer.button("Path to …")
    explorer.search("Math Agents")
    explorer.press("Enter")
    assert explorer.selected() == DATA
    if nx.has_path(plain, DATA, MATH):
        length = nx.shortest_path_length(plain, DATA, MATH)
        assert len(explorer.texts(".found ol .name")) == length + 1
    else:
        assert explorer.text(".found .meta") == "No path leads there."
    explorer.search("DataSculpt")
    explorer.press("Enter", "p")
    explorer.search("In-context Pretraining")
    explorer.press("Enter")
    assert explorer.bright() == {DATA, PRETRAINING}


def test_similar_papers_share_what_they_cite_or_their_tags(explorer: Explorer) -> None:
    explorer.click(DATA)
    explorer.press("s")
    assert explorer.texts(".found h3") == ["Similar papers"]
    assert len(explorer.bright()) == len(explorer.texts(".found .name")) + 1 > 2
    explorer.press("s")
    assert explorer.page.locator(".found").count() == 0


def test_missing_papers_are_listed_by_how_many_papers_read_cite_them(
    explorer: Explorer, seed_build: Build
) -> None:
    kinds, rows = kinds_of(seed_build), seed_build.edges.to_pylist()
    cites = [e for e in rows if e["kind"] == "cites"]
    read = Counter(e["target"] for e in cites if kinds[e["source"]] == "read")
    most = max(count for node_id, count in read.items() if kinds[node_id] == "paper")
    explorer.tab("Narrow")
    first = explorer.page.locator("h2:has-text('Missing') + div li").first
    assert first.locator("small").text_content() == f"cited by {most} you read"


@pytest.mark.parametrize("name", ["GraphML", "GEXF"])
def test_the_selection_opens_in_other_programs(
    explorer: Explorer, seed_build: Build, name: str, tmp_path: Path
) -> None:
    explorer.click(OCR)
    explorer.tab("Export")
    path = tmp_path / f"taken.{name.lower()}"
    path.write_bytes(explorer.taken(name))
    read = nx.read_graphml if name == "GraphML" else nx.read_gexf
    inside = neighbours(seed_build, OCR)
    assert set(read(path)) == inside
    script = PROJECT / "tests" / "node" / "read_graph.mjs"
    done = subprocess.run(["node", script, path], capture_output=True, text=True, check=False)
    if "ERR_MODULE_NOT_FOUND" not in done.stderr:
        assert (done.returncode, done.stderr) == (0, "")


def test_bibtex_and_csv_hold_what_is_in_focus(explorer: Explorer, seed_build: Build) -> None:
    explorer.click(OCR)
    explorer.tab("Export")
    bibtex = explorer.taken("BibTeX").decode()
    assert f"title = {{{{{OCR_TITLE}}}}}" in bibtex
    assert "author = {Haoran Wei and Chenglong Liu and " in bibtex
    assert "eprint = {2409.01704}" in bibtex
    rows = list(csv.DictReader(io.StringIO(explorer.taken("CSV").decode("utf-8-sig"))))
    beside = neighbours(seed_build, OCR)
    assert {row["id"] for row in rows} == {
        own for own in beside if own.startswith(("arxiv:", "doi:", "work:"))
    }
    assert {row["authors"].split("; ")[0] for row in rows} >= {"Haoran Wei"}


def test_pictures_are_twice_as_large_or_drawn_in_lines(explorer: Explorer) -> None:
    explorer.tab("Export")
    picture = explorer.taken("PNG, twice the size")
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    size = (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24]))
    assert size == (2 * (1440 - 330), 2 * 900)
    lines = explorer.taken("SVG").decode()
    assert lines.count("<path") == 334 - 79
    assert "General OCR Theory" in lines


def test_a_link_shows_the_same_again_and_back_leads_back(
    browser: Browser, seed_outputs: Path, explorer: Explorer
) -> None:
    explorer.click(OCR)
    explorer.press("2")
    explorer.choose("Colour", "Kind")
    explorer.page.wait_for_function("() => location.hash.includes('kind')")
    link = explorer.page.evaluate("() => location.hash")
    names = ("selected", "filters", "colour", "off")
    with explored(browser, seed_outputs / "graph.html", hash=link) as other:
        for name in names:
            assert other.state(name) == explorer.state(name), name
        assert other.scale() == pytest.approx(explorer.scale(), rel=1e-5)
    explorer.page.locator(".authors .name").first.click()
    assert explorer.selected() != OCR
    explorer.page.go_back()
    explorer.waits_for(".reading h2", OCR_TITLE)


def test_a_link_that_names_nothing_here_is_no_harm(browser: Browser, seed_outputs: Path) -> None:
    odd = "#at=nobody&view=a+b+c&years=x&tags=%00&colour=none&size=none&degree=-1&steps=99&to=%ff"
    with explored(browser, seed_outputs / "graph.html", hash=odd) as explorer:
        assert explorer.selected() is None
        assert len(explorer.shown()) == 334
