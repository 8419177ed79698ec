"""The page answers as the commands and Jupyter do, on random graphs: similar, missing, path."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from itertools import product
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from conftest import PROJECT, missing
from invented_graphs import tables_of

from pipeline.analyse.communities import communities
from pipeline.analyse.missing import missing as missing_papers
from pipeline.analyse.paths import shortest_path
from pipeline.analyse.similar import similar
from pipeline.build import exporting
from pipeline.export import OWN_FORMATS
from pipeline.export.explorer_data import chunks
from pipeline.export.tex_memory import KEPT_IF_PRINTED, MANY
from pipeline.match.reasons import why
from pipeline.match.rules import CONFIDENCE, RULES
from pipeline.model.records import Candidate

GRAPHS = 500
MOST = 10
ENDS_OF = {
    "cites": ("paper", "paper"), "mentions": ("paper", "paper"), "wrote": ("author", "paper"),
    "tagged": ("paper", "tag"), "in_category": ("paper", "category"), "broader": ("tag", "tag"),
    "relates_to": ("tag", "tag"),
}  # fmt: skip
CITED_AS = (
    *("kind: inproceedings", "key: lee_2019", "ids: Lee19,a b", "booktitle: Proc. of A & B: C"),
    *("pages: 1–9", "month: March", "year: 2019", "editor: ℝ. Lee"),
)
TEXTS = (
    "$α$-nets of {depth} 2",
    r"$x^2$ and $y_{i}$ cost $5",
    "50% of A&B_1",
    "“Ｑ” -- ‘it’ `''",
    "ℝ≤μ",
    "Jose\u0301 and Sons",
    "Lee, Ann",
    "=SUM(A1)",
    "'quoted'",
    'a "b", c',
    "한국어 논문\n둘째 줄",
    r"\input{x} $\frac{1}{2}$",
    "e\u0301 \u200bx\u2009y  z",
    "{{",
    "others",
    "\tx",
    "＋1",
    "REINFORCE\x01 & more",
    "$\\frac1$",
)
PAPERS = ("arxiv:24{:02}.01524", "arxiv:hep-th/99010{:02}", "doi:10.1/a_x({})", "work:{:02}")
LABELS = ("A title", "a title", "Ａ", "\U0001d49c", "논문", "")


@pytest.fixture(scope="session")
def page() -> Iterator[subprocess.Popen[str]]:
    """The viewer's answers, a line for a line."""
    node = shutil.which("node", path=f"{PROJECT}/.venv/bin") or shutil.which("node")
    if node is None:
        missing("Node")
    command = [str(node), str(PROJECT / "tests" / "node" / "answers.mjs")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as running:
        yield running
        running.kill()


def random_graph(seed: int) -> tuple[pa.Table, pa.Table]:
    """Papers, some read, people, some ambiguous, tags, some meta, and edges of every kind."""
    chance = Random(seed)
    ids: dict[str, list[str]] = {
        "paper": [chance.choice(PAPERS).format(n) for n in range(chance.randint(1, 14))],
        "author": [f"author:{n}" for n in range(chance.randint(0, 5))],
        "organisation": [f"org:{n}" for n in range(chance.randint(0, 2))],
        "tag": [f"tag:{n}" for n in range(chance.randint(0, 5))],
        "category": [f"category:{n}" for n in range(chance.randint(0, 2))],
    }
    nodes = [
        {
            "id": own, "kind": kind, "label": chance.choice(LABELS), **measured(chance),
            "year": chance.choice([None, 2023, 2024]) if kind == "paper" else None,
            "in_digest": chance.random() < 0.6 if kind == "paper" else None,
            "ambiguous": chance.random() < 0.3 if kind == "author" else None,
            "confidence": chance.choice([None, 1.0, 0.97, 1e-7]) if kind == "author" else None,
            "meta": chance.random() < 0.3 if kind == "tag" else None,
            **(told_of_a_paper(own, chance) if kind == "paper" else {}),
        }
        for kind, own_ids in ids.items() for own in own_ids
    ]  # fmt: skip
    ids["author"] += ids["organisation"]
    pairs = {
        (chance.choice(ids[one]), chance.choice(ids[other]), kind)
        for kind, (one, other) in ENDS_OF.items()
        if ids[one] and ids[other]
        for _ in range(chance.randint(0, 14))
    }
    edges = [
        told_of_an_edge(place, kind, chance) | {"source": a, "target": b, "kind": kind}
        for place, (a, b, kind) in enumerate(sorted(pairs), 1)
    ]
    for node in nodes:
        listed = [e for e in edges if (e["source"], e["kind"]) == (node["id"], "in_category")]
        for place, edge in enumerate(listed):
            edge["primary"] = place == 0
        node["categories"] = [e["target"].removeprefix("category:") for e in listed] or None
    return tables_of(sorted(nodes, key=lambda node: str(node["id"])), edges)


def measured(chance: Random) -> dict[str, Any]:
    """Where a node lies, how it looks, how it is spelt, and what was measured of it."""
    return {
        "x": chance.randrange(-99_999, 99_999) / 100,
        "y": chance.randrange(-9_999_999, 9_999_999) / 100,
        "size": chance.choice([6.5, 12.37]),
        "color": chance.choice(["#d55e00", "#00ff0a"]),
        "degree": chance.randrange(9),
        "pagerank": chance.random(),
        "community": chance.randrange(3),
        "spellings": chance.choice([None, [], ["A title"], ["a\tb"], ["Ａ", *TEXTS[:2]]]),
    }


def told_of_an_edge(place: int, kind: str, chance: Random) -> dict[str, Any]:
    """Its weight, its place in a list, and the days of the entries that say so."""
    days = [None, [], [date(2019, 12, 31)], [date(2024, 9, 5), date(2024, 9, 6)]]
    return {
        "weight": chance.choice([1.0, 2.0, 0.5, 300.0]),
        "position": chance.choice([1, place]) if kind == "wrote" else None,
        "sentence": chance.choice([None, *TEXTS]) if kind == "mentions" else None,
        "entry_dates": chance.choice(days) if kind in ("mentions", "tagged") else None,
    }


def told_of_a_paper(own: str, chance: Random) -> dict[str, Any]:
    """What a bibliography prints of a paper, each thing known or not."""
    said = {name: chance.choice([None, *TEXTS]) for name in ("title", "first_author", "venue")}
    said |= {name: chance.choice([None, *TEXTS]) for name in ("abstract", "commentary")}
    day = chance.choice([None, date(2019, 12, 31), date(2024, 9, 5)])
    return said | {
        "arxiv_id": own.removeprefix("arxiv:") if own.startswith("arxiv:") else None,
        "doi": chance.choice([None, "10.1/a_b", "10.1/{x}", "doi of 5%"]),
        "url": chance.choice([None, "https://a.org/%20_x", "http://a.org/x%"]),
        "authors_complete": chance.choice([None, True, False]),
        "published": day,
        "month": day.month if day else chance.choice([None, 7]),
        "cited_as": chance.choice([None, None, CITED_AS[:1], CITED_AS]),
        "references_known": chance.choice([None, "all", "some", "none"]),
        "topics": chance.choice([None, ["Games", "REINFORCE"]]),
        "upvotes": chance.choice([None, 0, 12]),
        "entry_dates": chance.choice([None, [date(2024, 9, 5), date(2024, 9, 6)]]),
    }


def told_by(page: subprocess.Popen[str], question: dict[str, Any]) -> dict[str, Any]:
    assert page.stdin is not None
    assert page.stdout is not None
    page.stdin.write(json.dumps(question) + "\n")
    page.stdin.flush()
    return dict(json.loads(page.stdout.readline()))


def part_of(nodes: pa.Table, edges: pa.Table, chosen: list[int]) -> tuple[pa.Table, pa.Table]:
    """What `export` takes: of the papers among some rows, unless that is all."""
    rows = [nodes["id"][row].as_py() for row in chosen if nodes["kind"][row].as_py() == "paper"]
    if not rows:
        return nodes[:0], edges[:0]
    part = exporting.part_of(nodes, edges, exporting.GraphPart(papers=tuple(rows)))
    return part if part[0].num_rows < nodes.num_rows else (nodes, edges)


def around(nodes: pa.Table, edges: pa.Table, node_id: str) -> tuple[pa.Table, pa.Table]:
    """What `export --around` takes, which cuts lists of authors, unless that is all."""
    part = exporting.part_of(nodes, edges, exporting.GraphPart(around=node_id))
    return part if part[0].num_rows < nodes.num_rows else (nodes, edges)


def check_files(said: dict[str, Any], part: tuple[pa.Table, pa.Table], seed: int) -> None:
    """The page's files are those of the command, byte for byte; of the two in XML, one a graph."""
    for name in {("graphml", "gexf")[seed // 2 % 2], "bibtex", "papers"} & said.keys():
        (file,) = OWN_FORMATS[name]
        written = b"".join(map(bytes, file.pieces(*part))).decode()
        assert said[name] == written, (seed, name)


def test_similar_missing_path_and_files_are_the_same_on_500_random_graphs(
    page: subprocess.Popen[str],
) -> None:
    asked = 0
    for seed in range(GRAPHS):
        nodes, edges = random_graph(seed)
        ids = nodes["id"].to_pylist()
        chance = Random(seed)
        every = [row for row, kind in enumerate(nodes["kind"].to_pylist()) if kind == "paper"]
        papers = sorted(chance.sample(every, min(len(every), 3)))
        ends = [(chance.randrange(len(ids)), chance.randrange(len(ids))) for _ in range(4)]
        found = chunks(nodes, edges, communities(nodes, edges))
        packed = {name: base64.b64encode(part).decode() for name, part in found._asdict().items()}
        chosen = [row for row in range(len(ids)) if chance.random() < 0.5]
        question = {"papers": papers, "ends": ends, "most": MOST, "chosen": chosen}
        question["part"] = [
            ids.index(each) for each in part_of(nodes, edges, chosen)[0]["id"].to_pylist()
        ]
        near = around(nodes, edges, ids[chance.randrange(len(ids))])
        question["near"] = [ids.index(each) for each in near[0]["id"].to_pylist()]
        said = told_by(page, packed | question)
        for row, alike in zip(papers, said["similar"], strict=True):
            ours = similar(nodes, edges, ids[row], MOST)
            theirs = [(ids[each["paper"]], each["score"], each["reason"]) for each in alike]
            asked += len(theirs)
            named = (ours[name].to_pylist() for name in ("id", "score", "reason"))
            assert theirs == list(zip(*named, strict=True)), (seed, ids[row])
        ours = missing_papers(nodes, edges, MOST)
        assert [(ids[each["node"]], each["by"]) for each in said["missing"]] == list(
            zip(ours["id"].to_pylist(), ours["cited_by"].to_pylist(), strict=True)
        ), seed
        for (start, goal), path in zip(ends, said["paths"], strict=True):
            way = shortest_path(nodes, edges, (ids[start], ids[goal]))["id"].to_pylist()
            assert [ids[row] for row in path or ()] == way, (seed, ids[start], ids[goal])
        if seed % 2:
            check_files(said, part_of(nodes, edges, chosen), seed)
        else:
            check_files(said["near"], near, seed)
    assert asked > 2 * GRAPHS


def test_bibtex_of_many_papers_lets_tex_hold_them_on_the_page_too(
    page: subprocess.Popen[str],
) -> None:
    ids = [f"arxiv:2401.{n:05}" for n in range(MANY + 1)]
    nodes, edges = tables_of([{"id": each, "arxiv_id": each[6:]} for each in ids], [])
    found = chunks(nodes, edges, communities(nodes, edges))
    packed = {name: base64.b64encode(part).decode() for name, part in found._asdict().items()}
    for count in (MANY - 1, MANY):
        asked = {"papers": [], "ends": [], "most": 1, "part": [], "near": []}
        said = told_by(page, packed | asked | {"chosen": list(range(count))})
        assert (KEPT_IF_PRINTED in said["bibtex"]) == (count == MANY)
        check_files({"bibtex": said["bibtex"]}, (nodes[:count], edges), count)


def test_why_an_entry_is_this_paper_is_told_in_korean_whatever_the_rule(
    page: subprocess.Popen[str],
) -> None:
    """Nothing stays English but what is quoted, and names of files."""
    title = "No paper of the authors, in words"
    kinds = ("title", "authors", "abstract", "months", "former", "renamed")
    reasons = [
        why(Candidate("2401.1", title, title, "", dict(zip(kinds, scores, strict=True))))
        for scores in product((1, 0.9), (None, 0.5), (None, 0.1), (None, 0, 2), (0, 1), (0, 1))
    ]
    reasons += [f"the entry prints this id; {reason}" for reason in reasons[:4]]
    reasons += [
        f"{reasons[0]}; 2401.2, 2401.3 agrees as well, but is of another month",
        "the entry prints this id; no source at hand could check it",
        "set by hand in overrides.toml:3",
        "no paper, as set by hand in overrides.toml:3",
    ]
    rules = [rule.name for rule in RULES] + list(CONFIDENCE)
    lines = [f"a.txt:{n}: {reason}; " for n, reason in enumerate(reasons, 1)]
    written = [f"{line}{rules[n % len(rules)].replace('_', ' ')} (99.9%)"
               for n, line in enumerate(lines)]  # fmt: skip
    told = told_by(page, {"why": "\n".join(written)})["why"].split("\n")
    assert len(told) == len(written) >= 2 * len(rules)
    for line, said in zip(written, told, strict=True):
        assert (title in line) == (title in said)
        left = said.replace(title, "").replace("a.txt", "").replace("overrides.toml", "")
        assert re.findall("[A-Za-z]{3,}", left.replace("arXiv", "")) == [], (line, said)
    undecided = "no known paper has a title or authors like these"
    assert told_by(page, {"why": undecided})["why"] == "제목이나 저자가 비슷한 논문이 없음"
