/** Every minute: what is owed to the evidence log is appended to it, and the log is signed. */
import { appendToLog } from "@vigil/core/flow";
import { fromEnvironment } from "../services.ts";

export async function handler(): Promise<void> {
  const { services } = fromEnvironment();
  services.log.info({ leaves: await appendToLog(services) }, "appended to the evidence log");
}
