"""What things are called in `graph.html`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.compute as pc
from explorer_reader import explored, showing
from page_checks import edges_between, nodes_of

from pipeline.model.tables import Build

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def test_communities_are_called_as_in_their_table(
    browser: Browser, seed_build: Build, seed_outputs: Path
) -> None:
    table = seed_build.communities
    large = table.filter(pc.greater_equal(table["papers"], 5))
    large = large.sort_by([("papers", "descending"), ("community", "ascending")])
    with explored(browser, seed_outputs / "graph.html") as explorer:
        assert explorer.texts(".key .name") == large["name"].to_pylist() != []


def test_accents_of_tex_are_read_and_found(browser: Browser, tmp_path: Path) -> None:
    titles = [r"Poincar\'e and G\"odel", r"{\'E}tale by Erd\H{o}s", r"A \cite{x} of \lambda"]
    nodes = nodes_of(titles, "paper")
    with showing(browser, tmp_path, nodes, edges_between(nodes, ["so"])) as explorer:
        assert explorer.search("poincaré") == ["Poincaré and Gödel"]
        assert explorer.search("etale erdos") == ["Étale by Erdős"]
        assert explorer.search("cite{x}") == [titles[2]]


def test_common_tex_is_read_as_it_would_be_written(browser: Browser, tmp_path: Path) -> None:
    read = {
        r"A $\frac{1}{2}$ of $\frac{n+1}{k}$": "A 1/2 of (n+1)/k",
        r"In $O(n\log n)$ with $\sqrt{d}$": "In O(n log n) with √d",
        r"On $\hat{x} \in \mathbb{R}^n$": "On x ∈ Rⁿ",
        r"By $\frac{\delta^{18}O}{x_{t+1}}$, $\frac12$": "By δ¹⁸O/(x_(t+1)), 1/2",
        "For $5 and $10": "For $5 and $10",
    }
    nodes = nodes_of(list(read), "paper")
    with showing(browser, tmp_path, nodes, edges_between(nodes, ["so"])) as explorer:
        for label in read.values():
            assert explorer.search(label) == [label]


def test_a_very_long_title_is_cut_in_lists_and_whole_in_the_panel(
    browser: Browser, tmp_path: Path
) -> None:
    nodes = nodes_of(["Long " * 1_000, "Other"], "paper")
    with showing(browser, tmp_path, nodes, edges_between(nodes, ["so"])) as explorer:
        (found,) = explorer.search("long")
        assert len(found) <= 241
        explorer.press("Enter")
        assert len(explorer.text(".reading h2") or "") > 4_000
