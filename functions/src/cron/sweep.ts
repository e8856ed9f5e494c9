/** Every minute: whatever a crash or a lost message left undone. */
import { sweep } from "@vigil/core/flow";
import { fromEnvironment } from "../services.ts";
import { flushing } from "../span-export.ts";

export async function handler(): Promise<void> {
  const { services, spans } = fromEnvironment();
  services.log.info(await flushing(spans, sweep)(services), "swept");
}
