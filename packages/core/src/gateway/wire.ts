/** What a gateway says of itself and of the sensors that it speaks for, and what the cloud makes of an event by now. */
import * as z from "zod";
import { Assessment } from "../assessment/wire.ts";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { Level } from "../level.ts";
import { evidence } from "../limits.ts";
import { text } from "../text.ts";

const count = z.int().min(0);

export const GatewaySensor = z
  .object({
    device: text().min(1).max(100),
    place: text().max(100),
    state: z.enum(["online", "silent", "offline"]),
    transport: text().max(20),
    lastHeardSeconds: z.number().min(0).describe("Since its last word"),
    reconnects: count,
    reconnectsMax: count.describe("So many within ten minutes make it unstable"),
    hotCells: count,
    readings: z.array(z.object({ channel: text().max(30), value: z.number(), unit: text().max(10) })).max(12),
  })
  .meta({ id: "GatewaySensor" });
export type GatewaySensor = z.infer<typeof GatewaySensor>;

/** `PUT /v1/gateway`, four times a minute. Fields of a newer gateway that are not known here are passed over. */
export const GatewayReport = z
  .object({
    site: text().min(1).max(100).describe("The gateway's own name"),
    version: text().max(50),
    uptimeSeconds: z.number().min(0),
    clockAheadMs: z.number().nullable().describe("How far its wall clock is ahead of the API's"),
    outbox: z.object({
      kept: count.describe("Heard, and not yet with the API"),
      keptUrgent: count,
      heard: count,
      forwarded: count,
      refused: count,
      dropped: count,
    }),
    disk: z.object({ freeBytes: z.number().min(0), full: z.boolean() }),
    alarmsOpen: count,
    sensorCount: count,
    sensors: z.array(GatewaySensor).max(200).describe("The first 200; those with alarms and faults lead"),
  })
  .meta({
    id: "GatewayReport",
    examples: [
      {
        site: "shop-1",
        version: "0.1.0",
        uptimeSeconds: 86_400,
        clockAheadMs: -120,
        outbox: { kept: 0, keptUrgent: 0, heard: 41, forwarded: 41, refused: 0, dropped: 0 },
        disk: { freeBytes: 12_000_000_000, full: false },
        alarmsOpen: 0,
        sensorCount: 1,
        sensors: [
          {
            device: "S-104",
            place: "server room",
            state: "online",
            transport: "tcp",
            lastHeardSeconds: 0.4,
            reconnects: 0,
            reconnectsMax: 5,
            hotCells: 0,
            readings: [{ channel: "thermal", value: 31.2, unit: "°C" }],
          },
        ],
      },
    ],
  });
export type GatewayReport = z.infer<typeof GatewayReport>;

export const GatewayView = z
  .object({
    deviceId: Id.of("device"),
    siteId: Id.of("site"),
    siteName: z.string(),
    name: z.string(),
    reportedAt: Instant,
    report: GatewayReport,
  })
  .meta({ id: "Gateway" });
export type GatewayView = z.infer<typeof GatewayView>;

/** What became of an event of a device: its assessment, and the digest of its session once there is one. */
export const EventVerdict = z
  .object({
    assessment: Assessment,
    digest: z
      .object({ id: Id.of("digest"), level: Level, title: z.string(), summary: z.string() })
      .nullable(),
  })
  .meta({ id: "EventVerdict" });
export type EventVerdict = z.infer<typeof EventVerdict>;

/** `PUT /v1/gateway/key` */
export const GatewayKeyInput = z
  .strictObject({
    publicKey: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/, "expected 32 bytes in base64")
      .describe("Ed25519: the 32 bytes of the public key, in base64"),
  })
  .meta({ id: "GatewayKeyInput", examples: [{ publicKey: "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=" }] });

export const GatewayKey = z
  .object({ id: z.string().describe("By which signatures name it") })
  .meta({ id: "GatewayKey" });

export const EvidenceSignature = z
  .strictObject({
    name: z.string().min(1).max(64).describe("Of the piece of evidence, as it was announced"),
    keyId: z.string().regex(/^[0-9a-f]{16}$/),
    sequence: z.int().min(0).describe("Counts up with each signature of the key"),
    at: z.iso.datetime({ precision: 3 }).describe("When it was captured, by the gateway's own clock"),
    signature: z
      .string()
      .regex(/^[A-Za-z0-9+/]{86}==$/, "expected 64 bytes in base64")
      .describe(
        "Ed25519 over the lines `vigil-capture/1`, SHA-256 in hex, `at` and `sequence`, each with a line feed behind it",
      ),
  })
  .meta({ id: "EvidenceSignature" });
export type EvidenceSignature = z.infer<typeof EvidenceSignature>;

/** `PUT /v1/events/{id}/signatures` */
export const EvidenceSignatures = z
  .strictObject({ signatures: z.array(EvidenceSignature).min(1).max(evidence.perEventMax) })
  .meta({
    id: "EvidenceSignatures",
    examples: [
      {
        signatures: [
          {
            name: "door-1.jpg",
            keyId: "21fe31dfa154a261",
            sequence: 4_000_017,
            at: "2026-06-01T21:14:05.120Z",
            signature: `${"A".repeat(86)}==`,
          },
        ],
      },
    ],
  });
