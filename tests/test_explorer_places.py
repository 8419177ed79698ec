"""Where `graph.html` has land, and what lies where by time, computed by its own modules in Node."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
from itertools import pairwise
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from conftest import PROJECT, missing
from page_checks import edges_between, nodes_of

from pipeline.analyse.communities import communities
from pipeline.export.explorer_data import chunks

PAPERS, TAGS, UNDATED = 60, 20, 6
FIRST_YEAR = 2010
YEARS = 8
"""Of all papers but one, which is far older."""
BY_ID, OLD = 40, 41
"""A paper of which only the arXiv id tells when it came out: in May 2012."""


@pytest.fixture(scope="session")
def places() -> dict[str, Any]:
    """Sixty papers, six of no known year, and far right of them twenty tags; two communities."""
    node = shutil.which("node")
    if node is None:
        missing("Node")
    nodes = nodes_of([f"Of {number}" for number in range(PAPERS + TAGS)], "paper")
    years = [None if n < UNDATED else FIRST_YEAR + n % YEARS for n in range(PAPERS)] + [None] * TAGS
    years[BY_ID], years[OLD] = None, 1950
    changed: dict[str, list[Any]] = {
        "in_digest": [True] * PAPERS + [None] * TAGS,
        "kind": ["paper"] * PAPERS + ["tag"] * TAGS,
        "x": [40.0 * (n % 10) for n in range(PAPERS)] + [2_000.0] * TAGS,
        "community": [n // 30 for n in range(PAPERS)] + [0] * TAGS,
        "year": years,
        "arxiv_id": ["1205.00001" if n == BY_ID else None for n in range(PAPERS + TAGS)],
    }
    for name, values in changed.items():
        at = nodes.schema.get_field_index(name)
        nodes = nodes.set_column(at, nodes.schema.field(at), pa.array(values, nodes[name].type))
    edges = edges_between(nodes, ["so"])
    made = chunks(nodes, edges, communities(nodes, edges))
    asked = {name: base64.b64encode(part).decode() for name, part in made._asdict().items()}
    done = subprocess.run(
        [node or "", str(PROJECT / "tests" / "node" / "places.mjs")],
        input=json.dumps({**asked, "wide": 2.0, "many": 10}) + "\n",
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return dict(json.loads(done.stdout))


def test_land_lies_where_papers_are_drawn_and_not_where_only_tags_are(
    places: dict[str, Any],
) -> None:
    assert min(places["density"][:PAPERS]) > 0.1
    assert max(places["density"][PAPERS:]) == 0


def test_by_time_what_has_no_year_stands_apart_behind_all_years(places: dict[str, Any]) -> None:
    across = np.array(places["time"])[:PAPERS, 0]
    ticks = places["ticks"]
    assert [year for year, _, _ in ticks] == [*range(FIRST_YEAR, FIRST_YEAR + YEARS), 0]
    assert all(left < right for (_, left, _), (_, right, _) in pairwise(ticks))
    assert across[UNDATED:].max() < ticks[-1][1] - 10
    assert across[:UNDATED].min() >= ticks[-1][1]


def test_by_time_few_old_papers_share_the_first_year_which_says_so(places: dict[str, Any]) -> None:
    first, second, *others = places["ticks"]
    assert [first[2], second[2], *[older for _, _, older in others]] == [True] + [False] * YEARS
    assert first[1] <= places["time"][OLD][0] < second[1]


def test_by_time_an_arxiv_id_tells_the_month_once_the_names_are_there(
    places: dict[str, Any],
) -> None:
    begins = {year: left for year, left, _ in places["ticks"]}
    for across in (places["time"][BY_ID][0], places["alone"][BY_ID]):
        assert begins[2012] < across < begins[2013]


def test_by_time_a_map_is_as_wide_as_its_window_asks_for(places: dict[str, Any]) -> None:
    wide, high = np.ptp(np.array(places["time"])[:PAPERS], axis=0)
    assert 1.6 < wide / high < 3


def test_by_time_a_community_drawn_as_one_stands_amid_its_papers(places: dict[str, Any]) -> None:
    found = np.array(places["time"])
    groups = found[PAPERS + TAGS :]
    assert len(groups) == 2
    middles = [found[:30].mean(axis=0), found[30:PAPERS].mean(axis=0)]
    for middle in middles:
        assert np.abs(groups - middle).max(axis=1).min() < 1
