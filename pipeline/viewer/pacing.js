// Whether this machine keeps up with a map that is drawn anew for each picture while it is moved.

/** A picture is late from so many ms on: fewer than 36 a second. */
const LATE_MS = 28;
/** So many late ones in a row are no hiccup. */
const SEVERAL = 3;
/** So long nobody waits: the page lay behind another. */
const AWAY_MS = 1_000;
/** What is moved is drawn anew after so many ms at the soonest, and a part of the time at most. */
const [RENEW_MS, RENEW_SHARE] = [180, 0.2];

/** A map is at rest when it was not moved for so long: longer where pictures take long. */
const [REST_MS, MOST_REST_MS] = [90, 400];

/** Watches how long pictures take; where several were late, it says so from then on. */
export function pacing() {
  let late = 0;
  let [drawnAt, tookMs] = [0, 0];
  return {
    isLate: () => late >= SEVERAL,
    isDue: () => performance.now() - drawnAt > Math.max(RENEW_MS, tookMs / RENEW_SHARE),
    restMs: () => Math.min(MOST_REST_MS, Math.max(REST_MS, tookMs * 2)),
    drawn,
  };

  /** Called when something begins to be drawn: the next pictures should follow soon. */
  function drawn() {
    drawnAt = performance.now();
    requestAnimationFrame((begun) => requestAnimationFrame((now) => {
      tookMs = Math.min(AWAY_MS, now - begun);
      if (late < SEVERAL && tookMs < AWAY_MS) late = tookMs > LATE_MS ? late + 1 : 0;
    }));
  }
}
