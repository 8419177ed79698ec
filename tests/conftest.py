"""What the tests share: the digest that ships, built once, and the browser, where there is one."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings

from pipeline.build.loading import load_mcp
from pipeline.build.run import Inputs, build, write
from pipeline.model.tables import Build

if TYPE_CHECKING:
    from playwright.sync_api import Browser

PROJECT = Path(__file__).resolve().parent.parent
SEED = PROJECT / "digests" / "2024-09-05.txt"
SHARED = PROJECT.parent / "shared"
NO_SHARED = "../shared is not here"
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

COLUMNS = 1000
"""Wide enough that no sentence is wrapped, however long the path in it."""
LONGEST = {
    "test_page_answers", "test_growth_of_patterns", "test_notebooks", "test_jupyter_lab",
    "test_chaos", "test_growth", "test_enrichment", "test_commands",
}  # fmt: skip
"""Begun first, so that no process is left with one of them when the others are done."""
LOUD = set("NO_COLOR FORCE_COLOR PY_COLORS CLICOLOR_FORCE GITHUB_ACTIONS TTY_COMPATIBLE".split())
"""What makes rich and typer print otherwise than they do by themselves."""

for name in tuple(os.environ):
    if name in LOUD or name.upper().endswith("_PROXY") or name.startswith("DIGEST_GRAPH_"):
        del os.environ[name]

with suppress(ModuleNotFoundError):  # the tests of Spark run without it
    load_mcp()
settings.register_profile(
    "everywhere", deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.too_slow],
)  # fmt: skip
settings.load_profile("everywhere")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Fixes how wide a console is for what is tested; pytest's own stays as wide as it is."""
    writer = config.get_terminal_writer()
    writer.fullwidth = writer.fullwidth
    os.environ |= {"COLUMNS": str(COLUMNS), "LINES": "50", "TERM": "xterm-256color"}


def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers more than cores: tests that wait for a process leave a core free."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return max(1, 3 * (cores or 1) // 2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks `gold` what reads the folder beside the project; puts what takes longest first."""
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker("gold")
    items.sort(key=lambda item: item.path.stem not in LONGEST)


def pytest_collection_finish() -> None:
    """What is loaded by now is old, so that Python seldom looks through it for cycles.

    Where it stayed frozen, it would be counted each time that something is read.
    """
    gc.collect()
    gc.freeze()
    gc.unfreeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests were skipped as the folder beside the project is not there."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NO_SHARED in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(f"{count} tests skipped: {NO_SHARED}")


@pytest.fixture(scope="session", autouse=True)
def heard_interrupts() -> None:
    """Commands that tests begin hear of Ctrl-C, also where a shell runs the tests behind it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home of their own for the tests: no catalogue, no answers, of the user who runs them."""
    folder = tmp_path_factory.mktemp("home")
    os.environ["DIGEST_GRAPH_HOME"] = str(folder)
    os.environ["DIGEST_GRAPH_OFFLINE"] = "1"
    return folder


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first of the processes which run the tests makes, and the others wait for.

    In whatever order the tests run, each process comes to need what takes long to make.
    """
    root = factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    folder, partial = root / name, root / f"{name}-unfinished"
    with FileLock(root / f"{name}.lock"):
        if not folder.exists():
            shutil.rmtree(partial, ignore_errors=True)
            partial.mkdir()
            make(partial)
            partial.rename(folder)
    return folder


def missing(what: str) -> None:
    """Skips, saying so; fails where CI is set, as CI has everything."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI must have it")
    pytest.skip(f"{what} is missing here")


@pytest.fixture(scope="session")
def seed_build() -> Build:
    """The graph of the digest that ships."""
    return build(Inputs((SEED,)))


@pytest.fixture(scope="session")
def seed_outputs(seed_build: Build, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the digest that ships."""
    folder = tmp_path_factory.mktemp("seed")
    write(seed_build, folder)
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of gold data beside the project; no machine but its makers' has to have it."""
    if not SHARED.is_dir():
        pytest.skip(NO_SHARED)
    return SHARED


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium (or a Chrome that is installed), headless."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=program, args=CHROMIUM_FLAGS)
        yield launched
        launched.close()


def built_from(folder: Path, text: str, name: str = "notes.txt") -> Build:
    """The graph of one digest of this text, written to `folder` first."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return build(Inputs((folder / name,)))
