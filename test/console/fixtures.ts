/**
 * What the console is shown in its test. Every answer goes through the wire schemas before it is served, so that a change
 * of the contract breaks the fixtures and not, quietly, the console.
 */
import { AccountView, Usage } from "@vigil/core/account/wire";
import type { DeliverySummary } from "@vigil/core/delivery/wire";
import { DeviceView } from "@vigil/core/device/wire";
import { type Detection, DigestView, type InboxDigest } from "@vigil/core/digest/wire";
import type { EndpointView } from "@vigil/core/endpoint/wire";
import { GatewayView } from "@vigil/core/gateway/wire";
import { LedgerView } from "@vigil/core/ledger/wire";
import { ReviewView } from "@vigil/core/review/wire";
import { SceneView } from "@vigil/core/scene/wire";
import { SessionSummary } from "@vigil/core/session/wire";
import type { ShareView } from "@vigil/core/share/wire";
import { notLogged, sentBefore, signedByStranger } from "./authenticity.ts";

/** An id of the right shape: `id("dig", 7)`. */
export function id(prefix: string, number: number): string {
  return `${prefix}_${number.toString(16).padStart(32, "0")}`;
}

const now = Date.parse("2026-11-20T18:30:00Z");
/** The present of the test's browser. */
export const present = new Date(now);

/** So long before the present. */
export function at(secondsAgo: number): string {
  return new Date(now - secondsAgo * 1000).toISOString();
}

export const memberToken = "vgl_mem_0123456789abcdefghijkl";
const sha256 = "505648ada344cd9f3f31e51d49c489c070819bc96cc758258a8fd51488e00579";

export const account = AccountView.parse({
  id: id("acc", 1),
  name: "Ada’s house",
  tier: "guardian",
  timeZone: "Europe/London",
  labels: {},
  modelTrials: false,
  pictures: { days: 30, daysChosen: null, daysMax: 30 },
  sites: [{ id: id("sit", 1), name: "Home" }],
} satisfies AccountView);

export const usage = Usage.parse({
  tier: "guardian",
  reviews: { limit: 5, used: 3, left: 2, refunded: 1, resetsAt: "2026-11-21T00:00:00Z" },
} satisfies Usage);

const clockRight = { state: "right", offSeconds: 0, since: null, jumpedAt: null, text: null } as const;
const clocks: Readonly<Record<number, DeviceView["clock"]>> = {
  2: {
    state: "behind",
    offSeconds: -2_820,
    since: at(7 * 60),
    jumpedAt: null,
    text: "Its clock is 47 minutes behind. Its events are corrected; set its time zone or its time server.",
  },
};

export const devices = [
  device(1, "Doorbell", "front_door", at(40)),
  device(2, "Garden camera", "backyard", at(7 * 60)),
  device(3, "Smoke alarm", "kitchen", null),
];

function device(number: number, name: string, zone: string, lastUsedAt: string | null): DeviceView {
  return DeviceView.parse({
    id: id("dev", number),
    siteId: id("sit", 1),
    name,
    zone,
    clock: clocks[number] ?? clockRight,
    heardAt: lastUsedAt,
    troubles: number === 3 ? [{ kind: "silent", sensor: null, since: at(3_600) }] : [],
    createdAt: at(90_000),
    keys: [{ id: id("key", number), createdAt: at(90_000), lastUsedAt, expiresAt: null, revokedAt: null }],
  } satisfies DeviceView);
}

/** What stands before the garden camera. */
export const scene = SceneView.parse({
  deviceId: id("dev", 2),
  learnedUntil: at(60),
  picture: { momentId: id("mom", 1), url: "http://127.0.0.1/", expiresAt: at(0) },
  objects: [
    {
      id: id("obj", 1),
      label: "truck",
      name: null,
      colour: "white",
      box: [0.5, 0.4, 0.3, 0.3],
      arrivedAt: at(3_600),
      arrival: "arrived",
      lastSeenAt: at(60),
      momentIds: [id("mom", 1)],
    },
  ],
  areas: [],
} satisfies SceneView);

const line = (noun: string, accepted: number, underWay: number, ended: [string, number][]) => ({
  noun,
  accepted,
  underWay,
  ended: accepted - underWay,
  missing: 0,
  states: [
    ...(underWay > 0 ? [{ state: "pending", count: underWay, isUnderWay: true }] : []),
    ...ended.map(([state, count]) => ({ state, count, isUnderWay: false })),
  ],
});

export const ledger = LedgerView.parse({
  at: at(1),
  balanced: true,
  lines: [line("events", 41, 0, [["assessed", 41]]), line("deliveries", 9, 2, [["delivered", 7]])],
  faults: [],
});

export const gateway = GatewayView.parse({
  deviceId: id("dev", 4),
  siteId: id("sit", 1),
  siteName: "Home",
  name: "Cellar gateway",
  reportedAt: at(20),
  report: {
    site: "cellar",
    version: "0.1.0",
    uptimeSeconds: 7_200,
    clockAheadMs: 40,
    outbox: { kept: 2, keptUrgent: 0, heard: 9, forwarded: 7, refused: 0, dropped: 0 },
    disk: { freeBytes: 1e10, full: false },
    alarmsOpen: 0,
    sensorCount: 2,
    sensors: [
      {
        device: "S-104",
        place: "boiler room",
        state: "silent",
        transport: "tcp",
        lastHeardSeconds: 95,
        reconnects: 2,
        reconnectsMax: 5,
        hotCells: 0,
        readings: [{ channel: "thermal", value: 31.24, unit: "°C" }],
      },
      {
        device: "S-105",
        place: "garage",
        state: "online",
        transport: "tcp",
        lastHeardSeconds: 0.5,
        reconnects: 0,
        reconnectsMax: 5,
        hotCells: 0,
        readings: [{ channel: "gas", value: 412, unit: "ppm" }],
      },
    ],
  },
} satisfies GatewayView);

/** The figures in the drawn pictures stand where these boxes are. */
export const man: Detection = { label: "person", confidence: 0.874, box: [0.22, 0.32, 0.12, 0.46] };
export const woman: Detection = { label: "person", confidence: 0.912, box: [0.38, 0.35, 0.11, 0.43] };
export const car: Detection = { label: "car", confidence: 0.661, box: [0.6, 0.5, 0.32, 0.26] };
const dog: Detection = { label: "dog", confidence: 0.79, box: [0.5, 0.66, 0.09, 0.12] };

type MomentInput = Partial<DigestView["moments"][number]> & { detections?: Detection[] };

function moment(number: number, secondsAgo: number, input: MomentInput): DigestView["moments"][number] {
  return {
    id: id("mom", number),
    outcome: "reviewed",
    detections: [],
    capturedAt: at(secondsAgo),
    zone: "front_door",
    deviceId: id("dev", 1),
    eventId: id("evt", number),
    ...input,
  };
}

const frontDoor = [
  moment(11, 96, {
    outcome: "early_exit",
    authenticity: sentBefore({ momentId: id("mom", 1), eventId: id("evt", 1) }),
  }),
  moment(12, 90, { detections: [man, car], authenticity: signedByStranger }),
  moment(13, 84, {
    detections: [man, woman, car],
    authenticity: notLogged,
  }),
  moment(14, 83, { outcome: "duplicate", duplicateOf: id("mom", 13) }),
  moment(15, 70, { outcome: "unreadable", reason: "the file ends in the middle" }),
  moment(16, 64, { outcome: "missing", reason: "never uploaded" }),
  moment(17, 60, { outcome: "deferred" }),
];

export const frontDoorDigest = digest({
  number: 1,
  level: "elevated",
  title: "Two people at the front door",
  secondsAgo: 90,
  summary: [
    { text: "Two people came to the front door.", momentIds: [id("mom", 12), id("mom", 13)] },
    { text: "A car stood in the drive throughout.", momentIds: [id("mom", 12), id("mom", 13)] },
    { text: "At 18:28:36 both were at the door together.", momentIds: [id("mom", 13)] },
  ],
  counts: { person: 2, car: 1 },
  moments: frontDoor,
  cover: id("mom", 13),
});

export const gardenDigest = digest({
  number: 2,
  level: "low",
  title: "A dog in the garden",
  secondsAgo: 5_400,
  summary: [{ text: "A dog crossed the lawn.", momentIds: [id("mom", 21)] }],
  counts: { dog: 1 },
  moments: [moment(21, 5_400, { detections: [dog], zone: "backyard" })],
  cover: id("mom", 21),
});

export const smokeDigest = digest({
  number: 3,
  level: "critical",
  title: "Smoke alarm in the kitchen",
  secondsAgo: 90_000,
  summary: [{ text: "The smoke alarm went off. No picture shows the kitchen.", momentIds: [] }],
  counts: {},
  moments: [moment(31, 90_000, { outcome: "missing", zone: "kitchen" })],
  cover: null,
});

type DigestInput = Pick<DigestView, "level" | "title" | "summary" | "counts" | "moments"> & {
  number: number;
  secondsAgo: number;
  cover: string | null;
};

/** A digest whose pictures carry a placeholder; the API of the test puts presigned URLs in their place. */
function digest({ number, secondsAgo, cover, ...rest }: DigestInput): DigestView {
  return DigestView.parse({
    ...rest,
    id: id("dig", number),
    reviewId: id("rev", number),
    sessionId: id("ses", number),
    siteId: id("sit", 1),
    siteName: "Home",
    momentCount: rest.moments.length,
    occurredAt: at(secondsAgo),
    createdAt: at(secondsAgo - 5),
    late: false,
    cover: cover === null ? null : { momentId: cover, url: "placeholder", expiresAt: at(0) },
    timeline: rest.summary
      .filter((sentence) => sentence.momentIds.length > 0)
      .map((sentence) => ({ ...sentence, at: at(secondsAgo) })),
    reasons: [
      { code: "person", text: "People were seen at an entrance.", weight: 0.52, eventIds: [] },
      { code: "night", text: "It was dark.", weight: 0.15, eventIds: [] },
      { code: "delivery", text: "Somebody rang first, as visitors do.", weight: -0.21, eventIds: [] },
    ],
    recommendation: "Look at the pictures. If you know them, there is nothing to do.",
    model: { name: "yolov8n", sha256 },
    provider: "cpu",
    capabilities: { faces: true, reidentification: false, plates: false },
    timings: {
      queueMs: 210,
      fetchMs: 84,
      decodeMs: 61,
      inferMs: 340,
      postMs: 12,
      eventToDigestMs: 3_420,
      reviewMs: 812,
    },
  } satisfies DigestView);
}

/** The part of a digest that the list shows. */
export function summaryOf(view: DigestView, unread = true): InboxDigest {
  const { timeline: _t, reasons: _r, recommendation: _c, moments: _m, model: _o, ...rest } = view;
  const { provider: _p, capabilities: _a, timings: _i, ...summary } = rest;
  return { ...summary, unread };
}

function session(number: number, input: Partial<SessionSummary> & { summary: string }): SessionSummary {
  const { summary, ...rest } = input;
  return SessionSummary.parse({
    id: id("ses", number),
    siteId: id("sit", 1),
    state: "closed",
    firstEventAt: at(400),
    lastEventAt: at(300),
    level: "standard",
    assessment: {
      level: "standard",
      score: 0.45,
      summary,
      reasons: [],
      recommendation: "",
      tone: "calm",
      lifeSafety: false,
    },
    reviewId: null,
    digestId: null,
    digest: { state: "none", reason: "no-picture", text: "No picture came with it to look at." },
    late: false,
    ...rest,
  } satisfies SessionSummary);
}

export const sessions = [
  session(41, { state: "open", lastEventAt: at(12), summary: "Movement on the drive." }),
  session(42, { reviewId: id("rev", 42), summary: "Someone at the side door.", level: "elevated" }),
  session(1, { reviewId: id("rev", 1), digestId: id("dig", 1), summary: "Two people at the front door." }),
  session(43, { summary: "A little movement in the garden.", level: "low", lastEventAt: at(4_000) }),
];

export const waitingReview = ReviewView.parse({
  id: id("rev", 42),
  sessionId: id("ses", 42),
  state: "queued",
  k: 20,
  queue: "standard",
  reasons: ["Guardian: 20 pictures."],
  requestedAt: at(20),
  queuePosition: 3,
} satisfies ReviewView);

export const endpoint: EndpointView = {
  id: id("end", 60),
  type: "webhook",
  name: "hooks.example.com",
  target: "https://hooks.example.com/vigil",
  state: "active",
  disabledReason: null,
  failingSince: null,
  levelFrom: "standard",
  siteIds: null,
  kinds: ["digest", "assessment"],
  quietHours: "hold",
  boxes: false,
  language: "en",
  createdAt: "2026-03-01T08:00:00Z",
};

export const share = {
  id: id("shr", 1),
  digestId: id("dig", 1),
  memberId: id("mbr", 1),
  createdAt: at(600),
  expiresAt: at(-86_400),
  revokedAt: null,
  openings: 2,
  lastOpenedAt: at(60),
} satisfies ShareView;

export const delivery: DeliverySummary = {
  id: id("dlv", 70),
  endpointId: endpoint.id,
  kind: "digest",
  state: "delivered",
  level: "elevated",
  title: "Two people at the front door",
  subject: frontDoorDigest.id,
  attempts: 2,
  nextAttemptAt: null,
  reason: null,
  createdAt: "2026-03-01T08:00:00Z",
  endedAt: "2026-03-01T08:00:05Z",
};
