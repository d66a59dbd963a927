import assert from "node:assert/strict";
import { test } from "node:test";

import { spellMetadata } from "./tus";
import { fragmentOf, spokenAt, timecode } from "./words";

const words = [
  { start: 100, end: 300 },
  { start: 300, end: 500 },
  { start: 900, end: 1000 },
];

test("the word being spoken is found, and silence is nobody's", () => {
  assert.equal(spokenAt(words, 50), -1);
  assert.equal(spokenAt(words, 100), 0);
  assert.equal(spokenAt(words, 300), 1);
  assert.equal(spokenAt(words, 700), -1);
  assert.equal(spokenAt(words, 999), 2);
  assert.equal(spokenAt([], 10), -1);
});

test("a media fragment cues a moment or a span, and nothing else does", () => {
  assert.deepEqual(fragmentOf("#t=12.5,17"), { start: 12500, end: 17000 });
  assert.deepEqual(fragmentOf("#t=3"), { start: 3000, end: 3000 });
  assert.equal(fragmentOf("#t=17,12"), null);
  assert.equal(fragmentOf("#quotes"), null);
});

test("metadata keeps any script and drops what is empty", () => {
  assert.equal(spellMetadata({ filename: "запись.wav", declared_digest: "" }), "filename 0LfQsNC/0LjRgdGMLndhdg==");
});

test("a moment is spelled as the server spells it", () => {
  assert.deepEqual([0, 62_590, 3_602_500].map(timecode), ["0:00.0", "1:02.5", "1:00:02.5"]);
});
