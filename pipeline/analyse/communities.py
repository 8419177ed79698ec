"""A name for each community, from the tags and the titles of its papers."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.model.folding import content_words
from pipeline.model.tables import COMMUNITIES

_TERMS, _TAGS, _TAGS_LISTED = 3, 2, 10
_FEWEST_TITLES = 2
_SHORTEST_WORD = 3

_TermCounts = dict[int, Counter[str]]


def communities(nodes: pa.Table, edges: pa.Table) -> pa.Table:
    """A row for each community of `nodes`, as `tables.COMMUNITIES`.

    A name is up to three terms: the two most telling tags, then words that two or more titles
    have. A term is telling where it is frequent in the community and rare elsewhere, as class-based
    TF-IDF counts it (https://arxiv.org/abs/2203.05794), ties in order of the alphabet; meta tags
    tell nothing. A community without any is called as its node of highest PageRank, first by id.
    """
    tags = _ranked(_tag_counts(nodes, edges))
    papers = _papers(nodes)
    words, counted = _ranked(_word_counts(papers)), Counter(papers["community"].to_pylist())
    foremost = _foremost_labels(nodes)
    rows = [
        {
            "community": number,
            "name": _name(tags.get(number, []), words.get(number, [])) or foremost[number],
            "nodes": count,
            "papers": counted[number],
            "tags": tags.get(number, [])[:_TAGS_LISTED],
        }
        for number, count in sorted(Counter(nodes["community"].to_pylist()).items())
    ]
    return pa.Table.from_pylist(rows, schema=COMMUNITIES.schema())


def _name(tags: list[str], words: list[str]) -> str:
    """Tags first; no word that one of them holds."""
    chosen = tags[:_TAGS]
    words_of_tags = " ".join(chosen).casefold()
    fresh = [word for word in words if word not in words_of_tags]
    return " · ".join([*chosen, *fresh][:_TERMS])


def _ranked(counts: _TermCounts) -> dict[int, list[str]]:
    """The terms of each community, the most telling first."""
    everywhere: Counter[str] = Counter()
    for term_counts in counts.values():
        everywhere.update(term_counts)
    usual = everywhere.total() / max(len(counts), 1)
    rarity = {term: math.log(1 + usual / count) for term, count in everywhere.items()}
    return {
        number: sorted(term_counts, key=lambda term: (-term_counts[term] * rarity[term], term))
        for number, term_counts in counts.items()
    }


def _tag_counts(nodes: pa.Table, edges: pa.Table) -> _TermCounts:
    """How many papers of each community have a tag, by the label of the tag."""
    tagged = edges.select(["source", "target"]).filter(pc.equal(edges["kind"], "tagged"))
    at = [pc.index_in(tagged[side], value_set=nodes["id"]) for side in ("source", "target")]
    meta = pc.fill_null(nodes["meta"].take(at[1]), False).to_pylist()
    community, label = nodes["community"].take(at[0]), nodes["label"].take(at[1])
    pairs = zip(community.to_pylist(), label.to_pylist(), meta, strict=True)
    return _counted((number, [tag]) for number, tag, is_meta in pairs if not is_meta)


def _word_counts(papers: pa.Table) -> _TermCounts:
    """How many titles of each community have a word; words of one title alone are left out."""
    titles = zip(papers["community"].to_pylist(), papers["title"].to_pylist(), strict=True)
    counts = _counted((number, _words(title)) for number, title in titles if title)
    return {
        number: Counter({word: n for word, n in word_counts.items() if n >= _FEWEST_TITLES})
        for number, word_counts in counts.items()
    }


def _words(title: str) -> list[str]:
    return [w for w in content_words(title) if len(w) >= _SHORTEST_WORD and not w.isdigit()]


def _counted(terms_of_papers: Iterable[tuple[int, list[str]]]) -> _TermCounts:
    terms_of: dict[int, list[str]] = {}
    for number, terms in terms_of_papers:
        terms_of.setdefault(number, []).extend(terms)
    return {number: Counter(terms) for number, terms in terms_of.items()}


def _papers(nodes: pa.Table) -> pa.Table:
    return nodes.select(["community", "title"]).filter(pc.equal(nodes["kind"], "paper"))


def _foremost_labels(nodes: pa.Table) -> dict[int, str]:
    ordered = nodes.select(["community", "label", "pagerank", "id"]).sort_by(
        [("pagerank", "ascending"), ("id", "descending")]
    )
    return dict(zip(ordered["community"].to_pylist(), ordered["label"].to_pylist(), strict=True))
