"""Commands under siege: each with its input, what it writes, and what is right afterwards."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.store.outputs import NEXT_NAME, current

PROGRAM = (sys.executable, "-m", "pipeline")
LONGEST_S, NEVER_ENDED = 120.0, 124
NOTE = """2024-09-0{day}
Of Bread and Wine, Part {day}
(Ann Lee, Bob Kim, Cara Díaz{day})
Words on bread that remind of (https://arxiv.org/abs/2310.1063{day}) and more.
#bread #wine{day}
"""


State = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Command:
    """What is run: its arguments, its environment, and the lines that are typed into it."""

    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    typed: str = ""

    def run(self, *before: str) -> subprocess.CompletedProcess[str]:
        """It to its end, under another program if one is named, with what it printed."""
        return run([*before, *PROGRAM, *self.arguments], self.environment, self.typed)


@dataclass(frozen=True, slots=True)
class Besieged:
    """A command, the folder that it writes to, and what a reader may see there.

    `whole` are the states that are right while it runs, the old one first; `after` is the one
    that it ends with, `settled` what one more run makes of that, to which nothing is new. `seen`
    tells the state of the folder now.
    """

    name: str
    command: Command
    folder: Path
    whole: tuple[State, ...]
    seen: Callable[[], State]
    settled: State

    @property
    def after(self) -> State:
        """What a run that says to be done has left."""
        return self.whole[-1]

    def restore(self, kept: Path) -> None:
        """Puts the folder back to how it was before."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if kept.is_dir():
            shutil.copytree(kept, self.folder, symlinks=True)


def run(
    command: Sequence[str], environment: Mapping[str, str], typed: str = ""
) -> subprocess.CompletedProcess[str]:
    """A command to its end, with what it printed; one that does not end fails with a sentence."""
    try:
        return subprocess.run(
            [*command],
            env={**os.environ, **environment},
            input=typed,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=LONGEST_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return subprocess.CompletedProcess(
            [*command], NEVER_ENDED, "", f"ran for {LONGEST_S:.0f} s"
        )


def state(folder: Path) -> dict[str, str]:
    """The files that a reader of a folder sees, by name, each as a hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.parts[-2:])
    }


def read_state(folder: Path) -> dict[str, str]:
    """The same of a build, each file where a reader looks for it, however far a switch got."""
    names = [*state(folder), *state(folder / NEXT_NAME)]
    return {
        name: hashlib.sha256(current(folder, name).read_bytes()).hexdigest()
        for name in sorted(set(names))
    }


def build_command(place: Path) -> tuple[Besieged, Path]:
    """A build over an older build, and where the older one is kept."""
    notes, out = place / "notes", place / "out"
    notes.mkdir(parents=True)
    arguments = ("build", str(notes), "-o", str(out), "--offline", "-q")

    def write(day: int) -> None:
        (notes / f"{day}.txt").write_text(NOTE.format(day=day), encoding="utf-8")

    steps = [lambda day=day: write(day) for day in (5, 6)]
    return _besieged("build", Command(arguments, _home(place)), out, steps, lambda: read_state(out))


def catalogue_command(place: Path) -> tuple[Besieged, Path]:
    """A catalogue built over an older one."""
    folder, snapshot = place / "catalogue", place / "snapshot.json.gz"
    arguments = ("catalogue", "build", str(snapshot), "--catalogue", str(folder), "-q")
    steps = [lambda records=records: _write_records(snapshot, records) for records in (20, 40)]
    command = Command(arguments, _home(place))
    return _besieged("catalogue build", command, folder, steps, lambda: _known(folder, command))


def bulk_command(place: Path) -> tuple[Besieged, Path]:
    """What dumps say, kept over what older ones said."""
    folder, snapshot, ids = place / "bulk", place / "snapshot.json.gz", place / "ids.txt"
    place.mkdir(parents=True, exist_ok=True)
    ids.write_text("\n".join(_record(number)["id"] for number in range(40)), encoding="utf-8")
    arguments = ("bulk", str(ids), "--arxiv", str(snapshot), "--bulk", str(folder), "-q")
    steps = [lambda records=records: _write_records(snapshot, records) for records in (20, 40)]
    return _besieged("bulk", Command(arguments, _home(place)), folder, steps, lambda: state(folder))


def review_command(place: Path) -> tuple[Besieged, Path]:
    """Decisions on two entries, beside what the reader wrote into the overrides by hand."""
    folder, out = place / "own", place / "out"
    out.mkdir(parents=True)
    folder.mkdir()
    lines = (json.dumps(_undecided(number)) for number in (1, 2))
    (out / "evidence.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    path = folder / "overrides.toml"
    path.write_text("# by hand\n", encoding="utf-8")
    whole = [state(folder)]
    shutil.copytree(folder, place / "kept")
    arguments = ("review", "-o", str(out), "--overrides", str(path))
    for typed in ("n\n", "n\n"):
        Command(arguments, _home(place), typed).run()
        whole.append(state(folder))
    command = Command(arguments, _home(place), "n\nn\n")
    besieged = Besieged(
        "review", command, folder, tuple(whole), lambda: state(folder), settled=whole[-1]
    )
    return besieged, place / "kept"


def notes_command(place: Path) -> tuple[Besieged, Path]:
    """Notes written into a vault over older ones, and a block into the reader's own note."""
    vault, out = place / "vault", place / "out"
    vault.mkdir(parents=True)
    own = "# A Paper on Bread\n\nhttps://arxiv.org/abs/2310.10635\n\nWords of mine.\n"
    (vault / "mine.md").write_text(own, encoding="utf-8")
    build = ("build", str(vault), "-o", str(out), "--offline", "-q")
    written = ("notes", "--into", str(vault / "Papers"), "-o", str(out), "-q")
    command = Command(written, _home(place))
    for day in (5, 6):
        (vault / f"{day}.txt").write_text(NOTE.format(day=day), encoding="utf-8")
        Command(build, _home(place)).run()
        shutil.rmtree(place / "kept", ignore_errors=True)
        shutil.copytree(vault, place / "kept")
        command.run()
    old, new = state(place / "kept"), state(vault)

    def seen() -> State:
        """Whether each note is as it was or as it becomes; those that are neither, by name."""
        now = state(vault)
        torn = [name for name in now if now[name] not in (old.get(name), new.get(name))]
        gone = [name for name in old if name not in now]
        far = "as before" if now == old else "done" if now == new else "some are written"
        return dict.fromkeys([*torn, *gone], "torn or gone") or {"notes": far}

    ways = ("as before", "some are written", "done")
    whole = tuple({"notes": far} for far in ways)
    return Besieged("notes", command, vault, whole, seen, settled=whole[-1]), place / "kept"


def _besieged(
    name: str,
    command: Command,
    folder: Path,
    steps: Sequence[Callable[[], object]],
    seen: Callable[[], State],
) -> tuple[Besieged, Path]:
    """A command run after each step; the folder of the first run is kept, and there again."""
    kept, whole = folder.parent / "kept", []
    for step in steps:
        step()
        command.run()
        whole.append(seen())
        if not kept.exists():
            shutil.copytree(folder, kept, symlinks=True)
    command.run()
    besieged = Besieged(name, command, folder, tuple(whole), seen, settled=seen())
    besieged.restore(kept)
    return besieged, kept


def _home(place: Path) -> dict[str, str]:
    return {"DIGEST_GRAPH_HOME": str(place / "home"), "HOME": str(place)}


def _write_records(snapshot: Path, records: int) -> None:
    snapshot.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(_record(number)) for number in range(records))
    snapshot.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))


def _record(number: int) -> dict[str, str]:
    return {
        "id": f"2401.{number:05d}",
        "title": f"Of Bread and Wine, Part {number}",
        "authors": "Ann Lee and Bob Kim",
        "categories": "cs.CL",
        "update_date": "2024-01-05",
    }


def _undecided(number: int) -> dict[str, object]:
    return {
        "about": "entry", "file": "a.txt", "line_start": number, "line_end": number,
        "date": "2024-09-05", "title": f"Of Bread {number}", "arxiv_id": None,
        "verdict": "undecided", "confidence": 0.5, "decided_by": "none",
        "reason": "too little evidence", "candidates": [],
    }  # fmt: skip


def _known(folder: Path, command: Command) -> State:
    info = ("catalogue", "info", "--catalogue", str(folder))
    done = run([*PROGRAM, *info], command.environment)
    return {"papers": done.stdout.split(" papers")[0].split()[-1] if done.stdout else done.stderr}
