"""Which node is meant by an id in any form, a nickname, a name, a tag or the words of a title.

One resolver for all that takes a node: `explain`, `similar`, `path`, `search`, Jupyter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from pipeline.analyse.naming import Called, Fit, called, fit, initials_pattern
from pipeline.analyse.word_columns import NameWords, spaced_words
from pipeline.model.errors import DigestGraphError
from pipeline.model.folding import folded_title
from pipeline.model.ids import normal_arxiv_id
from pipeline.model.readable_tex import readable_title

MOST_NAMED = 10
"""So many candidates are listed of those that a query could mean."""
MOST_OTHERS = 3
"""So many others are told of, beside the node that was taken."""

MOST_NEAR, NEAR_ENOUGH = 5, 66.0
"""So many names are told of those that look like an unknown one, with such a ratio (0 to 100)."""
_SPARE = 2
_HOW = {
    Fit.NICKNAME: "so you call it",
    Fit.WHOLE: "",
    Fit.HEAD: "by the beginning of its title",
    Fit.BEGINNING: "by the first words of its name",
    Fit.WORDS: "by words of its name",
    Fit.INITIALS: "by the initials of its title",
    Fit.PARTS: "by the beginnings of words",
}

_AS_GOOD = {Fit.INITIALS, Fit.WORDS}
"""Words of a title, and what they begin with: neither says more than the other."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The node that a query means: its id and label, how it was found, and what is called alike.

    `how` is empty where an id or its whole name was given. `others` are ids and labels, the
    strongest first, `of_all` how many there are.
    """

    id: str
    label: str
    how: str = ""
    others: tuple[tuple[str, str], ...] = ()
    of_all: int = 0

    def line(self) -> str:
        """What to say first of an answer: which node it is about, and which others it is not."""
        how = f"  ({self.how})" if self.how else ""
        left = self.of_all - len(self.others)
        more = f"; {left} more" if left > 0 else ""
        named = "; ".join(_once(node_id, readable_title(label)) for node_id, label in self.others)
        called = f"{_once(self.id, readable_title(self.label), '  ')}{how}"
        return called + (f"\n  others that it could be: {named}{more}" if named else "")


class NodeNames:
    """What the nodes of a graph are called; it is read on first use, and kept.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> names = NodeNames(READ[0])
    >>> names.id_of("Ann"), names.id_of("#rl"), names.id_of("bo", "author")
    ('author:ann', 'tag:rl', 'author:bo')
    """

    def __init__(self, nodes: pa.Table) -> None:
        self._nodes = nodes.select(["id", "kind", "label", "spellings", "name", "degree"])

    def id_of(self, query: str, *kinds: str) -> str:
        """The id of the node that is `taken`. Raises as it does."""
        return self.taken(query, *kinds).id

    def taken(self, query: str, *kinds: str) -> Taken:
        """The one node, of these kinds if any is named, that `query` means.

        It is a node id, an arXiv id in any form; or what fits best, in this order: the reader's
        own name of a paper, a whole name or tag in any of its spellings, what a title has before
        its colon, the words that a name begins with, words that it holds or the initials of a
        title, beginnings of words. What follows a `#` is a whole tag. Words end where those of
        the name end, so that "gof" is not found in "bag of". Raises DigestGraphError where
        nothing is called so, naming what is called alike, and where several nodes fit best,
        naming the strongest.
        """
        # An argument may be bytes of any kind; no name in a graph is what is no UTF-8.
        query = query.encode("utf-8", "replace").decode("utf-8")
        for exact in (query, f"arxiv:{normal_arxiv_id(query)}"):
            row = pc.index(self._nodes["id"], exact).as_py()
            if row >= 0 and (not kinds or self._nodes["kind"][row].as_py() in kinds):
                return Taken(exact, self._labels[row])
        fits = self.fits(query, kinds)
        best = min(fits.values(), default=None)
        if best is None:
            raise DigestGraphError(self.unknown(query, *kinds))
        as_good = _AS_GOOD if best in _AS_GOOD else {best}
        first = [row for row in fits if fits[row] in as_good]
        if len(first) > 1:
            raise DigestGraphError(self._several(query, first, fits))
        alike = self._strongest(set(fits).difference(first), fits)
        others = tuple((row["id"], row["label"]) for row in alike[:MOST_OTHERS])
        taken_id = self._nodes["id"][first[0]].as_py()
        return Taken(taken_id, self._labels[first[0]], _HOW[best], others, len(alike))

    def fits(self, query: str, kinds: Sequence[str] = ()) -> dict[int, Fit]:
        """The rows of all nodes that a query fits, and how it fits each; none for an empty one."""
        asked = folded_title(query)
        whole_tag = query.lstrip().startswith("#")
        fitting: dict[int, Fit] = {}
        for name in self._called_at(self.words.containing(asked), kinds) if asked else ():
            how = fit(name, query, asked)
            if how is not None and (not whole_tag or how <= Fit.WHOLE):
                fitting[name.row] = min(how, fitting.get(name.row, how))
        for row in () if whole_tag else self._with_initials(query, kinds):
            fitting[row] = min(Fit.INITIALS, fitting.get(row, Fit.INITIALS))
        return fitting

    def unknown(self, query: str, *kinds: str) -> str:
        """What to say where nothing is called so: what is called alike, if anything."""
        among = " or ".join([", ".join(kinds[:-1]), kinds[-1]] if len(kinds) > 1 else kinds)
        message = f'{f"no {among}" if kinds else "nothing"} in this graph is called "{query}"'
        names = [name for kind in kinds or self._called for name in self._called.get(kind, ())]
        rows = _near(folded_title(query), names)
        listed = _listed(self._nodes.take(pa.array(rows, pa.int64())).to_pylist())
        return "\n".join([f"{message}; these are called alike:", *listed]) if rows else message

    @cached_property
    def _labels(self) -> list[str]:
        labels: list[str] = self._nodes["label"].to_pylist()
        return labels

    @cached_property
    def words(self) -> NameWords:
        """The words of labels, spellings, and the names that some nodes have beside."""
        spellings = self._nodes["spellings"].combine_chunks()
        beside = [*self._nodes["label"].chunks, *self._nodes["name"].chunks]
        texts = pa.chunked_array([*beside, pc.list_flatten(spellings)], pa.string())
        rows = np.arange(len(spellings))
        of_spellings = np.asarray(pc.list_parent_indices(spellings))
        return NameWords(texts, np.concatenate([rows, rows, of_spellings]), len(rows))

    def _with_initials(self, query: str, kinds: Sequence[str]) -> Iterator[int]:
        """The rows of papers whose title begins with words of these first letters."""
        pattern = initials_pattern(query)
        if pattern is None:
            return
        for name in self._called_at(self.words.fitting(pattern), kinds):
            if name.is_title and re.match(pattern, spaced_words(name.text)):
                yield name.row

    def _called_at(self, rows: np.ndarray, kinds: Sequence[str]) -> Iterator[Called]:
        """What the nodes of some rows, given by a boolean each, are called."""
        if kinds:
            rows = rows & np.asarray(pc.is_in(self._nodes["kind"], pa.array(kinds)), bool)
        numbers = np.flatnonzero(rows)
        nodes = self._nodes.take(pa.array(numbers))
        columns = (nodes[name].to_pylist() for name in ("kind", "label", "spellings"))
        for row, kind, label, spellings in zip(numbers.tolist(), *columns, strict=True):
            yield from called(row, kind, label, spellings or ())

    @cached_property
    def _called(self) -> dict[str, list[Called]]:
        """For each kind what its nodes are called, in the order of the nodes."""
        kinds = pc.unique(self._nodes["kind"]).to_pylist()
        everywhere = np.ones(len(self._nodes), bool)
        return {kind: list(self._called_at(everywhere, [kind])) for kind in kinds}

    def _several(self, query: str, rows: Sequence[int], fits: Mapping[int, Fit]) -> str:
        strongest = self._strongest(rows, fits)
        more = ["  …"] if len(rows) > MOST_NAMED else []
        message = f'"{query}" could be {len(rows)} nodes; give the id of one:'
        return "\n".join([message, *_listed(strongest[:MOST_NAMED]), *more])

    def _strongest(self, rows: Iterable[int], fits: Mapping[int, Fit]) -> list[dict[str, str]]:
        """The nodes of these rows: those that fit best first, then the highest degree, then id."""
        ordered = sorted(rows)
        order = [("fit", "ascending"), ("degree", "descending"), ("id", "ascending")]
        nodes = self._nodes.take(pa.array(ordered, pa.int64()))
        nodes = nodes.append_column(
            "fit", pa.array([int(fits[row]) for row in ordered], pa.int64())
        )
        strongest: list[dict[str, str]] = nodes.sort_by(order).to_pylist()
        return strongest


def _once(node_id: str, label: str, gap: str = " ") -> str:
    """An id and what it is called; the id alone of a paper whose title nobody knows."""
    return node_id if node_id == f"arxiv:{label}" else f"{node_id}{gap}{label}"


def _near(asked: str, names: Sequence[Called]) -> list[int]:
    """The rows of what is called most alike, or begins so, the nearest first, ties by row."""
    if not asked:
        return []
    # Of a title only the beginning: the rest of it would make all of them unlike.
    begins = [name.folded[: len(asked) + _SPARE] for name in names]
    near = process.extract(
        asked, begins, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=MOST_NEAR
    )
    order = sorted((-score, names[place].row) for _, score, place in near)
    return list(dict.fromkeys(row for _, row in order))[:MOST_NEAR]


def _listed(nodes: Sequence[dict[str, str]]) -> list[str]:
    return [f"  {node['id']}  {readable_title(node['label'])}" for node in nodes]
