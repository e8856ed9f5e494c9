/** Closes sessions: a delayed message comes due, and the session is closed unless it grew in the meantime. */
import { functionDefaults } from "./function.ts";
import { session } from "./queue.ts";

export const sessionDue = session.subscribe(
  {
    ...functionDefaults,
    handler: "functions/src/queue/session-due.handler",
    timeout: "50 seconds",
  },
  // One message that fails does not bring its neighbours back. Six timeouts fit into the visibility timeout of 300 s.
  { batch: { size: 10, partialResponses: true } },
);
