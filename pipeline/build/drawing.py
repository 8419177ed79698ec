"""From what is known by now to a whole graph: matches, papers, people, tags, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from pipeline.analyse.changes import newly_read
from pipeline.analyse.communities import communities
from pipeline.analyse.measures import with_measures
from pipeline.build.ahead import Told, ToldTables
from pipeline.build.giving_back import give_back
from pipeline.build.inputs import Given, kept
from pipeline.build.long_work import uncollected
from pipeline.build.packing import Shelved
from pipeline.build.questions import AtHand, LocalKnowledge, named_ids, questions_on_papers
from pipeline.build.remembering import with_searches
from pipeline.build.signing import Signers, coming_signatures
from pipeline.build.whole_stages import know_page_as_before, suggestions_of
from pipeline.enrich.coverage import told_at_hand
from pipeline.enrich.merging import papers
from pipeline.graph.assembly import graph_tables
from pipeline.identity.people import unused
from pipeline.layout.looks import with_looks
from pipeline.layout.positions import with_positions
from pipeline.model.engines import opened_engine
from pipeline.model.identities import Creator, Moved, PersonRule
from pipeline.model.records import Facts, Match, Override, Paper, Progress, Skip
from pipeline.model.services import LookupResult
from pipeline.model.tables import NODES, Build
from pipeline.store.former import former_places

MOST_ROWS_OF_ARROW = 200_000
"""Of more DuckDB makes tables sooner, and in less memory."""
MOST_KEPT = 10_000
"""Of more entries memory goes back to the machine between stages, which takes a moment."""


@uncollected()
def at_hand(of: Given, before: AtHand | None = None) -> AtHand:
    """What is known by now, without asking anybody; what it was `before`, if nothing is new."""
    news = of.network.answers.news if of.network else 0
    if before and before.news == news:
        known, skips = before.known, before.skips
    else:
        known, skips = _known(of)
    wanted = questions_on_papers(known, of.network) if of.network else {}
    if before and (before.news, before.wanted) == (news, wanted):
        return before
    new_facts = of.network.facts_of(wanted) if of.network else []
    if before and (before.news, before.told) == (news, new_facts):
        return before._replace(wanted=wanted)
    ids = set(named_ids(known.matched))
    facts, sought = of.references.completed(
        f for f in (*known.facts, *new_facts) if f.arxiv_id in ids
    )
    return AtHand(known, facts, wanted, sought, skips, news, new_facts)


def _known(of: Given) -> tuple[LocalKnowledge, tuple[Skip, ...]]:
    skips: list[Skip] = []
    searches = of.network.places() if of.network else ()
    matched = with_searches(of.local_matches, of.places, searches)
    local = list(kept(of.local.facts_of(named_ids(matched)), skips))
    ids = frozenset(facts.arxiv_id for facts in of.shipped)
    return LocalKnowledge(matched, [*of.shipped, *local], ids, of.local.reaches()), tuple(skips)


@uncollected()
def drawn(of: Given, at_hand: AtHand, progress: Progress, *, is_last: bool = False) -> Build:
    """The graph of what is known by now.

    Where it `is_last`, of many entries nothing is left in what it was made from.
    """
    matched = at_hand.known.matched
    skips = [*of.skips, *at_hand.skips, *_unused(of.overrides, matched)]
    former = next(kept(former_places(of.inputs.kept_in), skips), None)
    told = _records(of, at_hand, skips)
    suggestions = suggestions_of(told.papers, of, told)
    know_page_as_before(of.memory)
    is_large = len(told.matches) > MOST_KEPT
    begun = [_begun(of, told, progress, is_large=is_large)]
    if is_large:
        told = _put_away(told, [of.entries, of.local_matches, matched] if is_last else [])
        give_back()
    nodes, edges, creators, moved, covered = _tables(of, begun, told.papers, is_large=is_large)
    measured = with_looks(with_measures(nodes, edges, former=former), edges)
    placed = with_positions(measured, edges, former)
    if is_large:
        give_back()
    return Build(
        nodes=placed.select([column.name for column in NODES.columns]),
        edges=edges,
        matches=told.matches,
        papers=told.papers,
        creators=creators,
        skips=told.skips,
        sources=(*of.local.names(), *(of.network.asked() if of.network else ())),
        files=of.files,
        printed=of.printed,
        told=told.told,
        coverage=covered,
        moved=moved,
        communities=communities(measured, edges),
        name=of.name,
        newly_read=() if of.former_papers is None else tuple(newly_read(of.former_papers, placed)),
        suggestions=suggestions(told.papers),
    )


def _put_away(told: Told, held: Sequence[list[Any]]) -> Told:
    """Records as bytes, for as long as nobody looks at them; the lists that held them are empty."""
    for records in held:
        records.clear()
    return told._replace(
        matches=Shelved.of(told.matches, Match), papers=Shelved.of(told.papers, Paper)
    )


def _records(of: Given, at_hand: AtHand, skips: list[Skip]) -> Told:
    matched = at_hand.known.matched
    every = papers(matched, at_hand.facts, everything=of.inputs.everything)
    kept_papers = tuple(kept(every, skips))
    _check_all_kept(matched, kept_papers, skips)
    skips += _fitting_nobody(kept_papers, of.people)
    lookups = tuple(_told(of, named_ids(matched), at_hand.facts))
    return Told(tuple(matched), kept_papers, tuple(skips), lookups)


def _told(of: Given, arxiv_ids: Sequence[str], facts: Sequence[Facts]) -> Iterator[LookupResult]:
    for name in of.local.names():
        yield from told_at_hand(name, arxiv_ids, facts)
    yield from of.network.told() if of.network else ()


def _unused(overrides: Sequence[Override], matches: Iterable[Match]) -> list[Skip]:
    used = [match.override for match in matches]
    return [
        Skip("match", override.place, "this override fits no entry; correct its title or line.")
        for override in overrides
        if override not in used
    ]


def _fitting_nobody(papers: Sequence[Paper], rules: Sequence[PersonRule]) -> list[Skip]:
    what = "this person signs no paper here; correct the names or the papers."
    return [Skip("identity", rule.place, what) for rule in unused(papers, rules)]


def _check_all_kept(
    matches: Sequence[Match], known: Sequence[Paper], skips: Sequence[Skip]
) -> None:
    kept_entries = sum(len(paper.entries) for paper in known)
    left_out = sum(skip.stage == "enrich" for skip in skips)
    if len(matches) != kept_entries + left_out:
        raise AssertionError(
            f"{len(matches)} entries came in, {kept_entries} + {left_out} went out"
        )


class _Begun(NamedTuple):
    """What gives people, and the tables of what is told, each waited for; it holds no papers."""

    signers: Callable[[Sequence[Paper]], Signers]
    tables: Callable[[], ToldTables]


def _begun(of: Given, told: Told, progress: Progress, *, is_large: bool) -> _Begun:
    days = {(t.source, f"arxiv:{t.key}"): t.day for t in told.told if t.day}
    signers = coming_signatures(told.papers, of, days, progress, is_shelved=is_large)
    # Made while people are told apart.
    return _Begun(signers, _coming_tables(told.papers, told.told, of))


class _GraphTables(NamedTuple):
    """Nodes without measures and places, edges, whom they name, who moved since, who said what."""

    nodes: pa.Table
    edges: pa.Table
    creators: Sequence[Creator]
    moved: tuple[Moved, ...]
    coverage: pa.Table


def _tables(
    of: Given, begun: list[_Begun], known: Sequence[Paper], *, is_large: bool
) -> _GraphTables:
    """The tables of the papers and of the people who are found behind them.

    What is `begun` is taken out of its list.
    """
    coming, told_tables = begun.pop()
    creators, tables, moved = coming(known)
    relations, covered = told_tables()
    gathered = [relations._replace(**tables._asdict())]
    del coming, told_tables, relations, tables
    rows = sum(table.num_rows for table in gathered[0])
    is_small = of.inputs.engine == "duckdb" and rows <= MOST_ROWS_OF_ARROW
    if is_large:
        give_back()
    with opened_engine("arrow" if is_small else of.inputs.engine) as running:
        # Nobody else holds them, so that they go as soon as the tables need them no more.
        nodes, edges = graph_tables(gathered.pop(), running)
    if is_large:
        give_back()
    return _GraphTables(nodes, edges, creators, moved, covered)


def _coming_tables(
    known: Sequence[Paper], told: Sequence[LookupResult], of: Given
) -> Callable[[], ToldTables]:
    """What gives the tables of what is told: those that are made ahead, else made now."""
    if of.beside and (ahead := of.beside.ahead) and ahead.has_tables_of(known, told):
        return lambda: ahead.tables() or ToldTables.of(known, told, of.tags)
    made = ToldTables.of(known, told, of.tags)
    return lambda: made
