/** Digests of made-up findings, written as short as they are thought. */
import assert from "node:assert/strict";
import type { Assessment } from "../src/assessment/wire.ts";
import { type DescribeInput, type Description, describe, type Moment } from "../src/digest/describe.ts";
import type { Telling } from "../src/digest/telling-en.ts";
import { Detection, type Finding } from "../src/digest/wire.ts";
import type { EventType } from "../src/event/wire.ts";

export const day = "2026-07-02";

/** `person`, `person 0.3`, `person 0.3 far`, `person #a` (a track): one detection. Those of a picture stand side by side. */
function detection(text: string, index: number): Detection {
  const [, label = "", confidence = "0.9", far, track] =
    /^(.+?)(?: (0\.\d+))?( far)?(?: #(\w+))?$/.exec(text) ?? assert.fail(text);
  return Detection.parse({
    label,
    confidence: Number(confidence),
    box: far ? [0.5, 0.4, 0.03, 0.08] : [(index % 3) * 0.33, (Math.floor(index / 3) % 3) * 0.33, 0.3, 0.3],
    ...(track ? { trackId: track } : {}),
  });
}

export type Shot = {
  at: string;
  zone?: string | null;
  sees?: string;
  outcome?: Finding["outcome"];
  type?: EventType;
  confidence?: number;
  more?: Partial<Finding>;
};

/** Moments `m1`, `m2`, … of a burst; UTC, an hour behind London's summer clocks. */
function moments(shots: readonly Shot[]): Moment[] {
  return shots.map(
    (
      { at, zone = "driveway", sees = "", outcome = "reviewed", type = "motion", confidence, more },
      index,
    ) => ({
      id: `m${index + 1}`,
      eventId: `e${index + 1}`,
      capturedAt: new Date(`${day}T${at}Z`),
      zone,
      deviceId: `camera ${zone}`,
      eventType: type,
      confidence: confidence ?? null,
      finding: {
        id: `m${index + 1}`,
        outcome,
        detections: sees === "" ? [] : sees.split(", ").map(detection),
        ...more,
      },
    }),
  );
}

export const assessment: Assessment = {
  level: "standard",
  score: 0.5,
  summary: "Something moved at the driveway at 18:02.",
  reasons: [{ code: "type.motion", text: "Something moved.", weight: 0.5, eventIds: ["e1"] }],
  recommendation: "Have a look at the pictures when you can.",
  tone: "attentive",
  lifeSafety: false,
};

export function tell(
  shots: readonly Shot[],
  more: Partial<DescribeInput> = {},
  telling?: Telling,
): Description {
  const input = {
    assessment,
    siteName: "Rose Cottage",
    timeZone: "Europe/London",
    moments: moments(shots),
    awaited: [],
    capabilities: { faces: false, reidentification: false, plates: false },
    ...more,
  };
  return describe(input, telling);
}

export function textsOf(description: Description): string[] {
  return description.summary.map((sentence) => sentence.text);
}
