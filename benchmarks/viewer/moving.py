"""How many frames a second a page shows while its map is moved, as seen and as it would be alone.

What is seen depends on whatever else the machine does. So the processor time of every process of
the browser is taken too: it tells how many frames two cores that do nothing else could give.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import CDPSession, Page

CORES = 2
SCREEN_HZ = 60.0
MOVED_MS = 2_000
_STEP = """(ms, move) => new Promise((done) => {
  const begun = performance.now();
  let frames = 0;
  const step = () => {
    const now = performance.now() - begun;
    if (now > ms && frames) return done([frames, now]);
    move(Math.sin(now / ms * 9), Math.cos(now / ms * 7) - 1);
    frames += 1;
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})"""
_DRAG = """{
  const box = document.querySelector(".sky");
  const { left, top, width, height } = box.getBoundingClientRect();
  const tell = (name, x, y) => box.dispatchEvent(new PointerEvent(name, {
    clientX: left + width / 2 + x, clientY: top + height / 2 + y,
    pointerId: 1, button: 0, buttons: 1, bubbles: true }));
  box.setPointerCapture = () => {};
  tell("pointerdown", 0, 0);
  const told = await moved(ms, (x, y) => tell("pointermove", x * 160, y * 120));
  tell("pointerup", 0, 0);
  return told;
}"""
MOVES = {
    "explorer": _DRAG,
    "sigma": """{
  const camera = sigma.getCamera();
  return moved(ms, (x, y) => camera.setState({ x: 0.5 + x * 0.1, y: 0.5 + y * 0.1 }));
}""",
    "force-graph": """{
  const { x, y } = shown.centerAt();
  return moved(ms, (right, down) => shown.centerAt(x + right * 160 / shown.zoom(),
    y + down * 120 / shown.zoom()));
}""",
    "vis-network": """{
  const [scale, { x, y }] = [shown.getScale(), shown.getViewPosition()];
  return moved(ms, (right, down) => shown.moveTo({ animation: false,
    position: { x: x + right * 160 / scale, y: y + down * 120 / scale } }));
}""",
}
"""How the map of each viewer is moved; pyvis has no hand to move it by."""


def moved(page: Page, whole: CDPSession, viewer: str) -> dict[str, float]:
    """Frames a second while the map is moved; `whole` is a session of the browser as a whole."""
    if viewer not in MOVES:
        return {}
    before = _processor_s(whole)
    script = f"async ms => {{ const moved = {_STEP}; {MOVES[viewer]} }}"
    frames, ms = page.evaluate(script, MOVED_MS)
    spent_s = {process: s - before.get(process, 0) for process, s in _processor_s(whole).items()}
    # A process may not use all cores at once, so neither the busiest nor their mean is passed by.
    busy_s = max(*spent_s.values(), sum(spent_s.values()) / CORES)
    return {
        "frames a second": frames / ms * 1_000,
        "frames, machine idle": min(SCREEN_HZ, frames / busy_s) if busy_s else SCREEN_HZ,
        "processor ms a frame": sum(spent_s.values()) / frames * 1_000,
    }


def _processor_s(whole: CDPSession) -> dict[int, float]:
    """Seconds of processor time of each process of the browser so far."""
    found = whole.send("SystemInfo.getProcessInfo")["processInfo"]
    return {process["id"]: float(process["cpuTime"]) for process in found}
