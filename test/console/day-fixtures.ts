/** What the days of the console's test were like. */
import { EventView } from "@vigil/core/event/wire";
import { TrendView } from "@vigil/core/trend/wire";
import { at, id } from "./fixtures.ts";

/** The events of every session of the double. */
export const event = EventView.parse({
  id: id("evt", 41),
  clientId: "cam-1",
  deviceId: id("dev", 1),
  siteId: id("sit", 1),
  sessionId: id("ses", 41),
  type: "motion",
  zone: "driveway",
  mode: "away",
  confidence: 0.8,
  attributes: { recording: "http://10.0.0.5:8096/cameras/drive/recordings?at=1795823645684" },
  occurredAt: at(12),
  receivedAt: at(11),
  level: "standard",
  assessment: {
    level: "standard",
    score: 0.45,
    summary: "Movement on the drive.",
    reasons: [{ code: "type", text: "Something moved.", weight: 0.3, eventIds: [] }],
    recommendation: "",
    tone: "calm",
    lifeSafety: false,
  },
  dismissed: false,
  sealed: true,
  digest: { state: "none", reason: "no-picture", text: "No picture came with it to look at." },
  evidence: [],
} satisfies EventView);

export const trends = TrendView.parse({
  from: "2026-11-14",
  until: "2026-11-20",
  timeZone: "Europe/London",
  days: [14, 15, 16, 17, 18, 19, 20].map((day, index) => ({
    date: `2026-11-${day}`,
    events: 40 + index * 7,
    digests: index,
    sessions: { low: 9 + index, standard: 3, elevated: index % 3, critical: day === 19 ? 1 : 0 },
  })),
  zones: ["front_door", "driveway", null].map((zone, row) => ({
    zone,
    events: 120 - row * 40,
    hours: Array.from({ length: 24 }, (_, hour) => (hour < 6 ? 0 : (hour * (row + 3)) % 11)),
  })),
  zonesLeftOut: 0,
  reviews: { asked: 12, byMembers: 2, completed: 11, failed: 1 },
  dismissed: 3,
  response: { digests: 6, opened: 5, medianSeconds: 250 },
} satisfies TrendView);
