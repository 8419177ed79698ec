"""`digest-graph notes`: which nodes are asked for, what is planned, and how it is carried out."""

from __future__ import annotations

import difflib
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.analyse.finding import NodeNames
from pipeline.analyse.parts import PaperFilter, where
from pipeline.model.errors import DigestGraphError, UsageError
from pipeline.model.records import Progress
from pipeline.notes.canvases import Drawing, canvases_taken_away
from pipeline.notes.contents import KINDS, Contents
from pipeline.notes.flavours import FLAVOURS
from pipeline.notes.names import is_diary
from pipeline.notes.own_words import OwnNotes
from pipeline.notes.planning import Edit, Left, planned, taken_away
from pipeline.notes.vault import Vault, vault_around
from pipeline.store.json_lines import read_json_lines
from pipeline.store.outputs import current
from pipeline.store.tables import read_graph
from pipeline.store.vault import notes_of, program_of, put, take_away_if_empty

T = TypeVar("T")
EVIDENCE = "evidence.jsonl"
READ_ONLY = "it is read-only, or its folder is. Make it writable, or give --apart."
OWN_SUFFIXES = (".md", ".markdown", ".org")


def silent(items: Iterable[T], _stage: str, /) -> Iterable[T]:
    """Progress for nobody."""
    return items


class NotesRequest(NamedTuple):
    """What is asked for: of which nodes, in which folder, in which form.

    `nodes` are ids, names, tags or words of titles; `tags` stand for their papers, `read` for all
    papers that were read; with none of these it is `read`. `flavour` is a name of `FLAVOURS`, None
    for what the vault shows. `apart` leaves the reader's own notes alone. `most` lines a list has.
    """

    into: Path
    nodes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    read: bool = False
    vault: Path | None = None
    flavour: str | None = None
    apart: bool = False
    canvas: bool = False
    replace: bool = False
    most: int = 10


def writing(
    outputs: Path, request: NotesRequest, progress: Progress = silent
) -> Iterator[Edit | Left]:
    """What is to be written for the nodes that are asked for, a note after the other.

    Raises UsageError for a flavour or a folder that there is not, DigestGraphError where nothing is
    called as asked, and DataError where `outputs` holds no build.
    """
    nodes, edges = read_graph(outputs)
    asked = _asked(nodes, edges, request)
    if not asked:
        raise DigestGraphError("no paper that was read is in this graph. Name papers or tags.")
    written = _written(outputs)
    vault = _vault(request, written)
    flavour = FLAVOURS[request.flavour or _flavour_seen(vault.root)]
    if request.apart:
        written = {paper_id: each.apart for paper_id, each in written.items()}
    contents = Contents(nodes, edges, request.most, written)
    shown = progress(asked, "asking the graph")
    yield from planned(shown, contents, vault, flavour, replace=request.replace)
    into = _real(request.into)

    def file_of(node_id: str) -> str | None:
        note = vault.note(node_id, into / "canvas")
        return f"{note.path}{Path(note.way).suffix}" if note else None

    drawing = Drawing((nodes, edges), into, file_of, request.replace)
    for node_id in asked if request.canvas else ():
        yield drawing.edit(node_id, contents.of(node_id).label)


def undoing(outputs: Path, request: NotesRequest) -> Iterator[Edit | Left]:
    """What is to be taken away: all that was written into the vault, or of what is asked for.

    Without anything asked for, no build is needed. Raises as `writing`.
    """
    asked: Sequence[str] = ()
    if request.nodes or request.tags or request.read:
        asked = _asked(*read_graph(outputs), request)
    evidence = current(outputs, EVIDENCE)
    vault = _vault(request, _written(outputs) if evidence.is_file() else {})
    yield from taken_away(vault, asked, replace=request.replace)
    into = _real(request.into)
    yield from canvases_taken_away(into, set(asked), replace=request.replace)


def carried_out(edits: Iterable[Edit | Left], into: Path) -> Iterator[Edit | Left]:
    """The edits, each done by the time it is given; one that cannot be done is left, and why."""
    took_away = False
    for edit in edits:
        if isinstance(edit, Left) or edit.before == edit.after:
            yield edit
            continue
        try:
            done = put(edit.path, edit.before, edit.after)
            took_away |= done and edit.after is None
        except PermissionError:
            yield Left(edit.path, edit.node_id, READ_ONLY)
            continue
        except OSError as error:
            closed = isinstance(error, PermissionError)
            remedy = "Make it writable." if closed else "Make room for it there."
            yield Left(edit.path, edit.node_id, f"{error.strerror}. {remedy}")
            continue
        changed = "it changed while this ran. Run it again."
        yield edit if done else Left(edit.path, edit.node_id, changed)
    # A folder that the reader made stays, empty or not.
    if took_away and not any(Path(into).glob("*")):
        take_away_if_empty(into)


def diff_lines(edit: Edit) -> Iterator[str]:
    """The unified diff of an edit, a line each; nothing where nothing changes."""
    if edit.before == edit.after:
        return
    before, after = (_lines(content) for content in (edit.before, edit.after))
    path = os.path.relpath(edit.path)
    old = "/dev/null" if edit.before is None else f"a/{path}"
    new = "/dev/null" if edit.after is None else f"b/{path}"
    for line in difflib.unified_diff(before, after, old, new):
        yield line.rstrip("\r\n")


def summary(done: Sequence[Edit | Left], request: NotesRequest) -> str:
    """How many files became what; of none, where none was found.

    >>> summary([Left(Path("a.md"), "tag:rl", "it is locked.")], NotesRequest(Path()))
    'left as it is: 1.'
    """
    counts = Counter(each.what if isinstance(each, Edit) else "left as it is" for each in done)
    counts_in_words = [f"{what}: {number:,}" for what, number in counts.items()]
    if counts_in_words:
        return f"{', '.join(counts_in_words)}."
    searched = request.vault or request.into
    return f"Nothing to take away was found around {searched}. --vault names another folder."


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode("utf-8", "replace").splitlines(keepends=True)


def _asked(nodes: pa.Table, edges: pa.Table, request: NotesRequest) -> list[str]:
    """The ids of what is asked for, each once: what is named, then papers by id."""
    names = NodeNames(nodes)
    asked_ids = [names.id_of(query, *KINDS) for query in request.nodes]
    tags = tuple(names.id_of(query, "tag") for query in request.tags)
    if tags or request.read or not asked_ids:
        read = True if request.read or not tags else None
        part, _ = where(nodes, edges, PaperFilter(tags=tags, read=read))
        asked_ids += part.filter(pc.equal(part["kind"], "paper"))["id"].to_pylist()
    return list(dict.fromkeys(asked_ids))


def _written(outputs: Path) -> dict[str, OwnNotes]:
    """Where the reader wrote of each paper; its own is the first that holds no other entry."""
    records = read_json_lines(current(outputs, EVIDENCE))
    entries = Counter(record["file"] for record in records if record["about"] == "entry")
    written: dict[str, OwnNotes] = {}
    for record in records:
        if record["about"] != "paper":
            continue
        files = dict.fromkeys(place.rpartition(":")[0] for place in sorted(record["entries"]))
        alone = [file for file in files if entries[file] == 1 and _may_be_own(file)]
        shared = tuple(_real(Path(file)) for file in files if file not in alone)
        written[record["id"]] = OwnNotes(_real(Path(alone[0])) if alone else None, shared)
    return written


def _may_be_own(file: str) -> bool:
    """Whether a file with one entry is a note about its paper: a page of a diary is none."""
    return file.casefold().endswith(OWN_SUFFIXES) and not is_diary(Path(file).stem)


def _vault(request: NotesRequest, written: Mapping[str, OwnNotes]) -> Vault:
    into = _real(request.into)
    if into.exists() and not into.is_dir():
        raise UsageError(f"--into: {request.into} is a file. Give a folder of the vault.")
    if request.flavour and request.flavour not in FLAVOURS:
        raise UsageError(f"--style: {request.flavour!r} is none of {', '.join(FLAVOURS)}.")
    files = [file for each in written.values() for file in each.files]
    root = _real(request.vault) if request.vault else vault_around(into, files)
    if not into.is_relative_to(root):
        raise UsageError(f"--into: {request.into} is not within --vault {request.vault}.")
    own = {paper_id: each.own for paper_id, each in written.items() if each.own}
    return Vault(root, into, {} if request.apart else own)


def _flavour_seen(root: Path) -> str:
    program = program_of(root)
    if program:
        return program
    return "org" if {note.suffix.casefold() for note in notes_of(root)} == {".org"} else "obsidian"


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path.expanduser()))
