/** Once a minute: what a crash or a lost message left undone is done, and the evidence log is appended to and signed. */
import { functionDefaults } from "./function.ts";

export const sweep = new sst.aws.CronV2("Sweep", {
  schedule: "rate(1 minute)",
  // The next minute is the retry.
  retries: 0,
  function: {
    ...functionDefaults,
    handler: "functions/src/cron/sweep.handler",
    description: "Sends what is left in the outbox and closes what is overdue",
    timeout: "55 seconds",
  },
});

export const checkpoint = new sst.aws.CronV2("Checkpoint", {
  schedule: "rate(1 minute)",
  // The next minute is the retry.
  retries: 0,
  function: {
    ...functionDefaults,
    handler: "functions/src/cron/checkpoint.handler",
    description: "Appends what is owed to the evidence log, and signs it",
    timeout: "55 seconds",
    // It asks the database alone.
    permissions: [],
  },
});
