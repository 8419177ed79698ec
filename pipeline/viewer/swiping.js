// The sheet of a phone is pulled up and down by a finger, or a mouse at its grip.

const PULLED_PX = 24;

/** The way of a pull: 1 up, -1 down, 0 for a tap. @param {number} up */
const wayOfPull = (up) => Math.abs(up) > PULLED_PX ? Math.sign(up) : 0;

/**
 * A finger on the head of a sheet, which stays with what it was put on.
 * @param {HTMLElement} head @param {(by: number) => void} lift
 */
export function swiped(head, lift) {
  let from = 0;
  head.addEventListener("pointerdown", (event) => { from = event.clientY; });
  head.addEventListener("pointerup", (event) => {
    const way = event.pointerType === "touch" ? wayOfPull(from - event.clientY) : 0;
    if (way) lift(way);
  });
}

/**
 * A mouse at the grip; a tap of it, or a key, is told apart.
 * @param {HTMLElement} grip @param {(by: number) => void} lift @param {() => void} tap
 */
export function pulled(grip, lift, tap) {
  let [from, way] = [0, 0];
  grip.addEventListener("pointerdown", (event) => {
    grip.setPointerCapture(event.pointerId);
    [from, way] = [event.clientY, 0];
  });
  grip.addEventListener("pointerup", (event) => {
    way = wayOfPull(from - event.clientY);
    if (way && event.pointerType !== "touch") lift(way);
  });
  grip.addEventListener("click", () => {
    if (!way) tap();
    way = 0;
  });
}
