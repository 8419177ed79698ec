"""The explorer in Firefox, where there is one: it does there what it does in Chromium."""

from __future__ import annotations

from pathlib import Path

import firefox
import pytest

from pipeline.export.explorer_page import page_of
from pipeline.model.tables import Build

_READY = """
window.errors = [];
addEventListener("error", (event) => errors.push(event.message));
while (!(window.explorer?.marks.ready > 0)) await new Promise((done) => setTimeout(done, 20));
return explorer.graph.n;
"""
_INKED = """
const { canvas } = await explorer.drawing.picture(1);
const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
const colours = new Set(new Uint32Array(data.buffer));
return [colours.size, explorer.drawing.labels().length, explorer.drawing.painter()];
"""
_SEARCHED = """
const input = document.querySelector(".search input");
input.value = "aligment";
input.dispatchEvent(new Event("input", { bubbles: true }));
while (!document.querySelector(".results li")) await new Promise((done) => setTimeout(done, 20));
return document.querySelector(".results").textContent;
"""
_DRAGGED = """
const box = document.querySelector(".sky");
const at = (x) => ({ clientX: 700 + x, clientY: 400, pointerId: 1, button: 0, buttons: 1,
  bubbles: true });
box.setPointerCapture = () => {};
const before = explorer.state().camera.x;
box.dispatchEvent(new PointerEvent("pointerdown", at(0)));
for (let x = 0; x <= 120; x += 12) {
  box.dispatchEvent(new PointerEvent("pointermove", at(x)));
  await new Promise(requestAnimationFrame);
}
box.dispatchEvent(new PointerEvent("pointerup", at(120)));
const { camera } = explorer.state();
await explorer.drawing.draw(true);
const drawn = explorer.drawing.frame().camera;
return [(before - camera.x) * camera.scale, drawn.x === camera.x, errors];
"""
_BY_TIME = """
explorer.project("time");
await new Promise((done) => setTimeout(done, 1_000));
await explorer.drawing.draw(true);
return [explorer.drawing.labels().some(({ rank }) => rank === "year"), errors];
"""


def test_the_page_is_drawn_searched_moved_and_laid_by_time_in_firefox_too(
    seed_build: Build, tmp_path: Path
) -> None:
    program = firefox.program()
    if program is None:
        pytest.skip("Firefox is missing here")
    (tmp_path / "graph.html").write_bytes(page_of(seed_build))
    profile = tmp_path / "profile"
    profile.mkdir()
    with firefox.opened(program, profile) as window:
        window.open((tmp_path / "graph.html").as_uri())
        assert window.evaluate(_READY) == seed_build.nodes.num_rows
        colours, labels, _ = window.evaluate(_INKED)
        assert colours > 500, "land, roads, nodes and names"
        assert labels > 10
        assert "alignment" in window.evaluate(_SEARCHED)
        moved_px, is_drawn_there, errors = window.evaluate(_DRAGGED)
        assert (moved_px, is_drawn_there, errors) == (pytest.approx(120, abs=14), True, [])
        has_years, errors = window.evaluate(_BY_TIME)
        assert (has_years, errors) == (True, [])
