/** What happens in the sample feed, in order. The first story shows people, so that the first digest does. */
import type { EventInput } from "@vigil/core/event/wire";
import type { Account } from "../stack/local-file.ts";
import type { FeedPhotograph } from "./photographs.ts";

export type StoryEvent = Pick<EventInput, "type" | "zone" | "confidence" | "mode" | "attributes"> & {
  /** Milliseconds after the story begins. */
  afterMs: number;
  photographs?: readonly FeedPhotograph[];
  /** Near-identical frames of the first photograph, taken `burstEveryMs` apart. */
  burst?: number;
  /** `multipart`: the images travel with the event. `upload`: by presigned PUT, then the event is sealed. */
  transport?: "multipart" | "upload";
};

export type Story = {
  title: string;
  tier: Account["tier"];
  events: readonly StoryEvent[];
  /** The household asks for a deep review although nothing looked alarming. */
  asks?: boolean;
};

export const burstEveryMs = 200;

export const stories: readonly Story[] = [
  {
    title: "A pickup stops in the lane, a man walks up",
    tier: "pro",
    events: [
      {
        afterMs: 0,
        type: "vehicle",
        zone: "driveway",
        confidence: 0.9,
        mode: "away",
        photographs: ["truck-in-lane"],
      },
      {
        afterMs: 1500,
        type: "person",
        zone: "driveway",
        confidence: 0.87,
        mode: "away",
        photographs: ["man-in-lane"],
        burst: 5,
      },
    ],
  },
  {
    title: "Somebody among the cars",
    tier: "guardian",
    events: [
      {
        afterMs: 0,
        type: "person",
        zone: "front yard",
        confidence: 0.75,
        mode: "away",
        photographs: ["car-park"],
        transport: "upload",
      },
    ],
  },
  {
    title: "The wind moves the garden",
    tier: "pro",
    asks: true,
    events: [
      {
        afterMs: 0,
        type: "motion",
        zone: "garden",
        confidence: 0.35,
        photographs: ["empty-garden"],
      },
    ],
  },
  {
    title: "The doorbell rings, then all is quiet",
    tier: "guardian",
    asks: true,
    events: [
      { afterMs: 0, type: "doorbell", zone: "front door", mode: "away", attributes: { button: "front" } },
      {
        afterMs: 2000,
        type: "motion",
        zone: "front door",
        confidence: 0.7,
        mode: "away",
        photographs: ["night-street"],
        transport: "upload",
      },
    ],
  },
  {
    title: "The dog is on the lawn",
    tier: "pro",
    asks: true,
    events: [
      {
        afterMs: 0,
        type: "animal",
        zone: "backyard",
        confidence: 0.93,
        photographs: ["dog-on-lawn"],
        transport: "upload",
      },
    ],
  },
  {
    title: "Something moves in the living room",
    tier: "lite",
    events: [
      {
        afterMs: 0,
        type: "motion",
        zone: "living room",
        confidence: 0.5,
        mode: "home",
        photographs: ["living-room"],
      },
    ],
  },
  {
    title: "Smoke in the living room",
    tier: "guardian",
    events: [
      {
        afterMs: 0,
        type: "smoke",
        zone: "living room",
        mode: "away",
        attributes: { partsPerMillion: 180 },
        photographs: ["living-room"],
      },
    ],
  },
];
