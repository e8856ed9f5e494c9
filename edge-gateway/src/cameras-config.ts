/** A camera in `gateway.yaml`: where its pictures come from, where it looks, and where motion counts. */
import * as z from "zod";

const share = z.number().min(0).max(1);
/** A polygon on the picture: from 0, 0 at its upper left to 1, 1 at its lower right. */
const Polygon = z
  .array(z.tuple([share, share]))
  .min(3)
  .max(64);
export type Polygon = z.infer<typeof Polygon>;

/** The scheme says how an RTSP stream is fetched; behind `http` there is either one picture or a row of them. */
const Source = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("stream"), url: z.url({ protocol: /^rtsps?$/ }) }),
  z.strictObject({ kind: z.literal("mjpeg"), url: z.url({ protocol: /^https?$/ }) }),
  z.strictObject({ kind: z.literal("snapshot"), url: z.url({ protocol: /^https?$/ }) }),
  /** The address of its device service; it says itself where its stream is. */
  z.strictObject({
    kind: z.literal("onvif"),
    url: z.url({ protocol: /^https?$/ }),
    /** By name or token; absent: the smallest that is at least 320 wide. */
    profile: z.string().min(1).max(64).optional(),
    /** Whether what it sees itself counts as well. */
    events: z.boolean().default(true),
  }),
  /** A camera at this machine, by what ffmpeg has for it here. */
  z.strictObject({
    kind: z.literal("usb"),
    /** `/dev/video0` (Linux), an index or a name (macOS), a name (Windows); `vigil-gateway doctor` lists them. */
    device: z.string().min(1).max(200),
    /** Absent: the camera's own. */
    size: z
      .string()
      .regex(/^\d{2,4}x\d{2,4}$/, "expected a size such as 640x480")
      .optional(),
    framesPerSecond: z.int().min(1).max(60).optional(),
  }),
  /** The camera brings its pictures itself, where `cameras.receive` lets it. */
  z.strictObject({
    kind: z.literal("upload"),
    user: z.string().regex(/^[A-Za-z0-9._@-]{1,64}$/, "expected 1 to 64 of A-Z a-z 0-9 . _ @ -"),
    password: z.string().min(8).max(128),
  }),
]);
type Source = z.infer<typeof Source>;
/** What the gateway fetches itself. */
export type FetchedSource = Exclude<Source, { kind: "upload" }>;

export const CameraConfig = z.strictObject({
  /** Names it in events, on the page and in metrics. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,39}$/, "expected 1 to 40 letters, digits and dashes"),
  source: Source,
  /** Where it looks, as people call it. */
  place: z.string().trim().min(1).max(64),
  /** Where motion counts; without one, everywhere. An event names the first one that it touched. */
  zones: z
    .array(z.strictObject({ name: z.string().trim().min(1).max(64), polygon: Polygon }))
    .max(16)
    .default([]),
  /** Where nothing counts: a road, a television, the overlaid clock. */
  masks: z.array(Polygon).max(16).default([]),
  /** Whether it is recorded, where `cameras.recording` is set; streams alone are. */
  record: z.boolean().default(true),
});
export type CameraConfig = z.infer<typeof CameraConfig>;

/** Detectors on the site, for clients that ask as they ask DeepStack or CodeProject.AI. */
export const VisionConfig = z.strictObject({
  host: z.string().min(1).default("0.0.0.0"),
  port: z.int().min(0).max(65_535).default(32_168),
  /** Addresses and networks that may ask. Empty: the networks that this machine is in. */
  allow: z
    .array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]))
    .max(64)
    .default([]),
  /** What they find together is one answer; with none of them it says so. */
  detectors: z
    .array(
      z.strictObject({
        /** A program and its arguments, which speaks as `npm run look` does. */
        run: z.tuple([z.string().min(1)], z.string()),
      }),
    )
    .max(4)
    .default([]),
});
export type VisionConfig = z.infer<typeof VisionConfig>;

const port = z.int().min(0).max(65_535);
const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()]);

/** Where cameras bring their pictures; a port that is not named is not open. */
const ReceiveConfig = z.strictObject({
  host: z.string().min(1).default("0.0.0.0"),
  /** Empty: the networks that this machine is in. */
  allow: z.array(network).max(64).default([]),
  smtpPort: port.optional(),
  ftpPort: port.optional(),
  httpPort: port.optional(),
});
export type ReceiveConfig = z.infer<typeof ReceiveConfig>;

export const RecordingConfig = z.strictObject({
  /** Absent: `recordings` in the store's folder. */
  directory: z.string().min(1).optional(),
  /** Of all cameras together. */
  mebibytesMax: z.int().min(16).max(16_777_216).default(4_096),
  /** What stays free on the disk, for the events. */
  freeMebibytesMin: z.int().min(0).max(1_048_576).default(512),
  hours: z.number().min(0.1).max(8_760).default(24),
  /** What was recorded around motion. */
  eventDays: z.number().min(0.01).max(3_650).default(7),
  /** What was recorded around alarms for life and limb. */
  alarmDays: z.number().min(0.01).max(3_650).default(30),
});
export type RecordingConfig = z.infer<typeof RecordingConfig>;

export const CamerasConfig = z
  .strictObject({
    /** The ffmpeg program. */
    ffmpeg: z.string().min(1).default("ffmpeg"),
    list: z
      .array(CameraConfig)
      .max(64)
      .superRefine((list, context) => {
        list.forEach(({ name }, index) => {
          const earlier = list.findIndex((camera) => camera.name === name);
          if (earlier === index) return;
          const message = `${name} is the name of another camera already`;
          context.addIssue({ code: "custom", path: [index, "name"], message });
        });
      })
      .default([]),
    /** Absent: nothing is recorded. */
    recording: RecordingConfig.optional(),
    receive: ReceiveConfig.optional(),
  })
  .superRefine(({ list, receive }, context) => {
    const isOpen = [receive?.smtpPort, receive?.ftpPort, receive?.httpPort].some((one) => one !== undefined);
    const users = new Set<string>();
    list.forEach(({ source }, index) => {
      if (source.kind !== "upload") return;
      const refuse = (message: string) =>
        context.addIssue({ code: "custom", path: ["list", index, "source"], message });
      if (!isOpen) refuse("expected a port in cameras.receive, by which it brings its pictures");
      if (users.has(source.user)) refuse(`${source.user} is the name of another camera's user already`);
      users.add(source.user);
    });
  })
  .prefault({});
export type CamerasConfig = z.infer<typeof CamerasConfig>;

/** What is fetched picture by picture has no stream that could be kept as it is. */
export const isRecorded = ({ record, source }: CameraConfig) =>
  record && ["stream", "onvif"].includes(source.kind);

/** Where its pictures come from, as it may be shown: without the password. */
export function shownAddress(source: Source): string {
  if (source.kind === "upload") return `brings its pictures as ${source.user}`;
  if (source.kind === "usb") return `at this machine, ${source.device}`;
  const shown = new URL(source.url);
  shown.username = "";
  shown.password = "";
  return shown.href;
}
