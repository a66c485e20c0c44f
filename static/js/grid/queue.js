/**
 * What waits for the line: sent in order, one after the other, until all has arrived.
 *
 * Browsers often know nothing of a lost line (a proxy that hangs, a log-in page of the network), so
 * the queue tries by itself as well, after pauses that grow. Knows nothing of the page.
 */

const FIRST_MS = 2_000;
const LONGEST_MS = 2 * 60 * 1000;

/** How long to wait after so many tries in a row that found no line. */
export const pauseAfter = (failures) => Math.min(FIRST_MS * 2 ** (failures - 1), LONGEST_MS);

/**
 * `send(thing)` answers with "waiting" when there is no line; anything else means that the thing
 * is no longer the queue's: it has arrived, or somebody has to look at it. `isGone(thing)` says
 * that nothing is left to send.
 */
export function makeQueue({ send, isGone = () => false, later = setTimeout, never = clearTimeout }) {
  const waiting = new Set();
  let failures = 0;
  let timer;
  let running = null;

  function plan() {
    never(timer);
    if (waiting.size) timer = later(now, pauseAfter(Math.max(failures, 1)));
  }

  async function run() {
    for (const thing of [...waiting]) {
      if (isGone(thing)) {
        waiting.delete(thing);
        continue;
      }
      if ((await send(thing)) === "waiting") {
        failures += 1;
        return;
      }
      failures = 0;
      waiting.delete(thing);
    }
  }

  /** Try at once; what waits already is not sent twice. */
  function now() {
    never(timer);
    running ??= run().finally(() => {
      running = null;
      plan();
    });
    return running;
  }

  return {
    now,
    /** It could not be sent; try again later. */
    add(thing) {
      waiting.add(thing);
      if (!running) plan();
    },
    /** It has arrived on another way. */
    remove: (thing) => waiting.delete(thing),
    has: (thing) => waiting.has(thing),
    get size() {
      return waiting.size;
    },
  };
}
