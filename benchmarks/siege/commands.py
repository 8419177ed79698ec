"""Commands under siege: each with its input, what it writes, and what is right afterwards."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAM = (sys.executable, "-m", "pipeline")
LONGEST_S = 120.0
NOTE = """2024-09-0{day}
Of Bread and Wine, Part {day}
(Ann Lee, Bob Kim, Cara Díaz{day})
Words on bread that remind of (https://arxiv.org/abs/2310.1063{day}) and more.
#bread #wine{day}
"""


@dataclass(frozen=True, slots=True)
class Besieged:
    """A command, the folder that it writes to, and its state before and after a run."""

    name: str
    arguments: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    before: Mapping[str, str]
    after: Mapping[str, str]

    def restore(self, kept: Path) -> None:
        """Puts the folder back to how it was before."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if kept.is_dir():
            shutil.copytree(kept, self.folder, symlinks=True)


def run(command: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """A command to its end, with what it printed."""
    return subprocess.run(
        [*command],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=LONGEST_S,
        check=False,
    )


def state(folder: Path) -> dict[str, str]:
    """The files that a reader of a folder sees, by name, each as a hash of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.parts[-2:])
    }


def build_command(place: Path) -> tuple[Besieged, Path]:
    """A build over an older build, and where the older one is kept."""
    notes, out, kept = place / "notes", place / "out", place / "kept"
    notes.mkdir(parents=True)
    environment = {"DIGEST_GRAPH_HOME": str(place / "home"), "HOME": str(place)}
    arguments = ("build", str(notes), "-o", str(out), "--offline", "-q")
    states = []
    for day in (5, 6):
        (notes / f"{day}.txt").write_text(NOTE.format(day=day), encoding="utf-8")
        run([*PROGRAM, *arguments], environment)
        states.append(state(out))
        if not kept.exists():
            shutil.copytree(out, kept, symlinks=True)
    shutil.rmtree(out)
    shutil.copytree(kept, out, symlinks=True)
    return Besieged("build", arguments, out, environment, *states), kept


def catalogue_command(place: Path) -> tuple[Besieged, Path]:
    """A catalogue built over an older one."""
    place.mkdir(parents=True, exist_ok=True)
    folder, kept = place / "catalogue", place / "kept"
    environment = {"DIGEST_GRAPH_HOME": str(place / "home"), "HOME": str(place)}
    snapshot = place / "snapshot.json.gz"
    arguments = ("catalogue", "build", str(snapshot), "--catalogue", str(folder), "-q")
    states = []
    for records in (20, 40):
        lines = (json.dumps(_record(number)) for number in range(records))
        snapshot.write_bytes(gzip.compress("\n".join(lines).encode(), mtime=0))
        run([*PROGRAM, *arguments], environment)
        states.append(_known(folder, environment))
        if not kept.exists():
            shutil.copytree(folder, kept, symlinks=True)
    shutil.rmtree(folder)
    shutil.copytree(kept, folder, symlinks=True)
    return Besieged("catalogue build", arguments, folder, environment, *states), kept


def _record(number: int) -> dict[str, str]:
    return {
        "id": f"2401.{number:05d}",
        "title": f"Of Bread and Wine, Part {number}",
        "authors": "Ann Lee and Bob Kim",
        "categories": "cs.CL",
        "update_date": "2024-01-05",
    }


def _known(folder: Path, environment: Mapping[str, str]) -> dict[str, str]:
    done = run([*PROGRAM, "catalogue", "info", "--catalogue", str(folder)], environment)
    return {"papers": done.stdout.split(" papers")[0].split()[-1] if done.stdout else done.stderr}


def seen(besieged: Besieged) -> dict[str, str]:
    """What a reader of the command's folder sees now."""
    if besieged.name == "build":
        return state(besieged.folder)
    return _known(besieged.folder, besieged.environment)
