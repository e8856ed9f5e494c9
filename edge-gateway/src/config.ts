/**
 * The gateway's settings: `gateway.yaml`, read once, with every fault told at once and where in the file it is. The only
 * file of the gateway that reads the environment.
 */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { EventType } from "@vigil/core/event/wire";
import { Level } from "@vigil/core/level";
import { LineCounter, parseDocument } from "yaml";
import * as z from "zod";
import { CamerasConfig, VisionConfig } from "./cameras-config.ts";
import { SensingConfig } from "./sensing-config.ts";

const port = z.int().min(0).max(65_535);
const timeZone = z.string().refine((name) => {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}, "expected an IANA time zone, such as Europe/London");

export const isLoopback = (host: string) => host === "localhost" || host === "::1" || host.startsWith("127.");

const Web = z
  .strictObject({
    host: z.string().min(1).default("127.0.0.1"),
    /** 0 picks a free port. */
    port: port.default(8096),
    /** How browsers reach the page: with it an event of a recorded camera says where its recording is. */
    url: z.url({ protocol: /^https?$/ }).optional(),
    /** Asked of everybody when the page can be reached from elsewhere. */
    password: z.string().min(12).max(200).optional(),
  })
  .refine(({ host, password }) => isLoopback(host) || password !== undefined, {
    path: ["password"],
    message: "expected a password of at least 12 characters, because others can reach the page",
  });

const Alarm = z.strictObject({
  mqtt: z
    .strictObject({
      url: z.url({ protocol: /^(mqtts?|wss?)$/ }),
      username: z.string().optional(),
      password: z.string().optional(),
      /** Topics are `<prefix>/<site>/…`. */
      prefix: z
        .string()
        .regex(/^[^#+\0/]+(\/[^#+\0/]+)*$/, "expected a topic without # and +")
        .default("vigil"),
      /** Lets Home Assistant find the site by itself, at the same broker. */
      homeAssistant: z
        .strictObject({
          discoveryPrefix: z
            .string()
            .regex(/^[A-Za-z0-9_-]+$/)
            .default("homeassistant"),
        })
        .optional(),
    })
    .optional(),
  webhook: z
    .strictObject({
      url: z.url({ protocol: /^https?$/ }),
      /** Signs each call as Standard Webhooks say; base64 with or without `whsec_`. */
      secret: z
        .string()
        .regex(/^(whsec_)?[A-Za-z0-9+/=]{24,}$/, "expected a secret in base64")
        .optional(),
    })
    .optional(),
  /** A program and its arguments; it gets the alarm as JSON on standard input. */
  command: z
    .strictObject({
      run: z.array(z.string().min(1)).min(1),
      secondsMax: z.number().min(1).max(600).default(30),
      /** It is started for alarms of this level or above, and for their end: a siren need not wail for a kettle. */
      levelMin: Level.default("low"),
    })
    .optional(),
});

const FrigateConfig = z.strictObject({
  /** The broker that Frigate speaks to. */
  url: z.url({ protocol: /^(mqtts?|wss?)$/ }),
  username: z.string().optional(),
  password: z.string().optional(),
  /** Frigate's `topic_prefix`. */
  topic: z
    .string()
    .regex(/^[^#+\0/]+(\/[^#+\0/]+)*$/, "expected a topic without # and +")
    .default("frigate"),
  /** Frigate's own address, for pictures: without it events have none. */
  api: z.url({ protocol: /^https?$/ }).optional(),
});
export type FrigateConfig = z.infer<typeof FrigateConfig>;

const HomeDevice = z.strictObject({
  kind: z.enum(["esphome", "shelly"]),
  /** As its own page is reached, with a name and a password in it where it has them. */
  url: z.url({ protocol: /^https?$/ }),
  zone: z.string().min(1).max(64),
  /** What is an event, of all that it says: `binary_sensor-hall_motion: motion`, `smoke:0.alarm: smoke`. */
  events: z
    .record(z.string().min(1).max(200), EventType)
    .refine((events) => Object.keys(events).length > 0, "expected at least one"),
});
export type HomeDevice = z.infer<typeof HomeDevice>;

export const Config = z.strictObject({
  /** Names the gateway in ids and topics; unlike those of other gateways of the account. */
  site: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,23}$/, "expected 1 to 24 letters, digits and dashes"),
  timeZone: timeZone.default("UTC"),
  api: z.strictObject({
    url: z.url({ protocol: /^https?$/ }),
    key: z.string().regex(/^vgl_dev_\S+$/, "expected a device key (vgl_dev_…)"),
  }),
  store: z
    .strictObject({
      directory: z.string().min(1).default(join(homedir(), ".vigil-gateway")),
      ballastMiB: z.int().min(1).max(4_096).default(32),
    })
    .prefault({}),
  sensing: SensingConfig.prefault({}),
  cameras: CamerasConfig,
  alarm: Alarm.prefault({}),
  frigate: FrigateConfig.optional(),
  homeDevices: z.array(HomeDevice).max(100).default([]),
  /** Absent: its port is not open. */
  vision: VisionConfig.optional(),
  web: Web.prefault({}),
  metrics: z
    .strictObject({
      host: z.string().min(1).default("127.0.0.1"),
      port: port.default(9090),
      /** Taken when somebody else has the first one. */
      fallbackPort: port.default(9094),
    })
    .prefault({}),
  logLevel: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).default("info"),
});
export type Config = z.infer<typeof Config>;

export class BadConfig extends Error {
  override readonly name = "BadConfig";
}

type Environment = Readonly<Record<string, string | undefined>>;

/** `VIGIL_GATEWAY_CONFIG` names the file where the command line does not. */
export function configPath(named: string | undefined, environment: Environment = process.env): string {
  return named ?? environment["VIGIL_GATEWAY_CONFIG"] ?? "gateway.yaml";
}

/** @throws `BadConfig` with every fault */
export function readConfig(path: string, environment: Environment = process.env): Config {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new BadConfig(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return parseConfig(text, { path, environment });
}

/**
 * `VIGIL_DEVICE_KEY` takes the place of `api.key`, so that the file can be shown to others.
 * @throws `BadConfig` with every fault
 */
export function parseConfig(
  text: string,
  { path = "gateway.yaml", environment = {} }: { path?: string; environment?: Environment } = {},
): Config {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) throw new BadConfig(`${path} is not YAML: ${broken.message}`);
  const key = environment["VIGIL_DEVICE_KEY"];
  if (key) document.setIn(["api", "key"], key);
  const parsed = Config.safeParse(document.toJS() ?? {});
  if (parsed.success) return Object.freeze(parsed.data);
  const faults = parsed.error.issues.flatMap(spread).map(({ path: steps, message }) => {
    const line = lineOf(document, lines, steps);
    return `  ${line === undefined ? "" : `line ${line}, `}${steps.join(".") || "the file"}: ${message}`;
  });
  throw new BadConfig(
    `${path} has ${faults.length} ${faults.length === 1 ? "fault" : "faults"}:\n${faults.join("\n")}`,
  );
}

type Fault = { path: PropertyKey[]; message: string };

/** A key too many is told at the key, not at what holds it. */
function spread(issue: z.core.$ZodIssue): Fault[] {
  const { path, message } = issue;
  if (issue.code !== "unrecognized_keys") return [{ path, message }];
  return issue.keys.map((key) => ({ path: [...path, key], message: "there is no such setting" }));
}

/** The line of the setting, or of the nearest thing around it that is there. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  steps: readonly PropertyKey[],
): number | undefined {
  for (let length = steps.length; length > 0; length -= 1) {
    const node = document.getIn(steps.slice(0, length), true) as
      | { range?: [number, number, number] }
      | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return undefined;
}
