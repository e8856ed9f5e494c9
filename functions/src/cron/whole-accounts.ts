/** Every minute: exports that were asked for are written, and accounts whose time has come are erased, as far as a call allows. */
import { carryOutErasures, writeExports } from "@vigil/core/flow";
import { paymentSettingsOf } from "../config.ts";
import { mailerOf } from "../mailer.ts";
import { fromEnvironment } from "../services.ts";
import { stripePayments } from "../stripe/payments.ts";

/** @throws Error when a step failed, so that the alarm rings; the log says which, and the next minute tries again */
export async function handler(): Promise<void> {
  const { services: plain, config } = fromEnvironment();
  const services = { ...plain, payments: stripePayments(paymentSettingsOf(config)) };
  const [exports, erasures] = await Promise.all([
    writeExports(services),
    carryOutErasures({ services, mailer: mailerOf(config) }),
  ]);
  services.log.info({ exports, erasures }, "worked on whole accounts");
  if (exports.failed + erasures.failed > 0) throw new Error("a step of an export or an erasure failed");
}
