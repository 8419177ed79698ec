"""The page and the command search by the same words: what the command finds, the page finds."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess

import pytest
from conftest import PROJECT, missing

from pipeline.analyse.communities import communities
from pipeline.analyse.finding import NodeNames
from pipeline.analyse.searching import Texts
from pipeline.export.explorer_data import chunks
from pipeline.model.errors import DigestGraphError
from pipeline.model.tables import Build

QUERIES = (
    "ocr", "long context", "데이터", "학습", "zeyuan allen-zhu", "s3cmath", "general ocr theory",
    "llama 2", "deepseek", "In-context Pretraining", "#rl", "cs.CL", "haoran wei ocr", "gof",
    "snowcoder", "no such words", "2409.01524", "Poincaré", "reasoning math", "author:wei",
    "by:allen-zhu 2024", "tag:rl", "태그:ocr", '저자:"haoran wei" ocr', "2016..2017", "year:2017",
    '"language models"', "tag:zeyuan", "author:ocr", "adam year:2014", "author:kingma",
)  # fmt: skip


@pytest.fixture(scope="session")
def by_page(seed_build: Build) -> list[list[str]]:
    """What the page finds for each query, best first, by id."""
    node = shutil.which("node", path=f"{PROJECT}/.venv/bin") or shutil.which("node")
    if node is None:
        missing("node")
    nodes, edges = seed_build.nodes, seed_build.edges
    made = chunks(nodes, edges, communities(nodes, edges))
    packed = {name: base64.b64encode(part).decode() for name, part in made._asdict().items()}
    done = subprocess.run(
        [str(node), str(PROJECT / "tests" / "node" / "search.mjs")],
        input=json.dumps({**packed, "queries": QUERIES}) + "\n",
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    ids = nodes["id"].to_pylist()
    return [[ids[row] for row in rows] for rows in json.loads(done.stdout)]


@pytest.mark.parametrize("place", range(len(QUERIES)), ids=QUERIES)
def test_the_page_finds_all_that_the_command_finds(
    seed_build: Build, by_page: list[list[str]], place: int
) -> None:
    found = Texts(seed_build.nodes, seed_build.edges).found(QUERIES[place], None)
    assert set(found["id"].to_pylist()) <= set(by_page[place])


def test_both_put_first_what_is_called_so(seed_build: Build, by_page: list[list[str]]) -> None:
    names = NodeNames(seed_build.nodes)
    for query, page in zip(QUERIES, by_page, strict=True):
        try:
            taken = names.taken(query)
        except DigestGraphError:
            continue
        assert taken.id in page[:3], query
