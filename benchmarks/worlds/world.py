"""Graphs of any size to measure on: real records of arXiv where they are at hand, cited by rule.

The citations are invented, as no real ones are at hand: a paper cites earlier ones of its primary
category four times in five, and half of its references are copied from papers that it cites, which
is preferential attachment (the copying model, https://doi.org/10.1109/SFCS.2000.892065).
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.folders import CORPUS
from pipeline.model.ids import month_of
from pipeline.sources.arxiv_snapshot import Repaired, facts_of_line

SEED = 1
REFERENCES = 15
"""Of a paper on average: with authors, categories and tags this makes some 19 edges a paper."""
AT_HOME = 0.8
CHUNKS = 100
"""So many times papers are drawn, each time as many; those of one time do not cite each other."""


class World(NamedTuple):
    """Papers by day, and who cites whom, as row numbers of `papers`.

    `papers`: `arxiv_id`, `title`, `authors` (list), `categories` (list, primary first), `month`
    (counted from the year 0).
    `citations`: an array of shape (n, 2): citing, cited; each pair once.
    """

    papers: pa.Table
    citations: np.ndarray
    real: bool


def world(papers: int, corpus: Path = CORPUS) -> World:
    """So many papers and their citations, the same each time.

    Where the corpus has fewer, its records come again under other ids and titles.
    """
    table = paper_table(papers, corpus)
    return World(table, _citations(table, np.random.default_rng(SEED)), corpus.exists())


def paper_table(papers: int, corpus: Path = CORPUS) -> pa.Table:
    """The papers of a world alone, which takes a fraction of the time."""
    records = list(islice(_records(corpus), papers)) if corpus.exists() else []
    return _papers(records, papers)


def _records(corpus: Path) -> Iterator[tuple[str, str, list[str], list[str]]]:
    with gzip.open(corpus) as lines:
        for line in lines:
            read = facts_of_line(line)
            facts = read.facts if isinstance(read, Repaired) else read
            if facts.authors and facts.categories and facts.title:
                yield facts.arxiv_id, facts.title, list(facts.authors[:60]), list(facts.categories)


def _papers(records: list[tuple[str, str, list[str], list[str]]], papers: int) -> pa.Table:
    chance = np.random.default_rng(SEED)
    records = records or [_invented(number, chance) for number in range(papers)]
    rows = [
        (own, title, names, categories)
        if not again
        else (f"{own}:{again}", f"{title} ({again})", names, categories)
        for again in range(-(-papers // len(records)))
        for own, title, names, categories in records
    ][:papers]
    columns = [list(column) for column in zip(*rows, strict=True)]
    months = [month_of(own.partition(":")[0]) for own in columns[0]]
    names = ["arxiv_id", "title", "authors", "categories", "month"]
    return pa.table([*columns, pa.array(months, pa.int64())], names).sort_by(
        [("month", "ascending"), ("arxiv_id", "ascending")]
    )


def _invented(number: int, chance: np.random.Generator) -> tuple[str, str, list[str], list[str]]:
    word = "abcdefghijklmnopqrstuvwxyz"
    drawn = chance.zipf(1.4, 12) % 5_000
    names = [f"{word[n % 26].upper()}a{word[n % 7]} {word[n % 23].upper()}o{n}" for n in drawn[:4]]
    year, month = divmod(number // 900, 12)
    title = " ".join(f"word{n}" for n in drawn[4:])
    category = f"cs.{word[drawn[11] % 20].upper()}X"
    return f"{7 + year:02}{month + 1:02}.{number % 90_000:05}", title, list(set(names)), [category]


def _citations(papers: pa.Table, chance: np.random.Generator) -> np.ndarray:
    count = papers.num_rows
    home = pc.list_element(papers["categories"], 0).combine_chunks().dictionary_encode()
    home = home.indices.to_numpy()
    by_home = [np.flatnonzero(home == number) for number in range(home.max() + 1)]
    cited = np.full((count, REFERENCES), -1)
    step = -(-count // CHUNKS)
    for first in range(step, count, step):
        citing = np.arange(first, min(first + step, count))
        drawn = chance.integers(0, first, (len(citing), REFERENCES))
        for number in np.unique(home[citing]):
            rows = np.flatnonzero(home[citing] == number)
            earlier = np.searchsorted(by_home[number], first)
            if earlier:
                own = by_home[number][chance.integers(0, earlier, (len(rows), REFERENCES))]
                drawn[rows] = np.where(chance.random(own.shape) < AT_HOME, own, drawn[rows])
        followed = drawn[:, : REFERENCES // 2]
        copied = cited[followed, chance.integers(0, REFERENCES, followed.shape)]
        rest = drawn[:, -copied.shape[1] :]
        rest[:] = np.where(copied >= 0, copied, rest)
        cited[citing] = drawn
    pairs = np.column_stack((np.repeat(np.arange(count), REFERENCES), cited.ravel()))
    return np.unique(pairs[pairs[:, 1] >= 0], axis=0)
