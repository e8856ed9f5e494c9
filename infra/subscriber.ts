/** What consumes queues on AWS: due sessions are closed, and the reviews of dead letters end as failed. */
import { functionDefaults } from "./function.ts";
import { deadLetter, session } from "./queue.ts";

/** One message that fails does not bring its neighbours back. */
const batch = { size: 10, partialResponses: true };
/** Six of them fit into the visibility timeout of 300 s. */
const timeout = "50 seconds";

export const sessionDue = session.subscribe(
  { ...functionDefaults, handler: "functions/src/queue/session-due.handler", timeout },
  { batch },
);

export const deadLetterBuried = deadLetter.subscribe(
  { ...functionDefaults, handler: "functions/src/queue/dead-letter.handler", timeout },
  { batch },
);
