"""Commands: from the shell and back, against their limits."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from tempfile import TemporaryDirectory

from benchmarks.clock import best_s, row
from benchmarks.folders import PROJECT


def measured() -> Iterator[str]:
    """Help against 0.3 s, the digest that ships against 5 s."""
    command = [sys.executable, "-m", "pipeline"]
    with TemporaryDirectory() as folder:
        build = [*command, "build", "digests", "-o", folder, "--quiet"]
        yield row("digest-graph --help", best_s(lambda: _run([*command, "--help"])), "limit", 0.3)
        yield row("digest-graph build digests", best_s(lambda: _run(build)), "limit", 5.0)


def _run(command: list[str]) -> None:
    subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
