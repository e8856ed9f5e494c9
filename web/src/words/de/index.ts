/** All that the console says, in German. It comes only to who reads it. */
import type { Translation } from "../spoken.ts";
import { camera } from "./camera.ts";
import { check } from "./check.ts";
import { day } from "./day.ts";
import { deeds } from "./deeds.ts";
import { delivery } from "./delivery.ts";
import { device } from "./device.ts";
import { digest } from "./digest.ts";
import { endpoint } from "./endpoint.ts";
import { erasure } from "./erasure.ts";
import { everywhere } from "./everywhere.ts";
import { gateway } from "./gateway.ts";
import { household } from "./household.ts";
import { inbox } from "./inbox.ts";
import { ledger } from "./ledger.ts";
import { models } from "./models.ts";
import { operator } from "./operator.ts";
import { origin } from "./origin.ts";
import { outcome } from "./outcome.ts";
import { people } from "./people.ts";
import { plan } from "./plan.ts";
import { question } from "./question.ts";
import { refusal } from "./refusal.ts";
import { run } from "./run.ts";
import { scene } from "./scene.ts";
import { settings } from "./settings.ts";
import { shell } from "./shell.ts";
import { signIn } from "./sign-in.ts";
import { source } from "./source.ts";
import { thing } from "./thing.ts";
import { time } from "./time.ts";
import { trend } from "./trend.ts";

export const german = {
  camera,
  check,
  day,
  deeds,
  delivery,
  device,
  digest,
  endpoint,
  erasure,
  everywhere,
  gateway,
  household,
  inbox,
  ledger,
  models,
  operator,
  origin,
  outcome,
  people,
  plan,
  question,
  refusal,
  run,
  scene,
  settings,
  shell,
  "sign-in": signIn,
  source,
  thing,
  time,
  trend,
} satisfies Translation;
