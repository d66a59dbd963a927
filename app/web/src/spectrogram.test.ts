import assert from "node:assert/strict";
import { test } from "node:test";

import { strength, tileAt } from "./spectrogram";

const layout = { columns: 7000, bands: 80, tileColumns: 3000, headerBytes: 128, columnMs: 20 };

test("a moment lies in the minute that holds it", () => {
  assert.deepEqual(tileAt(0, layout), { number: 0, first: 128, last: 128 + 3000 * 80 - 1 });
  assert.equal(tileAt(59_999, layout).number, 0);
  assert.equal(tileAt(60_000, layout).number, 1);
});

test("the last minute ends where the recording ends, and nothing is asked beyond it", () => {
  assert.deepEqual(tileAt(999_999, layout), { number: 2, first: 128 + 6000 * 80, last: 128 + 7000 * 80 - 1 });
  assert.equal(tileAt(-5, layout).number, 0);
});

test("silence is not drawn and full scale is drawn fully", () => {
  assert.equal(strength(0), 0);
  assert.equal(strength(255), 1);
  assert.ok(strength(128) > 0.4 && strength(128) < 0.7);
});
