"""Damaged archives, and the same notes under other names, in another order, in other files."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pyarrow.parquet as pq

from benchmarks.siege.commands import NOTE, PROGRAM, run
from benchmarks.siege.rows import Row, within

NOTES = 12
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


def damaged_archives(place: Path, archives: int, most_s: float) -> Row:
    """Archives with bytes changed, cut or put in, beside a note that must be read."""
    row, chance = Row("damaged archives beside a note"), random.Random(3)
    whole = [_archive(method) for method in _METHODS]
    place.mkdir(parents=True)
    (place / "own.txt").write_text(NOTE.format(day=9), encoding="utf-8")
    for number in within(range(archives), most_s):
        (place / "notes.zip").write_bytes(_damaged(chance.choice(whole), chance))
        done = run([*PROGRAM, "parse", str(place), "--json"], {})
        told = f"archive {number}: exit {done.returncode}, {done.stderr.strip()[-160:]}"
        if "Traceback" in done.stderr:
            row.count("wrong", told)
        else:
            row.count("survived" if "Part 9" in done.stdout else "lost", told)
    return row


def _archive(method: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for day in range(4):
            archive.writestr(f"{day}.txt", NOTE.format(day=day))
    return packed.getvalue()


def _damaged(content: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(content)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(damaged))
        how = chance.randrange(3)
        if how == 0:
            damaged[at] = chance.randrange(256)
        elif how == 1:
            del damaged[at : at + chance.randint(1, 40)]
        else:
            damaged[at:at] = chance.randbytes(chance.randint(1, 40))
    return bytes(damaged)


def other_orders(place: Path, trials: int, most_s: float) -> Row:
    """The same entries, shuffled over files of other names, make the same graph."""
    row, chance = Row("the same notes in another order and other files"), random.Random(4)
    notes = [NOTE.format(day=n % 10).replace("Wine, Part", f"Salt {n}, Part") for n in range(NOTES)]
    wanted = _graph(place / "whole", ["\n".join(notes)])
    for number in within(range(trials), most_s):
        shuffled = chance.sample(notes, len(notes))
        cut = chance.randint(1, len(notes) - 1)
        files = ["\n".join(shuffled[:cut]), "\n".join(shuffled[cut:])]
        same = _graph(place / str(number), files) == wanted
        row.count("survived" if same else "wrong", f"trial {number}")
    return row


def _graph(place: Path, texts: list[str]) -> set[tuple[str, ...]]:
    """What the nodes and edges of a build say, whatever files they came from."""
    place.mkdir(parents=True)
    for number, text in enumerate(texts):
        (place / f"{chr(122 - number)}.txt").write_text(text, encoding="utf-8")
    run([*PROGRAM, "build", str(place), "-o", str(place / "out"), "--offline", "-q"], {})
    nodes = pq.read_table(place / "out/nodes.parquet", columns=["id", "kind", "label"])
    edges = pq.read_table(place / "out/edges.parquet", columns=["source", "target", "kind"])
    return {tuple(map(str, row.values())) for t in (nodes, edges) for row in t.to_pylist()}
