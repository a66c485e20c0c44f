import assert from "node:assert/strict";
import { test } from "node:test";

import { makeQueue, pauseAfter } from "../../static/js/grid/queue.js";

/** A queue whose clock stands still until it is told to go on. */
function queueWith(send, isGone) {
  const planned = [];
  const queue = makeQueue({
    send,
    isGone,
    later: (then, pause) => planned.push({ then, pause }),
    never: () => planned.splice(0),
  });
  return { queue, planned, wake: () => planned.shift().then() };
}

test("pauses grow, and not without end", () => {
  const pauses = [1, 2, 3, 4, 20].map(pauseAfter);
  assert.deepEqual(pauses, [2_000, 4_000, 8_000, 16_000, 120_000]);
});

test("without a line nothing but the first is tried, and later again", async () => {
  const tried = [];
  const { queue, planned, wake } = queueWith((row) => (tried.push(row), "waiting"));
  queue.add("ক");
  queue.add("খ");
  await wake();
  assert.deepEqual(tried, ["ক"]);
  assert.equal(queue.size, 2);
  await wake();
  assert.deepEqual(tried, ["ক", "ক"]);
  assert.equal(planned[0].pause, 4_000);
});

test("with the line back all are sent in order, one after the other", async () => {
  const log = [];
  const { queue, planned } = queueWith(async (row) => {
    log.push(`${row} leaves`);
    await null;
    log.push(`${row} arrives`);
    return "saved";
  });
  queue.add("ক");
  queue.add("খ");
  await queue.now();
  assert.deepEqual(log, ["ক leaves", "ক arrives", "খ leaves", "খ arrives"]);
  assert.equal(queue.size, 0);
  assert.deepEqual(planned, []);
});

test("what somebody has to look at does not hold up the rest", async () => {
  const { queue } = queueWith((row) => (row === "ক" ? "conflict" : "saved"));
  for (const row of ["ক", "খ"]) queue.add(row);
  await queue.now();
  assert.equal(queue.size, 0);
});

test("asked twice at once, each is sent once", async () => {
  let sent = 0;
  const { queue } = queueWith(async () => {
    sent += 1;
    await null;
    return "saved";
  });
  queue.add("ক");
  await Promise.all([queue.now(), queue.now()]);
  assert.equal(sent, 1);
});

test("what was closed meanwhile is not sent", async () => {
  const sent = [];
  const { queue } = queueWith((row) => (sent.push(row), "saved"), (row) => row === "ক");
  queue.add("ক");
  queue.add("খ");
  await queue.now();
  assert.deepEqual(sent, ["খ"]);
});
