"""`digest-graph watch`: what is saved is in the page, and nobody but its reader reaches that."""

from __future__ import annotations

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from conftest import PROJECT

from pipeline.build.run import Inputs
from pipeline.build.serving import ALIVE_S, PageServer, served
from pipeline.build.watching import redrawn
from pipeline.export.explorer_page import page_of
from pipeline.model.tables import Build

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NOTE = "2024-09-0{0}\n\nhttps://arxiv.org/abs/2409.0000{0}\nA Note That Is Number {0} (Ann Lee)\n"


@contextmanager
def watching(vault: Path, output: Path) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "pipeline", "watch", str(vault), "-o", str(output)]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command, "--offline"], cwd=PROJECT, text=True, stdout=pipe, stderr=pipe
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def asked(server: tuple[str, int], path: str, **headers: str) -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(*server, timeout=20)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    return answer.status, content


def test_saves_renames_and_deletes_are_seen_and_ctrl_c_leaves_whole_outputs(
    tmp_path: Path,
) -> None:
    vault, output = tmp_path / "vault", tmp_path / "vault" / "out"
    (vault / "old").mkdir(parents=True)
    (vault / "old" / "1.md").write_text(NOTE.format(1))
    with watching(vault, output) as process:
        assert process.stdout
        assert process.stderr
        assert "it renews itself" in process.stdout.readline()
        assert "1 entry" in process.stderr.readline()
        (vault / "2.md~").write_text(NOTE.format(2))
        (vault / "2.md~").rename(vault / "2.md")
        assert "2 entries" in process.stderr.readline()
        (vault / "old").rename(vault / "new")
        (vault / "new" / "3.md").write_text(NOTE.format(3))
        assert any("3 entries" in process.stderr.readline() for _ in range(3))
        for path in vault.rglob("*.md"):
            path.unlink()
        assert any("no entry found" in process.stderr.readline() for _ in range(3))
        assert "Number 3" in (output / "entries.csv").read_text()
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0
        assert "Stopped" in process.stderr.read()


def test_only_the_page_is_served_and_only_to_who_asks_for_this_server(seed_build: Build) -> None:
    with served() as server:
        server.renew(page_of(seed_build))
        there = ("127.0.0.1", server.server_port)
        page = f"/{server.secret}/"
        assert asked(there, page)[0] == 200
        assert b"EventSource" in asked(there, page)[1]
        for path in ("/", "/graph.html", f"{page}entries.csv", f"{page}../../etc/passwd", "//x/"):
            assert asked(there, path) == (404, b"")
        for host in ("evil.example", f"evil.example:{there[1]}", "127.0.0.1", ""):
            assert asked(there, page, Host=host) == (403, b"")


def test_what_cannot_be_read_is_told_and_the_next_change_is_drawn(tmp_path: Path) -> None:
    note = tmp_path / "a.md"

    def saves() -> Iterator[bool]:
        yield True
        note.write_text(NOTE.format(1))
        yield False
        yield True

    before, after = redrawn(Inputs((tmp_path,), kept_in=tmp_path / "out"), saves())
    assert "no entry found" in str(before.why_not)
    assert after.graph
    assert len(after.graph.matches) == 1


def renewed(server: PageServer, build: Build, page: Page, end: str) -> None:
    """Renews the page with other labels, and waits until it shows them."""
    labels = [f"{label} {end}" for label in build.nodes["label"].to_pylist()]
    column = build.nodes.column_names.index("label")
    nodes = build.nodes.set_column(column, build.nodes.schema.field("label"), [labels])
    server.renew(page_of(build._replace(nodes=nodes)))
    page.wait_for_function(
        "(end) => window.explorer?.graph.names.text('label', 5).endsWith(end)", arg=f" {end}"
    )


def test_a_page_that_comes_while_another_is_told_is_not_waited_for() -> None:
    with served() as server:
        server.renew(b"one")
        told = server.mark
        server.renew(b"two")
        waiting = Thread(target=server.await_other, args=(told,), daemon=True)
        waiting.start()
        waiting.join(ALIVE_S / 2)
        assert not waiting.is_alive()


def test_the_open_page_renews_itself_and_keeps_its_view(
    browser: Browser, seed_build: Build
) -> None:
    with served() as server:
        server.renew(page_of(seed_build))
        page = browser.new_page()
        told: list[str] = []
        page.on("console", lambda message: told.append(message.text))
        page.goto(server.address)
        page.wait_for_function("() => window.explorer")
        page.evaluate("explorer.go(5)")
        page.wait_for_function(
            "() => location.hash.includes('at=') && location.hash.includes('view=')"
        )
        page.wait_for_timeout(1200)
        page.evaluate("explorer.act({ do: 'table', shown: true })")
        page.evaluate("explorer.act({ do: 'sort', by: 'year' })")
        page.locator("input[type=search]").press_sequentially("graph")
        page.keyboard.press("ArrowLeft")
        before = page.evaluate("explorer.state().camera")
        renewed(server, seed_build, page, "anew")
        assert page.evaluate("explorer.state().selected") == 5
        after = page.evaluate("explorer.state().camera")
        assert [after[k] for k in before] == pytest.approx([before[k] for k in before], rel=1e-4)
        field = "document.activeElement"
        page.wait_for_function(f"() => {field}.selectionStart === 4")
        assert page.evaluate(f"[{field}.value, {field}.selectionStart]") == ["graph", 4]
        assert page.evaluate("[explorer.state().table, explorer.state().sort.by]") == [True, "year"]
        page.evaluate("explorer.act({ do: 'region', at: 0 })")
        page.wait_for_function("() => location.hash.includes('region=')")
        renewed(server, seed_build, page, "again")
        assert page.evaluate("explorer.state().region") == 0
        page.close()
    assert [line for line in told if not re.search(r"ERR_|EventSource", line)] == []
