"""What a note or a block says of one node: its facts, and lists of others with a reason for each.

Nothing here is written in the form of any program: `flavours` does that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.bibliographic_coupling import coauthors
from pipeline.analyse.linked import Linked
from pipeline.analyse.missing import missing
from pipeline.analyse.similar import Likeness
from pipeline.model.counting import counted
from pipeline.model.errors import DigestGraphError
from pipeline.model.readable_tex import readable_title
from pipeline.notes.own_words import OwnNotes, Point, one_line, own_words, shortened

KINDS = ("paper", "author", "organisation", "tag")
"""The kinds of node that a note can be about."""
MOST_AUTHORS = 12
_SENTENCE_CHARACTERS = 300
Row = dict[str, Any]
Value = str | int | tuple[str, ...]
Properties = tuple[tuple[str, Value], ...]
"""What the head of a note says: a name and a text, a number or a list of texts."""


class ListUnderHeading(NamedTuple):
    """A list under a heading; `more` are left out."""

    heading: str
    points: tuple[Point, ...]
    more: int = 0


class Content(NamedTuple):
    """What is to be said of a node.

    `people` and so many `others` wrote it, `facts` say the rest of `properties` in words; `tags`
    are spelled as the reader spells them; `url` is the page of a paper.
    """

    node_id: str
    kind: str
    label: str
    url: str | None
    properties: Properties
    people: tuple[Point, ...]
    others: int
    facts: tuple[str, ...]
    tags: tuple[str, ...]
    parts: tuple[ListUnderHeading, ...]


class Contents:
    """The contents of the nodes of one graph; what they share is computed once.

    `most` is how many lines a list has at most, `written` where the reader wrote, by paper.
    """

    def __init__(
        self,
        nodes: pa.Table,
        edges: pa.Table,
        most: int = 10,
        written: Mapping[str, OwnNotes] | None = None,
    ) -> None:
        self._written = written or {}
        self._nodes = nodes
        self._edges = edges
        self._most = most
        self._links = Linked(nodes, edges)

    def of(self, node_id: str) -> Content:
        """What there is to say of a paper, a person, an organisation or a tag.

        Raises DigestGraphError for a node of another kind.
        """
        row = self._row(node_id)
        if row["kind"] not in KINDS:
            problem = "a note can be about a paper, a person, an organisation or a tag"
            raise DigestGraphError(f"{node_id} is a {row['kind']}: {problem}.")
        return self._paper(row) if row["kind"] == "paper" else self._other(row)

    def _row(self, node_id: str) -> Row:
        rows = self._nodes.filter(pc.equal(self._nodes["id"], node_id)).to_pylist()
        if not rows:
            raise DigestGraphError(f'no node has the id "{node_id}"')
        row: Row = rows[0]
        return row

    def _paper(self, row: Row) -> Content:
        node_id = row["id"]
        people = self._linked(node_id, "wrote", against=True)
        tags = self._linked(node_id, "tagged")
        year, categories = str(row["year"] or ""), ", ".join(row["categories"] or ())
        return Content(
            node_id=node_id,
            kind=row["kind"],
            label=readable_title(one_line(row["title"] or row["label"])),
            url=row["url"],
            properties=_paper_properties(row, [one_line(each["label"]) for each in people]),
            people=tuple(_point(each, "") for each in people[:MOST_AUTHORS]),
            others=max(len(people) - MOST_AUTHORS, 0),
            facts=_said(year, one_line(row["venue"] or ""), categories, _cited(row)),
            tags=tuple(_hashtag(each["label"]) for each in tags),
            parts=tuple(part for part in self._paper_parts(row) if part.points),
        )

    def _paper_parts(self, row: Row) -> Iterator[ListUnderHeading]:
        node_id = row["id"]
        yield ListUnderHeading("You wrote", own_words(row, self._written.get(node_id, OwnNotes())))
        like = self._likeness.of(node_id, self._most).to_pylist()
        urls = self._urls([each["id"] for each in like])
        yield ListUnderHeading(
            "Related papers",
            tuple(
                _point(each | urls[each["id"]], each["reason"].replace("`", '"')) for each in like
            ),
        )
        for heading, against in (("You mention", False), ("You mention it in", True)):
            rows = self._linked(node_id, "mentions", against=against)
            yield self._part(heading, rows, [_sentence(each["sentence"]) for each in rows])
        rows = self._linked(node_id, "cites", against=True)
        yield self._part("Cited by", rows, list(map(_year_and_read, rows)))
        rows = self._missing.get(node_id, [])
        yield self._part("It cites these, which you have not read", rows, list(map(_wanted, rows)))

    def _other(self, row: Row) -> Content:
        node_id, kind = row["id"], row["kind"]
        names = tuple(map(one_line, row["spellings"] or ()))
        label = one_line(row["label"])
        orcid = [each["id"] for each in row["same_as"] or () if each["id"].startswith("orcid:")]
        properties: Properties = (
            ("title", label),
            ("aliases", tuple(name for name in names if name != label)),
            ("orcid", orcid[0].removeprefix("orcid:") if orcid else ""),
        )
        parts = self._tag_parts(node_id) if kind == "tag" else self._people_parts(node_id)
        return Content(
            node_id=node_id,
            kind=kind,
            label=label,
            url=None,
            properties=_known(properties),
            people=(),
            others=0,
            facts=_said(row["doubt"] or ""),
            tags=(_hashtag(row["label"]),) if kind == "tag" else (),
            parts=tuple(part for part in parts if part.points),
        )

    def _people_parts(self, node_id: str) -> Iterator[ListUnderHeading]:
        rows = self._linked(node_id, "wrote")
        yield self._part("Papers", rows, list(map(_year_and_read, rows)))
        shared = {
            pair["other"] if pair["id"] == node_id else pair["id"]: pair["shared"]
            for pair in self._coauthors
            if node_id in (pair["id"], pair["other"])
        }
        coauthor_nodes = self._nodes.filter(
            pc.is_in(self._nodes["id"], pa.array(shared, pa.string()))
        )
        people = {
            each["id"]: each for each in coauthor_nodes.select(["id", "label", "url"]).to_pylist()
        }
        papers_together = [f"{n} paper{'s' if n > 1 else ''} together" for n in shared.values()]
        yield self._part("Co-authors", [people[each] for each in shared], papers_together)

    def _tag_parts(self, node_id: str) -> Iterator[ListUnderHeading]:
        rows = self._linked(node_id, "tagged", against=True)
        yield self._part("Papers", rows, list(map(_year_and_read, rows)))
        for heading, kind, against in (
            ("Broader", "broader", False),
            ("Narrower", "broader", True),
            ("Related tags", "relates_to", False),
        ):
            linked_rows = self._linked(node_id, kind, against=against)
            yield self._part(heading, linked_rows, [""] * len(linked_rows))
        wanted = missing(self._nodes, self._edges, None, node_id).to_pylist()
        rows = [each | self._urls([each["id"]])[each["id"]] for each in wanted[: self._most]]
        points = tuple(_point(each, f"cited by {each['cited_by']:,} of them") for each in rows)
        yield ListUnderHeading(
            "They cite these, which you have not read", points, len(wanted) - len(points)
        )

    def _part(
        self, heading: str, rows: Sequence[Row], sentences: Sequence[str]
    ) -> ListUnderHeading:
        points = tuple(map(_point, rows[: self._most], sentences))
        return ListUnderHeading(heading, points, len(rows) - len(points))

    def _linked(self, node_id: str, kind: str, *, against: bool = False) -> list[Row]:
        rows: list[Row] = self._links.of(node_id, kind, against=against).to_pylist()
        return rows

    def _urls(self, ids: Sequence[str]) -> dict[str, Row]:
        known_nodes = self._nodes.filter(pc.is_in(self._nodes["id"], pa.array(ids, pa.string())))
        return {
            each["id"]: {"url": each["url"]}
            for each in known_nodes.select(["id", "url"]).to_pylist()
        }

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness(self._nodes, self._edges)

    @cached_property
    def _missing(self) -> dict[str, list[Row]]:
        """For each paper what is missing of what it cites, in the order of `missing`."""
        rows = missing(self._nodes, self._edges).to_pylist()
        urls = self._urls([each["id"] for each in rows])
        of_paper: dict[str, list[Row]] = defaultdict(list)
        for each in rows:
            for paper_id in each["citing"]:
                of_paper[paper_id].append(each | urls[each["id"]])
        return of_paper

    @cached_property
    def _coauthors(self) -> list[Row]:
        rows: list[Row] = coauthors(self._nodes, self._edges).to_pylist()
        return rows


def _paper_properties(row: Row, authors: Sequence[str]) -> Properties:
    """What the head of a note says of a paper; of many authors only the first."""
    shown = [*authors[:MOST_AUTHORS], *(["et al."] if len(authors) > MOST_AUTHORS else [])]
    return _known(
        (
            ("title", readable_title(one_line(row["title"] or row["label"]))),
            (
                "aliases",
                tuple(readable_title(one_line(name)) for name in (row["spellings"] or ())[1:]),
            ),
            ("authors", tuple(shown)),
            ("year", row["year"] or ""),
            ("venue", one_line(row["venue"] or "")),
            ("arxiv", row["arxiv_id"] or ""),
            ("doi", row["doi"] or ""),
            ("url", row["url"] or ""),
        )
    )


def _said(*facts: str) -> tuple[str, ...]:
    return tuple(filter(None, facts))


def _known(properties: Properties) -> Properties:
    return tuple((name, value) for name, value in properties if value)


def _point(row: Row, sentence: str) -> Point:
    return Point(row["id"], readable_title(one_line(row["label"])), row["url"], sentence)


def _year_and_read(row: Row) -> str:
    words = (str(row["year"]) if row["year"] else "", "read" if row["in_digest"] else "")
    return ", ".join(filter(None, words))


def _wanted(row: Row) -> str:
    return f"cited by {counted(row['cited_by'], 'paper')} of yours"


def _cited(row: Row) -> str:
    counts = [each["count"] for each in row["cited_by"] or ()]
    return f"cited {counted(max(counts), 'time')}" if counts and max(counts) else ""


def _sentence(text: str | None) -> str:
    return shortened(text, _SENTENCE_CHARACTERS)


def _hashtag(label: str) -> str:
    """A tag as its reader spells it, without the spaces that no hashtag has."""
    return "-".join(label.lstrip("#").split())
