"""What a build begins with: entries that were read, the reader's own rules, and where facts are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import chain, starmap
from pathlib import Path
from typing import NamedTuple, TypeVar

import pyarrow as pa

from pipeline.build.asked import Inputs
from pipeline.build.asking import ProgressOf, silent_progress
from pipeline.build.finding import Listed, listed
from pipeline.build.local_sources import LocalSources
from pipeline.build.long_work import uncollected
from pipeline.build.matching import all_overrides
from pipeline.build.network import Network, opened_network
from pipeline.build.reading import nothing_read
from pipeline.build.references import CitedWorks
from pipeline.build.remembering import Places, local_matches
from pipeline.build.second_process import SecondProcess
from pipeline.build.shared_reading import all_read
from pipeline.bulk.folder import bulk_or_none
from pipeline.catalogue.search import catalogue_or_none
from pipeline.identity.former_ids import Wrote
from pipeline.model.errors import DigestGraphError, UsageError
from pipeline.model.identities import PersonRule
from pipeline.model.printing import printable
from pipeline.model.records import Entry, Facts, IdLedger, Match, Override, Progress, Skip
from pipeline.settings.home import bulk_folder, catalogue_folder
from pipeline.settings.overrides import overrides_paths, read_person_rules
from pipeline.settings.paths import real_path
from pipeline.settings.tags import TagRules, tag_rules, tags_paths
from pipeline.store.former import former_papers, former_signatures
from pipeline.store.inputs import found_inputs, is_program
from pipeline.store.memory import Memory, memory_in
from pipeline.store.standard_input import STANDARD_INPUT
from pipeline.store.standing import Standing

T = TypeVar("T")


class Given(NamedTuple):
    """The entries of the inputs, of how many files they are, and what else a run begins with.

    `former` says who signed what in the build before this run, `former_papers` are its papers, and
    `name` is what all this is called; `printed` is where the ids went
    that the inputs print. `shipped` are the facts that ship, `places` where candidates come from
    without a service, and `local_matches` what these say of each entry, file by file. `read` is
    another where other files were read, None where that cannot be known.
    """

    inputs: Inputs
    entries: list[Entry]
    files: int
    overrides: list[Override]
    people: list[PersonRule]
    tags: TagRules
    local: LocalSources
    references: CitedWorks
    network: Network | None
    former: list[Wrote]
    former_papers: pa.Table | None
    name: str | None
    skips: list[Skip]
    printed: IdLedger
    shipped: list[Facts]
    places: Places
    local_matches: list[list[Match]]
    memory: Memory
    beside: SecondProcess | None
    read: bytes | None


class KeptOpen(NamedTuple):
    """What stays open over several runs: the services, and a second process.

    Inputs that were `listed` just now are not looked for again.
    """

    network: Network | None = None
    beside: SecondProcess | None = None
    listed: Listed | None = None


NOTHING_OPEN = KeptOpen()


@contextmanager
def given(
    inputs: Inputs,
    progress: Progress,
    watch: ProgressOf = silent_progress,
    kept_open: KeptOpen = NOTHING_OPEN,
) -> Iterator[Given]:
    """What a run begins with; the network and the catalogue are open while the block lasts.

    A network that is `kept_open` over several runs is taken in place of another.
    Raises UsageError where an input does not exist or the overrides or tags file cannot be used,
    and DigestGraphError where no input holds an entry.
    """
    paths = found_inputs(inputs.paths)
    _check_apart(paths, inputs.kept_in)
    overrides = all_overrides(inputs.overrides, paths)
    person_rules = map(read_person_rules, overrides_paths(inputs.overrides, paths))
    people, tags = list(chain.from_iterable(person_rules)), tag_rules(tags_paths(paths))
    skips: list[Skip] = []
    with ExitStack() as stack:
        memory = stack.enter_context(memory_in(inputs.kept_in))
        met = kept_open.listed or listed(paths, inputs.kept_in, inputs.exclude, Standing(memory))
        records, ledger = all_read(met, memory, progress, kept_open.beside)
        if not (read := list(kept(records, skips))):
            raise DigestGraphError(nothing_read(inputs.paths, met.files, skips))
        del records
        catalogue = stack.enter_context(catalogue_or_none(inputs.catalogue, catalogue_folder()))
        services = opened_network(inputs.network, watch)
        network = _looking_again(kept_open.network) or stack.enter_context(services)
        local = LocalSources(catalogue, bulk_or_none(inputs.bulk, bulk_folder()), memory)
        if network and network.unkept:
            skips.append(Skip("network", "ledger", network.unkept))
        former = list(starmap(Wrote, kept(former_signatures(inputs.kept_in), skips)))
        papers_before = next(kept(former_papers(inputs.kept_in), skips), None)
        shipped = list(kept(local.bundled_facts(), skips))
        places = Places(overrides, local.places(shipped), local.reaches(), local.mark())
        with uncollected():
            matches = local_matches(read, places, memory, progress)
        memory.settle()
        if memory.unkept:
            skips.append(Skip("store", "memory", memory.unkept))
        yield Given(
            inputs, read, len(met.files), overrides, people, tags, local,
            CitedWorks(local, memory, network), network, former, papers_before,
            _name(inputs.name, paths), skips, ledger, shipped, places, matches, memory,
            kept_open.beside, met.standing.mark(met.files),
        )  # fmt: skip


def _looking_again(network: Network | None) -> Network | None:
    if network:
        network.answers.look_again()
    return network


def kept(records: Iterable[T | Skip], skips: list[Skip]) -> Iterator[T]:
    """The records; the skips among them go to the list."""
    for record in records:
        if isinstance(record, Skip):
            skips.append(record)
        else:
            yield record


def _name(given_name: str | None, paths: Sequence[Path]) -> str | None:
    """What the inputs are called: as the reader says, else as the folder that holds them all."""
    if given_name:
        return printable(given_name)
    places = [real_path(p) for p in paths if p != STANDARD_INPUT and not is_program(p)]
    if not places or len({place.anchor for place in places}) > 1:
        return None
    whole = Path(os.path.commonpath(places))
    return printable((whole.parent if whole.is_file() else whole).name) or None


def _check_apart(paths: Sequence[Path], outputs: Path | None) -> None:
    for path in paths:
        if outputs and path.is_dir() and real_path(path) == real_path(outputs):
            raise UsageError(
                f"{path}: the outputs would lie among the digests. Give -o another folder."
            )
