"""Other people's files: is what they print found, source by source.

Read from `../shared/wild`; without it from invented files of the same kinds that ship with the
tests. A folder `notes-...` holds files about one paper each, whose own id is the first that they
print; the others hold lists and tables, in which each id is an entry's own. What is printed is
counted by a scan of the raw text, which shares no code with the readers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.folders import SHARED, TESTS
from benchmarks.shares import Share, at_most, table
from pipeline.build.reading import read_file
from pipeline.model.records import Entry, Skip
from pipeline.store.inputs import documents
from pipeline.store.memory import memory_in

WILD = SHARED / "wild"
INVENTED = TESTS / "data" / "others"
_COLUMNS = ("files", "titles", "printed", "own", "mentioned", "nowhere")


class Source(NamedTuple):
    """What was read of one source; of notes `first` counts those whose first id is their own."""

    name: str
    first: int
    with_ids: int
    counts: Counter[str]


def measured() -> Iterator[str]:
    """Lines: a row for each source, and what is asked for."""
    yield from _lines(WILD if WILD.is_dir() else INVENTED)


def invented() -> Iterator[str]:
    """The same of the invented files."""
    yield from _lines(INVENTED)


def sources(folder: Path) -> list[Source]:
    """Each folder of notes is a source, and each file of the other folders."""
    found = []
    for inner in sorted(path for path in folder.iterdir() if path.is_dir()):
        if inner.name.startswith("notes"):
            found.append(_source(inner.name, [inner]))
        else:
            found += [_source(f"{inner.name}/{f.name}", [f]) for f in sorted(inner.iterdir())]
    return found


def _source(name: str, paths: list[Path]) -> Source:
    counts: Counter[str] = Counter()
    first = with_ids = 0
    with memory_in(None) as known:
        for document in documents(paths):
            if isinstance(document, Skip):
                continue
            file = read_file(document, known)
            entries = [record for record in file.records if isinstance(record, Entry)]
            printed = file.account.printed
            counts.update(files=1, titles=sum(entry.title is not None for entry in entries))
            counts.update(printed=len(printed), **Counter(each.place for each in printed))
            if printed:
                own = next((entry.arxiv_id for entry in entries if entry.arxiv_id), None)
                with_ids, first = with_ids + 1, first + (own == printed[0].arxiv_id)
    return Source(name, first, with_ids, counts)


def _lines(folder: Path) -> Iterator[str]:
    found = sources(folder)
    notes = [source for source in found if source.name.startswith("notes")]
    lists = [source for source in found if source not in notes]
    right, of = sum(s.first for s in notes), sum(s.with_ids for s in notes)
    yield Share("notes: the first id is the file's own", right, of, 0.97).line()
    entries, ids = (sum(s.counts[name] for s in lists) for name in ("own", "printed"))
    yield Share("lists, tables, exports: ids of entries", entries, ids, 0.99).line()
    printed, lost = (sum(s.counts[name] for s in found) for name in ("printed", "nowhere"))
    yield at_most("ids that are nowhere", lost, printed, 0.002 * printed)
    names = dict(
        zip(_COLUMNS, ("files", "titles", "printed", "own", "mention", "nowhere"), strict=True)
    )
    rows = {s.name: [s.counts[key] for key in names.values()] for s in found}
    yield from table("source", rows, _COLUMNS)
