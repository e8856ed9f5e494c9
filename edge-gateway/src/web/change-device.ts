/** What a person may change of a device from the local page. */
import * as z from "zod";
import { commandNames, Schedule } from "../devices/schedule.ts";
import type { Sensing } from "../sensing.ts";

const who = { by: z.string().trim().min(1).max(60), why: z.string().trim().min(1).max(200) };

const BaselineForm = z.discriminatedUnion("verdict", [
  z.object({ verdict: z.literal("propose"), ...who }),
  z.object({ verdict: z.enum(["approve", "reject"]), candidate: z.string().min(1).max(200), ...who }),
]);
const CommandForm = z.object({ command: z.enum(commandNames) });

/**
 * Resolves when what was asked is kept for good.
 *
 * @param form the fields that the browser sent
 * @throws a `ZodError` or what sensing throws, `NotKept` among it, with words for the person
 */
export async function changeDevice(
  sensing: Pick<Sensing, "baselines" | "schedules" | "calibrateGas">,
  { device, what, form }: { device: string; what: string; form: Record<string, string> },
): Promise<void> {
  if (what === "baseline") {
    const asked = BaselineForm.parse(form);
    if (asked.verdict === "propose") sensing.baselines.propose(device, asked.by, asked.why);
    else await sensing.baselines[asked.verdict](device, asked.candidate, asked.by, asked.why);
    return;
  }
  if (what === "schedule") await sensing.schedules.set(device, Schedule.parse(form));
  else if (what === "command") sensing.schedules.send(device, CommandForm.parse(form).command);
  else if (what === "air") await sensing.calibrateGas(device);
  else throw new RangeError(`there is no ${what} to change`);
}
