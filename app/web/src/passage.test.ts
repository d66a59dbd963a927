import assert from "node:assert/strict";
import { test } from "node:test";
import { placed } from "./passage";

test("a passage begins after the white space that was marked with it", () => {
  assert.deepEqual(placed("He said:", "  go now\n"), { exact: "go now", start: 10 });
});

test("a character outside the basic plane counts once, as anchors count it", () => {
  assert.deepEqual(placed("🎧🎧 ", "иди"), { exact: "иди", start: 3 });
});
