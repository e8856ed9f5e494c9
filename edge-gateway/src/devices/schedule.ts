/** When a device is asked, and what it can be told. */
import * as z from "zod";

export const Schedule = z.strictObject({
  /** `continuous`: the device sends by itself; `on_demand`: it is asked. */
  mode: z.enum(["continuous", "on_demand"]),
  requestEverySeconds: z.coerce.number().min(1).max(86_400),
  eepromEverySeconds: z.coerce
    .number()
    .min(60)
    .max(7 * 86_400),
});
export type Schedule = z.infer<typeof Schedule>;

export const commandNames = ["PERIOD_ON", "PERIODIC_ON", "REQUEST1", "EEPROM1"] as const;
export type CommandName = (typeof commandNames)[number];
