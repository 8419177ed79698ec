"""The command line, run as a user runs it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import PROJECT, SEED
from loaded_commands import run

from pipeline.model.errors import OutputError
from pipeline.store.outputs import staged

OUTPUTS = [
    "communities.parquet", "coverage.parquet", "edges.parquet", "entries.csv", "entries.xlsx",
    "evidence.jsonl", "graph.gexf", "graph.graphml", "graph.html", "nodes.parquet",
    "pyvis.html", "report-lists.md", "report.md", "skips.csv",
]  # fmt: skip
SAME_EACH_TIME = [name for name in OUTPUTS if name != "graph.html"]
"""The page also says what is new since the build before."""
NOTE = "2024-09-05\nA Title That Nobody Knows\n(Ann Lee)\n좋다.\n#a\n"
NO_NETWORK = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.bind", "socket.sendto"):
        raise SystemExit(f"a network request: {event} {arguments}")
sys.addaudithook(refuse)
from pipeline.__main__ import main
main()
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in OUTPUTS}


def visible(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_build_makes_every_file_without_the_network_and_prints_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-c", NO_NETWORK, "build", "digests", "-o", str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, cwd=PROJECT, check=False)
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)
    assert done.stderr.startswith("Nobody was asked. Missing: references of 4 of 7 papers")
    assert "7 entries, 7 matched; 334 nodes, 350 edges" in done.stdout
    assert visible(tmp_path / "out") == OUTPUTS


@pytest.mark.parametrize("command", [(), ("build",), ("explain",)])
def test_help_is_there_with_an_example(command: tuple[str, ...]) -> None:
    done = run(*command, "--help")
    assert done.returncode == 0
    assert ("Example" in done.stdout) == bool(command)


def test_help_loads_none_of_the_heavy_libraries() -> None:
    code = "import sys, pipeline, pipeline.cli.app; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    heavy = {"pandas", "pyarrow", "igraph", "networkx", "pyvis", "numpy", "matplotlib", "rapidfuzz"}
    assert not heavy & set(loaded.stdout.split())


def test_quiet_prints_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "notes.txt").write_text(NOTE)
    done = run("build", tmp_path / "empty.txt", tmp_path / "notes.txt", "-o", tmp_path / "o", "-q")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("build", "nowhere"), 2, "nowhere: no such file or folder"),
        (("build",), 2, "nothing to read. Give files or folders"),
        (("paint",), 2, "No such command"),
        (("build", "digests", "--overrides", "nowhere.toml"), 2, "nowhere.toml: no such file"),
        (("build", "digests", "-o", "/proc/version"), 1, "Give -o a folder"),
        (("explain", "2409.01524", "-o", "nowhere"), 1, "digest-graph build"),
    ],
)
def test_what_cannot_work_says_why_and_what_to_do(
    arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_bad_file_is_told_and_counted_and_the_rest_is_built(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.txt").write_bytes(b"a\x00")
    (notes / "b.txt").touch()
    (notes / "c.txt").write_text(NOTE + "x" * 1_000_001 + "\n")
    (notes / "d.txt").write_bytes(b"2024-09-05\n\x80\x01\x9d\x02")
    (notes / "e.txt").write_bytes(SEED.read_text(encoding="utf-8").encode("cp949"))
    done = run("build", notes, "-o", tmp_path / "out")
    assert done.returncode == 0
    assert "8 entries, 7 matched; 4 records left out" in done.stdout
    for name in ("a.txt:1", "b.txt", "c.txt:6", "d.txt:2"):
        assert f"{notes / name}: " in done.stderr
        assert str(notes / name) in (tmp_path / "out" / "skips.csv").read_text()


def test_nothing_to_read_is_a_failure_that_leaves_the_old_outputs(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(NOTE)
    run("build", tmp_path / "notes.txt", "-o", tmp_path / "out")
    before = {name: (tmp_path / "out" / name).read_bytes() for name in OUTPUTS}
    (tmp_path / "notes.txt").write_text("")
    done = run("build", tmp_path / "notes.txt", "-o", tmp_path / "out")
    assert done.returncode == 1
    assert "no entry found" in done.stderr
    assert {name: (tmp_path / "out" / name).read_bytes() for name in OUTPUTS} == before


def test_a_killed_build_leaves_whole_files_and_the_next_one_works(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text(NOTE)
    run("build", tmp_path / "notes.txt", "-o", tmp_path / "new", "-q")
    run("build", "digests", "-o", tmp_path / "out", "-q")
    old, new = (contents(tmp_path / name) for name in ("out", "new"))
    command = [sys.executable, "-m", "pipeline", "build", str(tmp_path / "notes.txt"), "-o"]
    for wait_s in (0.7, 1.3, 1.9):
        with subprocess.Popen([*command, str(tmp_path / "out")], cwd=PROJECT, stdout=-3) as process:
            time.sleep(wait_s)
            process.send_signal(signal.SIGKILL)
        found = contents(tmp_path / "out")
        assert all(found[name] in (old[name], new[name]) for name in SAME_EACH_TIME)
        assert found["graph.html"].endswith(b"</html>\n")
    assert run("build", tmp_path / "notes.txt", "-o", tmp_path / "out").returncode == 0
    again = contents(tmp_path / "out")
    assert all(again[name] == new[name] for name in SAME_EACH_TIME)
    assert not (tmp_path / "out" / ".partial").exists()


def staged_files(folder: Path, *names: str, error: Exception | None = None) -> None:
    with staged(folder) as staging:
        for name in names:
            (staging / name).write_text("new")
        assert (folder / "a.txt").read_text() == "old"
        if error:
            raise error


def test_files_are_staged_until_all_are_written_and_none_if_one_fails(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(ZeroDivisionError):
        staged_files(tmp_path, "a.txt", error=ZeroDivisionError())
    (tmp_path / "b.txt").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        staged_files(tmp_path, "a.txt", "b.txt")
    assert (tmp_path / "a.txt").read_text() == "old"
    (tmp_path / "b.txt").rmdir()
    staged_files(tmp_path, "a.txt", "b.txt")
    assert (tmp_path / "a.txt").read_text() == "new"


def test_stopping_by_hand_says_that_nothing_was_changed(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pipeline", "build", "-", "-o", str(tmp_path / "out")]
    with subprocess.Popen(command, cwd=PROJECT, stdin=-1, stderr=-1, text=True) as process:
        assert process.stdin is not None
        # More than a pipe holds: it is written once the build has begun to read.
        process.stdin.write("words\n" * 100_000)
        for _ in range(10):
            # Between two reads of a pipe Python does not hear of a signal; a reader presses again.
            process.send_signal(signal.SIGINT)
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
                break
        else:
            process.kill()
        assert process.stderr is not None
        assert "stopped; every file is whole, or as it was before" in process.stderr.read()
    assert process.returncode == 130


def test_stopping_by_hand_while_the_program_still_loads_is_no_traceback() -> None:
    stopped_while_loading = """
import sys
class Stop:
    def find_spec(self, name, path=None, target=None):
        if name == "pipeline.cli.app":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Stop())
from pipeline.__main__ import command
command()
"""
    command = [sys.executable, "-c", stopped_while_loading]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 130
    assert done.stderr.startswith("digest-graph: stopped; every file is whole")
    assert "Traceback" not in done.stderr


def test_a_second_build_of_one_folder_is_refused_while_the_first_lasts(tmp_path: Path) -> None:
    with staged(tmp_path / "out") as staging:
        done = run("build", "digests", "-o", tmp_path / "out")
        assert staging.is_dir()
    assert done.returncode == 1
    assert "another build is writing here" in done.stderr


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("2409.00997", ("by former_title", "but digest says Keer Lu, Zheng Liang", "not known")),
        ("https://arxiv.org/abs/2409.01524v1", ("confidence 0.999", "S^3c-Math", "100% of the")),
        ("digests/2024-09-05.txt:11", ("matched 2409.01524", "> 2409.01524", "exact_title")),
        ("general ocr theory", ("2409.01704", "55 references are known, all of them")),
        ("2310.10638", ("No entry is about it", "not all of them")),
        ("roformer", ("No entry is about this paper", "<- cites")),
        ("yang liu", ("1 person bears the name Yang Liu", "2409.01524  S^3cMath")),
        ("2307.09288", ("Llama 2", "cites", "bundled; printed in the reference")),
    ],
)
def test_explain_says_why_with_every_candidate_and_source(
    seed_outputs: Path, query: str, said: tuple[str, ...]
) -> None:
    done = run("explain", query, "-o", seed_outputs)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(words in done.stdout for words in said)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("2001.00001", "nothing in this graph is called"),
        ("no such title", "nothing in this graph is called"),
        ("", "nothing in this graph is called"),
        ("physics of language models", "could be 4 nodes; give the id of one"),
    ],
)
def test_explain_names_what_it_cannot_find(seed_outputs: Path, query: str, said: str) -> None:
    done = run("explain", query, "-o", seed_outputs)
    assert (done.returncode, done.stdout) == (1, "")
    assert said in done.stderr
