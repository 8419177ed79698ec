"""A build that would change nothing says what the last one said, and touches no file."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.build import drawing, inputs
from pipeline.build.asked import Asked, Inputs, network_options
from pipeline.build.unchanged import Said, keep_said, last_time, rules_mark
from pipeline.cli.app import app
from pipeline.model.records import InputFile, Skip
from pipeline.store import standing
from pipeline.store.inputs import documents
from pipeline.store.memory import NAME, memory_in
from pipeline.store.outputs import MANIFEST_NAME, note_marks, staged
from pipeline.store.parsed import fingerprint
from pipeline.store.standing import Standing

NOTE = "2024-09-05\n\nhttps://arxiv.org/abs/2409.00001\nA Note (Ann Lee)\n\n#maps\n"


@pytest.fixture
def vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A vault with a note in it, which is the working folder, and was written long ago."""
    monkeypatch.setattr(standing, "FINE_NS", 0)
    monkeypatch.setattr(standing, "TICK_NS", 0)
    monkeypatch.setenv("DIGEST_GRAPH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "vault").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "vault" / "a.md").write_text(NOTE)
    return tmp_path / "vault"


ASKED = Inputs((Path("vault"),), kept_in=Path("out"), network=None)
SAID = (Said("1 entry", err=False), Said("Nobody was asked.", err=True))


def asked() -> Inputs:
    return ASKED._replace(network=network_options(Asked(offline=True)))


def settled() -> None:
    """Leaves what a build leaves that read the notes."""
    with staged(Path("out")) as staging:
        note_marks(staging, {"graph.html": "made from notes"})
        for name in ("graph.html", "nodes.parquet"):
            (staging / name).write_text(name)
    with memory_in(Path("out")) as memory:
        known = Standing(memory)
        found = list(documents(ASKED.paths, ASKED.kept_in, standing=known))
        for document in found:
            if isinstance(document, InputFile):
                fingerprint(document, known)
        known.keep(memory)
    keep_said(asked(), rules_mark(asked()), known.mark(found), SAID)


def said(now: Inputs) -> tuple[Said, ...] | None:
    return last_time(now, rules_mark(now)).said


CHANGES: dict[str, Callable[[], object]] = {
    "a note of the same length": lambda: Path("vault/a.md").write_text(NOTE.replace("Lee", "Kim")),
    "a note more": lambda: Path("vault/b.md").write_text(NOTE.replace("00001", "00002")),
    "another name": lambda: Path("vault/a.md").rename("vault/b.md"),
    "overrides": lambda: Path("vault/overrides.toml").write_text(
        '[[entry]]\ntitle = "A Note"\narxiv_id = "2409.00003"\n'
    ),
    "tags": lambda: Path("vault/tags.toml").write_text('[alias]\nmaps = "atlas"\n'),
    "tags here": lambda: Path("tags.toml").write_text('[alias]\nmaps = "atlas"\n'),
    "an ignored note": lambda: Path("vault/.digestignore").write_text("a.md\n"),
    "a file of answers": lambda: Path("home/ledger.sqlite").write_bytes(b"x"),
    "a dump": lambda: shutil.copytree("vault", "home/bulk"),
    "a page that is gone": lambda: Path("out/graph.html").unlink(),
    "a table that is damaged": lambda: Path("out/nodes.parquet").write_bytes(b"PAR1"),
    "a manifest that is gone": lambda: Path("out", MANIFEST_NAME).unlink(),
    "memory that is gone": lambda: Path("out", NAME).unlink(),
    "damaged memory": lambda: Path("out", NAME).write_bytes(b"no database" * 1000),
}


@pytest.mark.parametrize("what", CHANGES)
def test_after_any_change_nothing_is_said_before_a_build(vault: Path, what: str) -> None:
    settled()
    assert said(asked()) == SAID
    assert said(asked()) == SAID
    CHANGES[what]()
    assert said(asked()) is None
    assert vault.is_dir()


@pytest.mark.usefixtures("vault")
def test_what_is_asked_for_in_another_way_is_built() -> None:
    settled()
    now = asked()
    assert now.network
    others = [
        now._replace(paths=(Path("vault/a.md"),)),
        now._replace(everything=True),
        now._replace(exclude=("b.md",)),
        now._replace(name="Mine"),
        now._replace(network=None),
        now._replace(network=replace(now.network, from_source=True)),
        now._replace(network=replace(now.network, day=date(2001, 1, 1))),
        now._replace(network=network_options(Asked(offline=False))),
        now._replace(paths=(Path("-"),)),
    ]
    assert [said(other) for other in others] == [None] * len(others)
    assert last_time(now, rules_mark(now, True)).said is None
    assert said(now) == SAID


@pytest.mark.usefixtures("vault")
def test_an_export_to_the_same_folder_is_looked_at_by_its_size() -> None:
    settled()
    with staged(Path("out")) as staging:
        (staging / "graph.cypher").write_text("CREATE")
    assert said(asked()) is None
    settled()
    assert said(asked()) == SAID
    Path("out/graph.cypher").write_text("")
    assert said(asked()) is None


@pytest.mark.usefixtures("vault")
def test_a_command_says_it_again_and_draws_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def built(*options: str) -> tuple[str, str]:
        command = ["build", "vault", "-o", "out", "--offline", *options]
        app(command, standalone_mode=False)
        return capsys.readouterr()

    first = built()
    monkeypatch.setattr(drawing, "papers", None)
    assert built() == first
    with pytest.raises(TypeError):
        built("--everything")


@pytest.mark.usefixtures("vault")
def test_what_could_not_be_read_of_the_build_before_is_told_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def built() -> str:
        app(["build", "vault", "-o", "out", "--offline", "-q"], standalone_mode=False)
        return Path("out/skips.csv").read_text(encoding="utf-8")

    built()
    Path("vault/b.md").write_text(NOTE.replace("00001", "00002"))
    damaged = Skip("layout", str(Path("out/nodes.parquet").absolute()), "cannot be read")
    with monkeypatch.context() as once:
        once.setattr(inputs, "former_papers", lambda _folder: [damaged])
        assert "cannot be read" in built()
    assert "cannot be read" not in built()
