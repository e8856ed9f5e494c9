/** Every minute: whatever a crash or a lost message left undone. */
import { sweep } from "@vigil/core/flow";
import { fromEnvironment } from "../services.ts";

export async function handler(): Promise<void> {
  const { services } = fromEnvironment();
  services.log.info(await sweep(services), "swept");
}
