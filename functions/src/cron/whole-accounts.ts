/** Every minute: exports that were asked for are written, accounts whose time has come are erased, and so is what was withdrawn, as far as a call allows. */
import { carryOutErasures, eraseWithdrawn, writeExports } from "@vigil/core/flow";
import { paymentSettingsOf } from "../config.ts";
import { mailerOf } from "../mailer.ts";
import { fromEnvironment } from "../services.ts";
import { stripePayments } from "../stripe/payments.ts";

/** @throws Error when a step failed, so that the alarm rings; the log says which, and the next minute tries again */
export async function handler(): Promise<void> {
  const { services: plain, config } = fromEnvironment();
  const services = { ...plain, payments: stripePayments(paymentSettingsOf(config)) };
  const [exports, erasures, consents] = await Promise.all([
    writeExports(services),
    carryOutErasures({ services, mailer: mailerOf(config) }),
    eraseWithdrawn(services),
  ]);
  services.log.info({ exports, erasures, consents }, "worked on whole accounts");
  if (exports.failed + erasures.failed + consents.failed > 0) {
    throw new Error("a step of an export or an erasure failed");
  }
}
