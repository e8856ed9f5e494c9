/**
 * Once a minute: what a crash or a lost message left undone is done, the evidence log is appended to and signed, and whole
 * accounts are exported and erased.
 */
import { config } from "./config.ts";
import { functionDefaults } from "./function.ts";
import { storage } from "./storage.ts";
import { stripe } from "./subscription.ts";

export const sweep = new sst.aws.CronV2("Sweep", {
  schedule: "rate(1 minute)",
  // The next minute is the retry.
  retries: 0,
  function: {
    ...functionDefaults,
    handler: "functions/src/cron/sweep.handler",
    description: "Sends what is left in the outbox and closes what is overdue",
    timeout: "55 seconds",
    // It seals what was uploaded of events that nobody goes on announcing.
    permissions: [...functionDefaults.permissions, ...storage.writeGrants],
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
    environment: { ...functionDefaults.environment, ...(config.TSA_URL ? { TSA_URL: config.TSA_URL } : {}) },
    // It asks the database, and the authority that the operator has named.
    permissions: [],
  },
});

/** Two of them at once do not get in each other's way: whoever is at an account has it for two minutes at a time. */
export const wholeAccounts = new sst.aws.CronV2("WholeAccounts", {
  schedule: "rate(1 minute)",
  // The next minute is the retry.
  retries: 0,
  function: {
    ...functionDefaults,
    handler: "functions/src/cron/whole-accounts.handler",
    description: "Writes exports of accounts, and erases accounts whose time has come",
    // A turn takes 8 minutes at most (packages/core/src/limits-people.ts).
    timeout: "10 minutes",
    // An archive is written there before it goes to the bucket.
    storage: "3 GB",
    environment: { ...functionDefaults.environment, ...stripe },
    permissions: [...storage.readGrants, ...storage.writeGrants],
  },
});
