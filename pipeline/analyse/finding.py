"""Which node is meant by an id in any form, a name, a tag or the words of a title."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc
from rapidfuzz import fuzz, process

from pipeline.model.errors import DigestGraphError
from pipeline.model.folding import folded_title
from pipeline.model.ids import normal_arxiv_id

MOST_NAMED = 10
"""So many candidates are listed of those that a query could mean."""

MOST_NEAR, NEAR_ENOUGH = 5, 66.0
"""So many names are told of those that look like an unknown one, with such a ratio (0 to 100)."""
_SPARE = 2
_WAYS = (str.__eq__, str.startswith, str.__contains__)


class Names:
    """What the nodes of a graph are called; it is read on first use, and kept.

    Examples
    --------
    >>> from pipeline.analyse.examples import READ
    >>> names = Names(READ[0])
    >>> names.id_of("Ann"), names.id_of("#rl"), names.id_of("bo", "author")
    ('author:ann', 'tag:rl', 'author:bo')
    """

    def __init__(self, nodes: pa.Table) -> None:
        self._nodes = nodes.select(["id", "kind", "label", "spellings", "degree"])

    def id_of(self, query: str, *kinds: str) -> str:
        """The id of the one node, of these kinds if any is named, that `query` means.

        It is a node id, an arXiv id in any form, a name or a tag in any of its spellings, or the
        words that a title begins with, or else holds; what follows a `#` is a whole name. Raises
        DigestGraphError where nothing is called so, naming what is called alike, and where several
        nodes are, naming the strongest.
        """
        for exact in (query, f"arxiv:{normal_arxiv_id(query)}"):
            row = pc.index(self._nodes["id"], exact).as_py()
            if row >= 0 and (not kinds or self._nodes["kind"][row].as_py() in kinds):
                return exact
        asked, called = folded_title(query), self._called_of(kinds)
        # "#rl" is a whole tag; looked for within titles it would be found in "world".
        ways = (str.__eq__,) if query.lstrip().startswith("#") else _WAYS
        for fits in ways if asked else ():
            matched_ids = {i for name, ids in called for i in ids if fits(name, asked)}
            if len(matched_ids) == 1:
                return matched_ids.pop()
            if matched_ids:
                raise DigestGraphError(self._several(query, matched_ids))
        raise DigestGraphError(self.unknown(query, *kinds))

    @cached_property
    def _called(self) -> dict[str, dict[str, list[str]]]:
        """For each kind the ids by each label and spelling, folded."""
        called: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        columns = (self._nodes[name].to_pylist() for name in ("id", "kind", "label", "spellings"))
        for node_id, kind, label, spellings in zip(*columns, strict=True):
            for name in dict.fromkeys(map(folded_title, (label, *(spellings or ())))):
                called[kind][name].append(node_id)
        return called

    def _called_of(self, kinds: tuple[str, ...]) -> list[tuple[str, list[str]]]:
        return [item for kind in kinds or self._called for item in self._called[kind].items()]

    def _several(self, query: str, matched_ids: set[str]) -> str:
        rows = pc.is_in(self._nodes["id"], pa.array(matched_ids))
        order = [("degree", "descending"), ("id", "ascending")]
        strongest = self._nodes.filter(rows).sort_by(order).slice(0, MOST_NAMED)
        more = ["  …"] if len(matched_ids) > MOST_NAMED else []
        message = f'"{query}" could be {len(matched_ids)} nodes; give the id of one:'
        return "\n".join([message, *_listed(strongest), *more])

    def unknown(self, query: str, *kinds: str) -> str:
        """What to say where nothing is called so: what is called alike, if anything."""
        message = f'nothing in this graph is called "{query}"'
        message += f" and is {' or '.join(kinds)}" if kinds else ""
        ids = _near(folded_title(query), self._called_of(kinds))
        rows = pc.index_in(pa.array(ids, pa.string()), value_set=self._nodes["id"])
        listed = _listed(self._nodes.take(rows))
        return "\n".join([f"{message}; these are called alike:", *listed]) if ids else message


def _near(asked: str, called: list[tuple[str, list[str]]]) -> list[str]:
    """The ids of what is called most alike, or begins so, the nearest first, ties by id."""
    if not asked:
        return []
    # Of a title only the beginning: the rest of it would make all of them unlike.
    begins = [name[: len(asked) + _SPARE] for name, _ in called]
    near = process.extract(
        asked, begins, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=MOST_NEAR
    )
    order = sorted((-score, node_id) for _, score, row in near for node_id in called[row][1])
    return list(dict.fromkeys(node_id for _, node_id in order))[:MOST_NEAR]


def _listed(nodes: pa.Table) -> list[str]:
    rows = nodes.select(["id", "label"]).to_pylist()
    return [f"  {row['id']}  {row['label']}" for row in rows]
