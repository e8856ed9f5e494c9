/** Once a minute: sends what the outbox still holds, closes what no message closed, and asks for what is owed. */
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
