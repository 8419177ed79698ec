"""What a graph holds that has the words of a query, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.finding import NodeNames
from pipeline.analyse.joining import ends_of
from pipeline.analyse.naming import Fit
from pipeline.analyse.query_terms import Term, query_terms
from pipeline.analyse.word_columns import NameWords, holding, spaced_words, word_column

WEIGHTS = {"name": 8, "tag": 4, "author": 4, "commentary": 2, "abstract": 1, "year": 1}
"""What a word counts for by where it stands; the sum over the words ranks what is found."""

BONUS = {
    Fit.NICKNAME: 64, Fit.WHOLE: 32, Fit.HEAD: 24, Fit.INITIALS: 16, Fit.BEGINNING: 12,
    Fit.WORDS: 6, Fit.PARTS: 2,
}  # fmt: skip
"""What is added where the query fits a whole name, so that what `NodeNames` takes stands first."""
_KINDS = {"author": ("author", "organisation"), "tag": ("tag",)}
"""The kinds of nodes whose names a field is about."""
_DEEP = ("commentary", "abstract")
_LINKED = {"tag": ("tagged", 1), "author": ("wrote", -1)}
"""The edges by which papers have names of others, and whether papers are where these begin."""
_SENTENCE = re.compile(r"(?<=[.!?。])\s+|\n+")
_SCHEMA = pa.schema(
    {
        "id": pa.string(),
        "kind": pa.string(),
        "label": pa.string(),
        "year": pa.int64(),
        "in_digest": pa.bool_(),
        "found_in": pa.list_(pa.string()),
        "passage": pa.string(),
        "score": pa.int64(),
    }
)


class Texts:
    """The words of a graph, folded on first use, and kept.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> Texts(*READ).found("Ann").select(["id", "found_in", "score"]).to_pylist()[0]
    {'id': 'author:ann', 'found_in': ['name'], 'score': 40}
    """

    def __init__(self, nodes: pa.Table, edges: pa.Table) -> None:
        self._nodes = nodes
        self._edges = edges
        self._names = NodeNames(nodes)

    def found(self, query: str, most: int | None = 20, kinds: Sequence[str] = ()) -> pa.Table:
        """`id, kind, label, year, in_digest, found_in, passage, score`, best first, then by id.

        Nodes that have every word of `query` in their label or spellings (`name`), or of papers
        in the names of their `author`s or `tag`s, in the `commentary` or the `abstract`:
        `found_in` says where. Case, accents and TeX do not count. A word finds those that begin
        with it; in scripts without spaces and in Korean, wherever it stands. `author:dao` is
        people so named and their papers, `tag:rl` (or `#rl`) the tag and its papers, `2020..2022`
        the papers of these `year`s, and a phrase stands in quotes. `passage` is the sentence of the
        commentary or else of the abstract that has most of the words. What `NodeNames.taken` takes
        stands first.
        """
        words = query_terms(query)
        hits = {name: [self._hits(name, word) for word in words] for name in WEIGHTS}
        weighed = [
            np.max([WEIGHTS[name] * rows[place] for name, rows in hits.items()], axis=0)
            for place in range(len(words))
        ]
        rows = np.zeros(self._nodes.num_rows, bool)
        is_plain = all(term.field == "any" or query.lstrip().startswith("#") for term in words)
        bonus = self._bonus(query, kinds) if is_plain else np.zeros(len(rows), np.int64)
        if words:
            rows = np.all([weight > 0 for weight in weighed], axis=0) | (bonus > 0)
        if kinds:
            rows &= np.asarray(pc.is_in(self._nodes["kind"], pa.array(kinds)), bool)
        score = np.sum(weighed, axis=0) + bonus if words else np.zeros(len(rows))
        order = np.lexsort((np.arange(len(rows)), -score))
        best = order[rows[order]][:most]
        places = [
            [n for n, fits in hits.items() if any(w[row] for w in fits)] or ["name"] for row in best
        ]
        return self._table(best, score, places, words)

    @cached_property
    def _first_authors(self) -> NameWords:
        nodes = self._nodes
        return NameWords(nodes["first_author"], np.arange(len(nodes)), len(nodes))

    @cached_property
    def _prose(self) -> dict[str, pa.Array]:
        return {place: word_column(self._nodes[place]) for place in _DEEP}

    def _holding(self, place: str, word: str) -> np.ndarray:
        """Which nodes have a word in this place."""
        if place in _DEEP:
            return holding(self._prose[place], word)
        named = self._names.words.holding(word)
        if place == "name":
            return named
        kind, turn = _LINKED[place]
        papers, others = ends_of(self._nodes, self._edges, kind)[::turn]
        rows = self._first_authors.holding(word) if place == "author" else np.zeros_like(named)
        rows[papers[named[others]]] = True
        return rows

    def _hits(self, place: str, term: Term) -> np.ndarray:
        """Which nodes have a term in this place; a single letter is sought in names alone."""
        nothing = np.zeros(self._nodes.num_rows, bool)
        if place == "year":
            return nothing if term.years is None else self._of_years(*term.years)
        if term.field not in ("any", place) and (place != "name" or term.field == "year"):
            return nothing
        if not term.word or (len(term.word.strip()) == 1 and place in _DEEP):
            return nothing
        rows = self._holding(place, term.word)
        if place == "name" and term.field in _KINDS:
            of_kind = pc.is_in(self._nodes["kind"], pa.array(_KINDS[term.field]))
            rows &= np.asarray(of_kind, bool)
        return rows

    def _of_years(self, first: int, last: int) -> np.ndarray:
        years = self._nodes["year"]
        within = pc.and_(pc.greater_equal(years, first), pc.less_equal(years, last))
        return np.asarray(pc.fill_null(within, False), bool)

    def _bonus(self, query: str, kinds: Sequence[str]) -> np.ndarray:
        """More for what is called so, by how well the query fits its name."""
        bonus = np.zeros(self._nodes.num_rows, np.int64)
        for row, how in self._names.fits(query, kinds).items():
            bonus[row] = BONUS[how]
        return bonus

    def _table(
        self, best: np.ndarray, score: np.ndarray, places: list[list[str]], words: list[Term]
    ) -> pa.Table:
        shown = self._nodes.take(pa.array(best, pa.int64()))
        prose = zip(shown["commentary"].to_pylist(), shown["abstract"].to_pylist(), strict=True)
        sought = [term.word for term in words if term.field == "any" and term.word]
        passages = [_passage(texts, sought) for texts in prose]
        columns = [shown[name] for name in ("id", "kind", "label", "year", "in_digest")]
        scores = pa.array(score[best].astype(np.int64))
        locations = [
            pa.array(places, _SCHEMA.field("found_in").type),
            pa.array(passages, pa.string()),
        ]
        return pa.table([*columns, *locations, scores], schema=_SCHEMA)


def _passage(texts: Iterable[str | None], words: Sequence[str]) -> str | None:
    """The first of the sentences that have most of the words; None where none has any."""
    ranked = [(-_held(sentence, words), sentence) for sentence in _sentences(texts)]
    held, sentence = min(ranked, key=lambda rank: rank[0], default=(0, ""))
    return sentence if held else None


def _sentences(texts: Iterable[str | None]) -> Iterator[str]:
    return (part.strip() for text in texts for part in _SENTENCE.split(text or "") if part.strip())


def _held(sentence: str, words: Sequence[str]) -> int:
    folded = spaced_words(sentence)
    return sum(word in folded for word in words)
