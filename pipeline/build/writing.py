"""A graph that was drawn, as the files of an output folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pyarrow as pa

from pipeline.build.ahead import mark_of_field
from pipeline.build.forking import Copied
from pipeline.build.loading import load_pyvis
from pipeline.build.long_work import silent, uncollected
from pipeline.build.packing import packed, packed_field
from pipeline.build.second_process import FEWEST_ENTRIES, Coming, SecondProcess
from pipeline.build.serving_orders import MADE_BESIDE
from pipeline.build.sharing_out import shared_out, taken_over
from pipeline.build.whole_stages import keep_page_parts
from pipeline.export import BUILD_FILES, GRAPH_FILES, explorer_page
from pipeline.model.records import Progress
from pipeline.model.tables import COMMUNITIES, COVERAGE, EDGES, NODES, Build, Piece, Table
from pipeline.store.memory import key_of
from pipeline.store.outputs import note_marks, staged, unchanged, write_pieces
from pipeline.store.tables import rows_written, write_table

MOST_SIDE_BY_SIDE = 50_000
"""Files of a graph of more nodes are written one by one, so that memory holds one at a time."""
PAGE = explorer_page.BUILD_FILE.file_name
_OF_THIS_BUILD = "what this build drew"
"""Of so large a graph it is not worked out whether a file would be the same as before."""
_TABLES = (("nodes", NODES), ("edges", EDGES), ("coverage", COVERAGE), ("communities", COMMUNITIES))
Writer = Callable[[Path], None]
Pieces = Callable[[], Iterator[Piece]]


class _Written(NamedTuple):
    """What a copy wrote, and what each file of the build is made from."""

    names: list[str]
    marks: dict[str, str]


@uncollected()
def write(
    build: Build,
    folder: Path,
    progress: Progress = silent,
    *,
    is_claimed: bool = False,
    beside: SecondProcess | None = None,
) -> None:
    """Every file of a build, into `folder`, which holds the old ones until all are written.

    What a file is made from may be what it was made from before; then it stays. Whoever has claimed
    the folder (`store.outputs.claimed`) says so. Some files are made in the second process
    `beside`, where it is begun. Raises OutputError where the folder cannot be written to.
    """
    if build.nodes.num_rows > MOST_SIDE_BY_SIDE:
        with staged(folder, is_claimed=is_claimed) as staging:
            _write_large(build, staging, progress, beside)
        return
    is_for_copy = bool(beside and beside.copies and len(build.matches) >= FEWEST_ENTRIES)
    with staged(folder, is_claimed=is_claimed) as staging:
        # Where nodes are others, so is all that is made from them: a copy works out the marks.
        is_other = is_for_copy and not _has_nodes(folder, build.nodes)
        parts = {} if is_other else _parts(build)
        marks = _marks({name: mark_of_field(name, part) for name, part in parts.items()})
        stay = unchanged(folder, marks)
        writer_of = {name: each for name, each in _writers(build).items() if name not in stay}
        writer_of |= _made_ahead(beside, build, writer_of)
        copy = _copied(beside, build, writer_of, staging) if beside and is_for_copy else None
        made_beside = _made_beside(beside, (parts.values(), copy), writer_of)
        writer_of |= made_beside
        # What is made meanwhile is waited for last, and the page takes longest.
        names = sorted(writer_of, key=lambda name: (name in made_beside, name != PAGE))
        with ThreadPoolExecutor(2) as threads:
            waiting = [threads.submit(writer_of[name], staging / name) for name in names]
            for each in progress(waiting, "writing"):
                each.result()
        copied = copy.result() if copy else None
        note_marks(staging, marks or (copied and copied.marks) or _marks_of(build))
    keep_page_parts(folder)


def _write_large(
    build: Build, staging: Path, progress: Progress, beside: SecondProcess | None
) -> None:
    """One file at a time in each process; those of the tables alone are the second's first.

    The page, which takes longest, is a copy's where there can be one.
    """
    writer_of = _writers(build)
    of_graph = [file.file_name for file in GRAPH_FILES]
    copy = None
    if beside and beside.copies:
        copy = beside.copied(partial(_written_alone, PAGE, writer_of[PAGE], staging), _Written)
    if copy:
        writer_of[PAGE] = partial(_awaited, copy, writer_of[PAGE])
    last = [PAGE] if copy else []
    here = [name for name in writer_of if name not in (*of_graph, *last)]

    def write_here(name: str) -> None:
        writer_of[name](staging / name)

    with taken_over(beside, build.nodes, build.edges, staging) as made_beside:
        shared = shared_out(here, of_graph, write_here, made_beside)
        written = chain(shared, shared_out(last, (), write_here, None))
        for _ in zip(written, progress(list(writer_of), "writing"), strict=True):
            pass
    note_marks(staging, dict.fromkeys(writer_of, _OF_THIS_BUILD))


def _writers(build: Build) -> dict[str, Writer]:
    """What writes each file, by its name: the tables first."""
    tables: dict[str, Writer] = {
        f"{table.name}.parquet": partial(_write_table, table, getattr(build, name))
        for name, table in _TABLES
    }
    made = {f.file_name: partial(f.pieces, build.nodes, build.edges) for f in GRAPH_FILES}
    of_build = {f.file_name: partial(f.pieces, build) for f in BUILD_FILES}
    return tables | {name: partial(_write, pieces) for name, pieces in {**made, **of_build}.items()}


def _parts(build: Build) -> dict[str, memoryview]:
    return dict(zip(Build._fields, packed(build), strict=True))


def _has_nodes(folder: Path, nodes: pa.Table) -> bool:
    """Whether these nodes are in the folder as they were written."""
    if rows_written(folder, NODES) != nodes.num_rows:
        return False
    mark = key_of("nodes", mark_of_field("nodes", packed_field(nodes)))
    return bool(unchanged(folder, {f"{NODES.name}.parquet": mark.hex()}))


def _marks_of(build: Build, known: Mapping[str, bytes] = MappingProxyType({})) -> dict[str, str]:
    """What each file of a build is made from, of which some fields' marks are known."""
    fields = zip(Build._fields, build, strict=True)
    return _marks({n: known.get(n) or mark_of_field(n, packed_field(field)) for n, field in fields})


def _marks(mark_of_part: Mapping[str, bytes]) -> dict[str, str]:
    """What each file is made from, as a text that nothing else has; nothing of nothing."""
    if not mark_of_part:
        return {}
    tables = {f"{table.name}.parquet": (name,) for name, table in _TABLES}
    made = {f.file_name: ("nodes", "edges") for f in GRAPH_FILES}
    of_build = {f.file_name: tuple(mark_of_part) for f in BUILD_FILES}
    return {
        name: key_of(name, *(mark_of_part[part] for part in made_from)).hex()
        for name, made_from in {**tables, **made, **of_build}.items()
    }


def _made_ahead(
    beside: SecondProcess | None, build: Build, writer_of: Mapping[str, Writer]
) -> dict[str, Writer]:
    """What writes the files that were made while the graph was drawn."""
    made = beside.ahead.files_of(build) if beside and beside.ahead else {}
    return {name: partial(_written_down, made[name]) for name in made if name in writer_of}


def _copied(
    beside: SecondProcess, build: Build, writer_of: Mapping[str, Writer], staging: Path
) -> Copied[_Written] | None:
    """What a copy of this process writes meanwhile."""
    names = [name for name in MADE_BESIDE if name in writer_of]
    known = beside.ahead.marks_of(build) if beside.ahead else {}
    write_names = partial(_written, build, {n: writer_of[n] for n in names}, staging, known)
    return beside.copied(write_names, _Written) if names else None


def _made_beside(
    beside: SecondProcess | None,
    parts_and_copy: tuple[Iterable[memoryview], Copied[_Written] | None],
    writer_of: Mapping[str, Writer],
) -> dict[str, Writer]:
    """What writes the files that the second process makes, and makes them where that died."""
    parts, copy = parts_and_copy
    names = [name for name in MADE_BESIDE if name in writer_of]
    if copy:
        return {name: partial(_awaited, copy, writer_of[name]) for name in names}
    if not (names and beside and beside.is_begun):
        return {}
    coming = beside.files(parts)
    return {name: partial(_taken_over, coming, writer_of[name]) for name in names}


def _written(
    build: Build, writer_of: Mapping[str, Writer], staging: Path, known: Mapping[str, bytes]
) -> _Written:
    load_pyvis()
    for name, write_here in writer_of.items():
        write_here(staging / name)
    return _Written(list(writer_of), _marks_of(build, known))


def _written_alone(name: str, write: Writer, staging: Path) -> _Written:
    write(staging / name)
    return _Written([name], {})


def _awaited(copy: Coming[_Written], write_here: Writer, path: Path) -> None:
    written = copy.result()
    if written is None or path.name not in written.names:
        write_here(path)


def _written_down(content: bytes, path: Path) -> None:
    write_pieces(path, [content])


def _taken_over(coming: Coming[dict[str, bytes]], write_here: Writer, path: Path) -> None:
    if made := coming.result():
        write_pieces(path, [made[path.name]])
    else:
        write_here(path)


def _write(pieces: Pieces, path: Path) -> None:
    write_pieces(path, pieces())


def _write_table(table: Table, rows: pa.Table, path: Path) -> None:
    write_table(path.parent, table, rows)
