/**
 * What an export does not hold. All else does: a table that is added is exported without a word here. A test asks the
 * catalogue for columns that look like a secret and are not decided on.
 */

/** How the installation keeps its own books, and what was asked for an export or an erasure. */
export const tablesLeftOut: readonly string[] = [
  "account_export",
  "backlog",
  "checkout",
  "enrolment",
  "enrolment_guess",
  "erasure",
  "idempotency",
  "ledger_count",
  "ledger_entry",
  "outbox",
];

/** Secrets, and what is computed of other columns. */
export const columnsLeftOut: Readonly<Record<string, readonly string[]>> = {
  api_key: ["hash"],
  digest: ["search"],
  // Its address stands in the export in the clear, as `target`.
  endpoint: ["target_hash", "secret_sealed", "secret_before_sealed"],
  event: ["fingerprint"],
  invitation: ["hash"],
  share: ["token_hash"],
};
