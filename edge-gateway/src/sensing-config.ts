/** The part of `gateway.yaml` that sensing reads. Every field has a default, so that `{}` is a working configuration. */
import * as z from "zod";
import { FusionRules } from "./fusion/rules.ts";

const name = z.string().trim().min(1).max(64);
const port = z.int().min(0).max(65_535);

const DeviceEntry = z.strictObject({
  /** A serial number, an address, or what the device calls its location. */
  key: name,
  place: name,
  /** Resistance of the MQ-135 in clean air, in ohm; learned when absent. */
  gasR0Ohm: z.number().positive().max(1e9).optional(),
});
export type DeviceEntry = z.infer<typeof DeviceEntry>;

export const SensingConfig = z.strictObject({
  /** Devices stand in the site's own network: the listener is for them, not for the internet. */
  host: z.string().default("0.0.0.0"),
  port: port.default(9001),
  /** Undefined: no WebSocket listener. */
  websocketPort: port.optional(),
  /** Addresses or networks (192.168.4.0/24) that may connect; everyone when empty. */
  allow: z.array(z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()])).default([]),
  /** What a device must say first (`#token:...!`, or as a bearer over WebSocket); nothing when absent. */
  token: z.string().min(8).max(256).optional(),
  connectionsMax: z.int().min(1).max(10_000).default(512),
  silentSeconds: z.number().min(1).max(86_400).default(30),
  schedule: z
    .strictObject({
      mode: z.enum(["continuous", "on_demand"]).default("continuous"),
      requestEverySeconds: z.number().min(1).max(86_400).default(10),
      eepromEverySeconds: z
        .number()
        .min(60)
        .max(7 * 86_400)
        .default(3_600),
    })
    .prefault({}),
  devices: z.array(DeviceEntry).max(10_000).default([]),
  rules: FusionRules.prefault({}),
  /** Where calibrations, baselines and what was learned of each device outlive a restart; nowhere when absent. */
  stateDir: z.string().optional(),
  /** Where malformed input is noted, in files of at most 1 MiB, 5 of them; nowhere when absent. */
  malformedLogDir: z.string().optional(),
});
export type SensingConfig = z.infer<typeof SensingConfig>;
