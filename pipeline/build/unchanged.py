"""What the last build said, where another would change nothing; light to import.

Inputs, rules and outputs are then as that build left them, and nobody new would be asked.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from pipeline.build.finding import Listed, listed
from pipeline.settings.home import LEDGER_NAME, bulk_folder, catalogue_folder
from pipeline.settings.overrides import overrides_paths
from pipeline.settings.tags import tags_paths
from pipeline.store.inputs import found_inputs, is_program
from pipeline.store.ledger_file import holds_nothing
from pipeline.store.memory import as_remembered, key_of, remember
from pipeline.store.outputs import build_mark, is_whole
from pipeline.store.standard_input import STANDARD_INPUT
from pipeline.store.standing import Standing

if TYPE_CHECKING:
    from pipeline.build.asked import Inputs

MOST_BYTES = 64 * 2**20
"""Of a file of answers that is looked through for this alone."""
_STAGE = "what a build said"


class Said(NamedTuple):
    """A line of text that a command prints, on standard error or output."""

    text: str
    err: bool


class _LastBuild(NamedTuple):
    """What a build was made from, the manifest of what it made, and what it said."""

    made_from: bytes
    manifest: bytes
    said: tuple[Said, ...]


def rules_mark(asked: Inputs, *flags: bool) -> bytes | None:
    """What differs where a build is asked for in another way, or by other rules or facts at hand.

    None where services are asked, or where it cannot be known.
    """
    network, paths = asked.network, asked.paths
    is_read_once = any(path == STANDARD_INPUT or is_program(path) for path in paths)
    if is_read_once or asked.kept_in is None or (network and network.client):
        return None
    by_hand = [*overrides_paths(asked.overrides, paths), *tags_paths(paths)]
    options = network and (network.folder, network.day, network.sources, network.from_source)
    rules = (asked._replace(network=None), options, network and network.refresh_days, flags)
    try:
        written = [(str(path), path.read_bytes()) for path in by_hand]
        folders = (asked.catalogue or catalogue_folder(), asked.bulk or bulk_folder())
        stand = [list(_standing_in(folder)) for folder in folders]
        answers = _answers(network.folder) if network else []
    except (OSError, ValueError):
        return None
    parts = (repr(rules), os.fsencode(Path.cwd()), written, stand, answers)
    return key_of(_STAGE, msgspec.msgpack.encode(parts))


class LastTime(NamedTuple):
    """What the last build said; None where another may say or make something else.

    The inputs as they are now, if there is anything that they may be compared with.
    """

    said: tuple[Said, ...] | None = None
    listed: Listed | None = None


def last_time(asked: Inputs, rules: bytes | None) -> LastTime:
    """What is known of the last build before another."""
    folder = asked.kept_in
    if rules is None or folder is None:
        return LastTime()
    with as_remembered(folder) as memory:
        if memory is None:
            return LastTime()
        key = key_of(_STAGE)
        left = memory.of([key], _LastBuild).get(key)
        met = listed(found_inputs(asked.paths), folder, asked.exclude, Standing(memory))
    made_from = _made_from(rules, met.standing.mark(met.files))
    is_same = left and (left.made_from, left.manifest) == (
        made_from,
        _digest_of(build_mark(folder)),
    )
    return LastTime(left.said if left and is_same and is_whole(folder) else None, met)


def keep_said(asked: Inputs, rules: bytes | None, read: bytes | None, said: Iterable[Said]) -> None:
    """Remembers what a build said that was made from what was `read`."""
    made_from, folder = _made_from(rules, read), asked.kept_in
    if made_from and folder:
        left = _LastBuild(made_from, _digest_of(build_mark(folder)), tuple(said))
        remember(folder, {key_of(_STAGE): left})


def _made_from(rules: bytes | None, read: bytes | None) -> bytes | None:
    return key_of(_STAGE, rules, read) if rules and read else None


def _standing_in(folder: Path) -> Iterator[tuple[str, int, int]]:
    """The files of a folder, with what changes of them when they are written to."""
    for place, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            state = Path(place, name).stat()
            yield os.fsencode(Path(place, name)).hex(), state.st_size, state.st_mtime_ns


def _answers(folder: Path) -> list[bytes]:
    """The digests of the files of answers. Raises ValueError where one is too large for that."""
    files = [folder / f"{LEDGER_NAME}{end}" for end in ("", "-wal")]
    there = [path for path in files if path.exists()]
    if any(path.stat().st_size > MOST_BYTES for path in there):
        raise ValueError(folder)
    # The first build makes a file for answers that has none.
    return [] if holds_nothing(files[0]) else [_digest_of(path.read_bytes()) for path in there]


def _digest_of(content: bytes) -> bytes:
    return sha256(content).digest()
