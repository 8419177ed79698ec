"""The ordered list of stages. The only file that knows two of them."""

from __future__ import annotations

import gc
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from itertools import chain, starmap
from pathlib import Path
from typing import NamedTuple, TypeVar

import pyarrow as pa

from pipeline.analyse.communities import communities
from pipeline.analyse.measures import with_measures
from pipeline.build.local_sources import LocalSources
from pipeline.build.matching import all_overrides, matches
from pipeline.build.network import Network, Plan, ProgressOf, opened_network, silent_progress
from pipeline.build.questions import facts_of_papers, first_questions, named_ids, second_questions
from pipeline.build.reading import records_of, silent
from pipeline.bulk.folder import bulk_or_none
from pipeline.catalogue.search import catalogue_or_none
from pipeline.enrich.coverage import coverage, told_at_hand
from pipeline.enrich.merging import paper_of_note, papers
from pipeline.export import BUILD_FILES, GRAPH_FILES
from pipeline.fetch.options import NetworkOptions
from pipeline.graph.assembly import graph_tables
from pipeline.graph.recorded import Recorded, relations_of
from pipeline.identity.former_ids import Wrote, with_lasting_ids
from pipeline.identity.people import disambiguate_authors, unused
from pipeline.identity.tag_suggestions import tag_suggestions
from pipeline.identity.tags import tags_of_entries
from pipeline.identity.works import deduplicate_references
from pipeline.layout.looks import with_looks
from pipeline.layout.positions import with_positions
from pipeline.model.engines import EngineName, opened_engine
from pipeline.model.errors import DigestGraphError, UsageError
from pipeline.model.identities import Creator, PersonRule
from pipeline.model.records import Document, Entry, Facts, Match, Override, Paper, Progress, Skip
from pipeline.model.services import LookupResult
from pipeline.model.tables import COMMUNITIES, COVERAGE, EDGES, NODES, Build
from pipeline.settings.home import bulk_folder, catalogue_folder
from pipeline.settings.overrides import overrides_paths, read_person_rules
from pipeline.settings.paths import real_path
from pipeline.settings.tags import TagRules, tag_rules, tags_paths
from pipeline.store.former import former_places, former_signatures
from pipeline.store.inputs import documents, found_inputs
from pipeline.store.outputs import staged, write_pieces
from pipeline.store.parsed import parsed_files
from pipeline.store.tables import write_table

T = TypeVar("T")


class Inputs(NamedTuple):
    """What a run is made from.

    `paths` are files, folders, patterns, `-` and `.zip`; `kept_in` is the folder of the outputs,
    of which only places and authors of the last build are read, and where files that were read
    are remembered; with `everything`, entries that are no papers go into the graph too;
    `catalogue` is the folder of a catalogue other than the usual one, `bulk` that of what public
    dumps say. Without `network` no service is asked, nor what it ever answered. `engine` makes the
    tables.
    """

    paths: tuple[Path, ...]
    overrides: Path | None = None
    kept_in: Path | None = None
    everything: bool = False
    catalogue: Path | None = None
    network: NetworkOptions | None = None
    engine: EngineName = "duckdb"
    bulk: Path | None = None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Python does not look for cycles here: records have none, and there are millions."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_uncollected()
def build(
    inputs: Inputs, progress: Progress = silent, watch: ProgressOf = silent_progress
) -> Build:
    """The graph of some digests, with everything that was found out on the way.

    Raises UsageError where an input does not exist or the overrides or tags file cannot be used,
    and DigestGraphError where no input holds an entry.
    """
    with _known(inputs, progress, watch) as known:
        facts = list(_kept(known.local.bundled_facts(), known.skips))
        searches = known.network.searches() if known.network else ()
        places = known.local.places(facts)
        entries = progress(known.entries, "matching")
        found_for = matches(entries, known.overrides, places, searches, known.local.reaches())
        matched = list(found_for)
        ids = named_ids(matched)
        facts += _kept(facts_of_papers(ids, facts, known.local, known.network), known.skips)
    skips, told = known.skips, tuple(_told(known, ids, facts))
    skips += _unused(known.overrides, matched)
    found = list(_kept(papers(matched, facts, everything=inputs.everything), skips))
    # From here on papers hold what is known, and there may be hundreds of thousands.
    del facts
    _check_all_kept(matched, found, skips)
    skips += _fitting_nobody(found, known.people)
    days = {(t.source, f"arxiv:{t.key}"): t.day for t in told if t.day}
    people = disambiguate_authors(found, None, known.people, days, progress)
    people, moved = with_lasting_ids(people, _former_authors(inputs.kept_in, skips))
    nodes, edges = _graph(found, people, known.tags, inputs.engine)
    measured = with_looks(with_measures(nodes, edges), edges)
    placed = with_positions(measured, edges, former_places(inputs.kept_in))
    return Build(
        nodes=placed.select([column.name for column in NODES.columns]),
        edges=edges,
        matches=tuple(matched),
        papers=tuple(found),
        creators=tuple(people),
        skips=tuple(skips),
        sources=(*known.local.names(), *(known.network.asked() if known.network else ())),
        files=known.files,
        told=told,
        coverage=coverage(told, found),
        moved=tuple(moved),
        communities=communities(measured, edges),
        suggestions=tag_suggestions((e for paper in found for e in paper.entries), known.tags),
    )


def _former_authors(folder: Path | None, skips: list[Skip]) -> Iterator[Wrote]:
    """Who signed what in the last build, for people to keep their ids."""
    return starmap(Wrote, _kept(former_signatures(folder), skips))


def planned(inputs: Inputs, progress: Progress = silent) -> list[Plan]:
    """What a build would ask of each service, as far as it is known before anything is asked.

    Raises as `build` does.
    """
    with _known(inputs, progress, silent_progress) as known:
        facts = list(_kept(known.local.bundled_facts(), known.skips))
        entries = progress(known.entries, "matching")
        if known.network is None:
            return []
        places, kept = known.local.places(facts), known.network.kept_searches()
        matched = list(matches(entries, known.overrides, places, kept, known.local.reaches()))
        shipped = {of_paper.arxiv_id for of_paper in facts}
        ids = [arxiv_id for arxiv_id in named_ids(matched) if arxiv_id not in shipped]
        local = list(_kept(known.local.facts_of(ids), known.skips))
        wanted = first_questions(ids, local) | second_questions(ids, local)
        return [*known.network.search_plans(matched), *known.network.plans(wanted)]


class _Known(NamedTuple):
    """What a run begins with: the entries, how many files they are of, and where facts are."""

    entries: list[Entry]
    files: int
    overrides: list[Override]
    people: list[PersonRule]
    tags: TagRules
    local: LocalSources
    network: Network | None
    skips: list[Skip]


@contextmanager
def _known(inputs: Inputs, progress: Progress, watch: ProgressOf) -> Iterator[_Known]:
    paths = found_inputs(inputs.paths)
    _check_apart(paths, inputs.kept_in)
    overrides = all_overrides(inputs.overrides, paths)
    people = [
        rule
        for file in overrides_paths(inputs.overrides, paths)
        for rule in read_person_rules(file)
    ]
    tags = tag_rules(tags_paths(paths))
    skips: list[Skip] = []
    found_files = list(documents(paths, without=inputs.kept_in))
    with parsed_files(inputs.kept_in) as known_files:
        records = (records_of(file, known_files)[1] for file in progress(found_files, "reading"))
        read = list(_kept(chain.from_iterable(records), skips))
    if known_files.unkept:
        skips.append(Skip("digests", "memory of files", known_files.unkept))
    if not read:
        raise DigestGraphError(_nothing_read(inputs.paths, found_files, skips))
    with (
        catalogue_or_none(inputs.catalogue, catalogue_folder()) as catalogue,
        opened_network(inputs.network, watch) as network,
    ):
        local = LocalSources(catalogue, bulk_or_none(inputs.bulk, bulk_folder()))
        if network and network.unkept:
            skips.append(Skip("network", "ledger", network.unkept))
        yield _Known(read, len(found_files), overrides, people, tags, local, network, skips)


@_uncollected()
def write(found: Build, folder: Path, progress: Progress = silent) -> None:
    """Every file of a build, into `folder`, which holds the old ones until all are written.

    Raises OutputError where the folder cannot be written to.
    """
    with staged(folder) as staging:
        write_table(staging, NODES, found.nodes)
        write_table(staging, EDGES, found.edges)
        write_table(staging, COVERAGE, found.coverage)
        write_table(staging, COMMUNITIES, found.communities)
        for graph_file in progress(GRAPH_FILES, "writing"):
            pieces = graph_file.pieces(found.nodes, found.edges)
            write_pieces(staging / graph_file.file_name, pieces)
        for build_file in BUILD_FILES:
            write_pieces(staging / build_file.file_name, build_file.pieces(found))


def _told(
    known: _Known, arxiv_ids: Sequence[str], facts: Sequence[Facts]
) -> Iterator[LookupResult]:
    for name in known.local.names():
        yield from told_at_hand(name, arxiv_ids, facts)
    yield from known.network.told() if known.network else ()


def _kept(records: Iterable[T | Skip], skips: list[Skip]) -> Iterator[T]:
    for record in records:
        if isinstance(record, Skip):
            skips.append(record)
        else:
            yield record


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


def _check_apart(paths: Sequence[Path], outputs: Path | None) -> None:
    for path in paths:
        if outputs and path.is_dir() and real_path(path) == real_path(outputs):
            raise UsageError(
                f"{path}: the outputs would lie among the digests. Give -o another folder."
            )


def _check_all_kept(
    matches: Sequence[Match], known: Sequence[Paper], skips: Sequence[Skip]
) -> None:
    kept = sum(len(paper.entries) for paper in known)
    left_out = sum(skip.stage == "enrich" for skip in skips)
    if len(matches) != kept + left_out:
        raise AssertionError(f"{len(matches)} entries came in, {kept} + {left_out} went out")


def _graph(
    known: Sequence[Paper], people: Sequence[Creator], rules: TagRules, engine: EngineName
) -> tuple[pa.Table, pa.Table]:
    tags = tags_of_entries((entry for paper in known for entry in paper.entries), rules)
    works, citations = deduplicate_references(known)
    notes, names = paper_of_note(known), _category_names()
    recorded = Recorded(known, works, people, citations, tags, notes, names)
    with opened_engine(engine) as running:
        return graph_tables(relations_of(recorded), running)


def _category_names() -> dict[str, str]:
    listed = files("pipeline") / "data" / "categories.toml"
    return tomllib.loads(listed.read_text(encoding="utf-8"))


def _nothing_read(
    paths: Sequence[Path], files: Sequence[Document | Skip], skips: Sequence[Skip]
) -> str:
    named = ", ".join(map(str, paths))
    looked_at = [file.file for file in files if isinstance(file, Document)]
    suffixes = Counter(Path(file).suffix.casefold() or "no suffix" for file in looked_at)
    seen = ", ".join(f"{number:,} of {suffix}" for suffix, number in sorted(suffixes.items()))
    why = "".join(f"\n  {skip.key}: {skip.reason}" for skip in skips[:10])
    looked = f" Looked at: {seen}." if seen else ""
    return f"no entry found in {named}.{looked} Give files that hold digests.{why}"
