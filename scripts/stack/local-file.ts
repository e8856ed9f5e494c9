/** `.vigil/local.json`: the addresses and keys of the running stack, for people and for programs. */
import { Tier } from "@vigil/core/review/wire";
import * as z from "zod";

const Account = z.object({
  name: z.string(),
  tier: Tier,
  accountId: z.string(),
  deviceKey: z.string(),
  memberToken: z.string(),
});
export type Account = z.infer<typeof Account>;

export const Seeded = z.object({
  accounts: z.array(Account),
  operatorToken: z.string(),
  workerKey: z.string(),
});
export type Seeded = z.infer<typeof Seeded>;

export const LocalFile = Seeded.extend({
  apiUrl: z.string(),
  consoleUrl: z.string(),
  /** Null without a worker. */
  workerMetricsUrl: z.string().nullable(),
  /** The local page of the simulated site's gateway; null without one. */
  gatewayUrl: z.string().nullable(),
  sqsUrl: z.string(),
  s3Url: z.string(),
  /** Where the e-mails that the stack sends can be read; `mails.json` below it is for programs. */
  mailUrl: z.string(),
  /** As the owner of the tables. The application itself connects as `vigil_app`. */
  databaseUrl: z.string(),
});
export type LocalFile = z.infer<typeof LocalFile>;
