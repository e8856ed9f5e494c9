import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stripVTControlCharacters } from "node:util";
import { DigestView } from "@vigil/core/digest/wire";
import { describeDigest } from "./show-digest.ts";

const id = (prefix: string, digit: string) => `${prefix}_${digit.repeat(32)}`;
const at = "2026-03-04T05:06:07.000Z";

/** Parsed by the wire schema, so that it cannot drift from what the API answers. */
const digest = DigestView.parse({
  called: [],
  id: id("dig", "1"),
  reviewId: id("rev", "1"),
  sessionId: id("ses", "1"),
  siteId: id("sit", "1"),
  siteName: "Shop",
  level: "elevated",
  title: "Two people at the back door",
  summary: [
    {
      text: `Two people were seen at the back door, ${"and they stayed there for a while, ".repeat(4)}at last they went.`,
      momentIds: [id("mom", "1"), id("mom", "2")],
    },
  ],
  counts: { person: 2 },
  momentCount: 4,
  occurredAt: at,
  createdAt: at,
  late: false,
  cover: null,
  timeline: [{ at, text: "05:06:07 two people", momentIds: [id("mom", "1")] }],
  reasons: [],
  recommendation: "Have a look.",
  moments: [
    {
      outcome: "reviewed",
      detections: [
        { label: "person", confidence: 0.5, box: [0, 0, 1, 1] },
        { label: "person", confidence: 0.91, box: [0, 0, 1, 1] },
      ],
    },
    {
      outcome: "duplicate",
      detections: [{ label: "person", confidence: 0.91, box: [0, 0, 1, 1] }],
      duplicateOf: id("mom", "1"),
    },
    { outcome: "early_exit", detections: [] },
    { outcome: "unreadable", detections: [], reason: "not an image" },
  ].map((moment, index) => ({
    ...moment,
    id: id("mom", String(index + 1)),
    capturedAt: at,
    zone: "back door",
    deviceId: id("dev", "1"),
    eventId: id("evt", "1"),
  })),
  model: { name: "yolov8n", sha256: "5".repeat(64) },
  provider: "cpu",
  capabilities: { faces: false, reidentification: false, plates: false },
  timings: {
    queueMs: 1,
    fetchMs: 2,
    decodeMs: 3,
    inferMs: 450,
    postMs: 5,
    eventToDigestMs: 3210,
    reviewMs: 1210,
  },
});

describe("describeDigest", () => {
  const lines = describeDigest(digest).map((line) => stripVTControlCharacters(line));
  const text = lines.join("\n");

  it("says level, title and recommendation", () => {
    assert.match(text, /ELEVATED {2}Two people at the back door/);
    assert.match(text, /Have a look\./);
  });

  it("cites the pictures by their position in the list", () => {
    assert.match(text, /they went\. \[1, 2\]/);
    assert.match(text, /05:06:07 two people \[1\]/);
  });

  it("says of each picture what is in it, the surest first, or why nothing is", () => {
    const pictures = lines.filter((line) => /^ {5}\d {2}/.test(line)).map((line) => line.slice(18));
    assert.deepEqual(pictures, ["person .91, person .50", "as picture 1", "nothing in it", "not an image"]);
  });

  it("tells the time from event to digest and the model", () => {
    assert.match(text, /event to digest {2}3\.2 s {3}of which review 1\.2 s/);
    assert.match(text, /infer 450 ms/);
    assert.match(text, /model yolov8n \(sha256 555555555555…\) on cpu/);
  });

  it("stays within 96 columns", () => {
    assert.deepEqual(
      lines.filter((line) => line.length > 96),
      [],
    );
  });
});
