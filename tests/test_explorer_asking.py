"""`graph.html`: a search that forgives, chips with and, or and not, undo, sets, and the table."""

from __future__ import annotations

from collections.abc import Iterator
from csv import DictReader
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from explorer_reader import Explorer, explored, showing
from invented_graphs import tables_of
from page_checks import nodes_of
from test_explorer import DATA, OCR, OCR_TITLE, PRETRAINING

from pipeline.model.tables import Build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

R1 = "DeepSeek-R1: Incentivizing Reasoning"
ROWS: list[dict[str, Any]] = [
    {"id": "arxiv:2501.12948", "label": R1, "year": 2025, "commentary": "데이터", "degree": 9},
    {"id": "arxiv:1706.03762", "label": "Attention Is All You Need", "year": 2017},
    {"id": "arxiv:2303.08774", "label": "GPT-4 Technical Report", "year": 2023},
    {"id": "arxiv:2001.00001", "label": "Deep Learning with Energy", "year": 2020},
    {"id": "author:lecun", "kind": "author", "label": "Yann LeCun"},
    {"id": "author:other", "kind": "author", "label": "Ada Energy"},
    {"id": "tag:데이터", "kind": "tag", "label": "데이터 증강"},
    {"id": "tag:energy", "kind": "tag", "label": "energy"},
]
EDGES = [
    {"source": "author:lecun", "target": "arxiv:2001.00001", "kind": "wrote"},
    {"source": "arxiv:2001.00001", "target": "tag:energy", "kind": "tagged"},
    {"source": "arxiv:1706.03762", "target": "tag:energy", "kind": "tagged"},
    {"source": "arxiv:1706.03762", "target": "tag:데이터", "kind": "tagged"},
]


@pytest.fixture
def explorer(browser: Browser, seed_outputs: Path) -> Iterator[Explorer]:
    with explored(browser, seed_outputs / "graph.html") as explorer:
        yield explorer


def test_a_search_forgives_how_one_types_and_takes_what_one_pastes(
    browser: Browser, tmp_path: Path
) -> None:
    nodes, edges = tables_of(sorted(ROWS, key=lambda row: str(row["id"])), EDGES)
    asked = {
        "atention": ["Attention Is All You Need"], "lecunn": ["Yann LeCun"], "DeepSeekR1": [R1],
        "gpt4": ["GPT-4 Technical Report"], "deep-seek r1": [R1],
        "lecun energy": ["Deep Learning with Energy"], "author:energy": ["Ada Energy"],
        "https://arxiv.org/pdf/2303.08774v3.pdf": ["GPT-4 Technical Report"],
        "arXiv:1706.03762": ["Attention Is All You Need"], "ㄷㅇㅌ": ["데이터 증강", R1],
        '"all you need"': ["Attention Is All You Need"], '"you all need"': [],
        "2017..2020 energy": ["Deep Learning with Energy", "Attention Is All You Need"],
        "tag:energy year:2017": ["Attention Is All You Need"], "deepseek-r1": [R1],
        "2303.08774v3": ["GPT-4 Technical Report"],
    }  # fmt: skip
    with showing(browser, tmp_path, nodes, edges) as explorer:
        for query, labels in asked.items():
            assert explorer.search(query) == labels, query


def test_what_is_found_is_lit_and_what_a_filter_hides_is_offered(explorer: Explorer) -> None:
    explorer.page.locator(".kinds label:has([value=author])").click()
    explorer.search("haoran wei")
    explorer.page.wait_for_function("() => explorer.state().lit !== null")
    explorer.waits_for(".told .name", "Lift the filters")
    assert "1 hidden by filters" in (explorer.text(".told") or "")
    explorer.button("Lift the filters")
    assert explorer.state("off") == []
    assert OCR in explorer.bright()
    assert len(explorer.bright()) == 2
    explorer.press("Escape")
    assert explorer.state("lit") is None


def test_chips_join_by_and_or_and_not_and_are_undone(explorer: Explorer) -> None:
    def papers() -> set[str]:
        return {each for each in explorer.shown() if each.startswith("arxiv:")}

    explorer.tab("Narrow")
    for name in ("ocr", "cs.CV", "cs.CL"):
        explorer.page.locator(".picks label").get_by_text(name, exact=True).click()
    assert papers() == {OCR} or papers() == set()
    both = papers()
    explorer.button("and")
    either = papers()
    assert either > both | {OCR}
    explorer.button("cs.CL")
    assert explorer.state("filters")["chips"][-1]["not"] is True
    barred = papers()
    assert barred < either
    explorer.press("Control+z")
    assert papers() == either
    explorer.button("Redo")
    assert papers() == barred
    assert explorer.text(".facets .count") == (
        "1 paper" if len(barred) == 1 else f"{len(barred)} papers"
    )
    explorer.button("Show everything again")
    assert len(explorer.shown()) == 334


def test_whatever_was_done_is_undone_and_redone(explorer: Explorer) -> None:
    actions = [
        {"do": "toggle", "kind": "tag"}, {"do": "colour", "by": "year"},
        {"do": "size", "by": "rank"}, {"do": "lens", "by": "mentions"},
        {"do": "edges", "all": True}, {"do": "region", "at": 1}, {"do": "select", "node": 3},
        {"do": "similar", "node": 3}, {"do": "unfold", "node": 3},
        {"do": "narrow", "by": {"who": "read"}}, {"do": "narrow", "by": {"degree": 3}},
        {"do": "pick", "node": 5}, {"do": "negate", "node": 5},
        {"do": "choose", "nodes": [1, 2]}, {"do": "choose_too", "node": 3},
        {"do": "project", "by": "time", "wide": 2, "camera": {"x": 0, "y": 0, "scale": 1}},
        {"do": "table", "shown": True}, {"do": "sort", "by": "name"},
        {"do": "column", "id": "cited", "usual": []},
    ]  # fmt: skip
    told = """actions => {
      const now = () => {
        const { past, future, latest, visited, at, hovered, ...rest } = explorer.state();
        return JSON.stringify(rest);
      };
      return actions.filter((action) => {
        const before = now();
        explorer.act(action);
        const after = now();
        explorer.act({ do: "undo" });
        const undone = now();
        explorer.act({ do: "redo" });
        return before === after || undone !== before || now() !== after;
      });
    }"""
    assert explorer.page.evaluate(told, actions) == []


def test_a_work_that_is_only_mentioned_is_mentioned_and_not_cited(
    explorer: Explorer, seed_build: Build
) -> None:
    explorer.search("In-context Pretraining")
    explorer.press("Enter")
    assert explorer.selected() == PRETRAINING
    assert explorer.text(".reading .kind") == "A work you mention"
    explorer.tab("Narrow")
    heading = "h2:has-text('Mentioned by you, cited by none') + ul li"
    assert [text.split(" · ")[-1] for text in explorer.texts(heading)] == [
        "mentioned by you 1 time"
    ] * 2


def test_a_path_says_how_each_step_leads_on(explorer: Explorer) -> None:
    explorer.click(DATA)
    explorer.press("p")
    explorer.search("In-context Pretraining")
    explorer.press("Enter")
    assert explorer.texts(".found .step") == ["you mention there"]
    steps = [each["text"] for each in explorer.labels() if each.get("rank") == "step"]
    assert steps in (["you mention there →"], ["is mentioned in your notes on →"])


def test_several_nodes_are_chosen_with_shift_kept_in_the_link_and_taken_along(
    browser: Browser, seed_outputs: Path, explorer: Explorer
) -> None:
    explorer.page.keyboard.down("Shift")
    for each in (OCR, DATA):
        explorer.click(each)
    x, y = explorer.place(OCR)
    explorer.page.mouse.move(x - 9, y - 40)
    explorer.page.mouse.down()
    for right, below in ((40, -40), (40, 40), (-40, 40), (-40, -40)):
        explorer.page.mouse.move(x + right, y + below, steps=3)
    explorer.page.mouse.up()
    explorer.page.keyboard.up("Shift")
    chosen = set(explorer.ids(explorer.state("chosen")))
    assert chosen > {OCR, DATA}
    explorer.page.wait_for_function(
        "n => decodeURIComponent(location.hash.split('set=')[1] ?? '').split('\\n').length === n",
        arg=len(chosen),
    )
    link = explorer.page.evaluate("() => location.hash")
    with explored(browser, seed_outputs / "graph.html", hash=link) as other:
        assert set(other.ids(other.state("chosen"))) == chosen
    explorer.tab("Export")
    rows = DictReader(explorer.taken("CSV").decode("utf-8-sig").splitlines(keepends=True))
    assert {row["id"] for row in rows} == chosen


def test_the_table_sorts_by_the_columns_that_are_chosen(explorer: Explorer) -> None:
    explorer.press("t")
    explorer.page.locator(".columns summary").click()
    explorer.page.locator(".columns").get_by_label("Year").check()
    explorer.button("Year")
    explorer.button("Year ▴")
    years = [text for text in explorer.texts("tbody tr td:nth-child(4)") if text]
    assert years == sorted(years, reverse=True)
    assert explorer.page.locator("th[aria-sort=descending]").count() == 1


def test_a_note_leads_on_where_it_names_what_is_here(browser: Browser, tmp_path: Path) -> None:
    note = "## So\n- **See** 2409.00001v2 and https://example.org/a.\n> `<b>` of [[Here]]"
    nodes = nodes_of([note], "paper")
    rows = nodes.to_pylist()
    rows.append(rows[0] | {"id": "arxiv:2409.00001", "label": "Here"})
    nodes = type(nodes).from_pylist(sorted(rows, key=lambda row: row["id"]), nodes.schema)
    edges = tables_of([], []).edges
    with showing(browser, tmp_path, nodes, edges) as explorer:
        explorer.page.evaluate("async i => { await explorer.texts(); explorer.go(i); }", 0)
        link = explorer.page.locator(".commentary a").first
        assert link.get_attribute("href") == "https://example.org/a"
        read = {name: explorer.texts(f".commentary {name}") for name in ("h4", "b", "blockquote")}
        assert read == {"h4": ["So"], "b": ["See"], "blockquote": ["<b> of Here"]}
        assert explorer.texts(".commentary .linked") == ["2409.00001v2", "Here"]
        explorer.page.locator(".commentary .linked").last.click()
        assert explorer.selected() == "arxiv:2409.00001"
    assert OCR_TITLE
