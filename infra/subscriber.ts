/** What consumes queues on AWS: due sessions are closed, endpoints are told, and the reviews of dead letters end as failed. */
import { functionDefaults } from "./function.ts";
import { deadLetter, delivery, session } from "./queue.ts";

/** One message that fails does not bring its neighbours back. */
const batch = { size: 10, partialResponses: true };
/** Six of them fit into the visibility timeout of 300 s. */
const timeout = "50 seconds";

export const sessionDue = session.subscribe(
  { ...functionDefaults, handler: "functions/src/queue/session-due.handler", timeout },
  { batch },
);

/** Its own function: the accept path never loads what mail, push and pictures need. Ten attempts of 15 s run at once. */
export const deliveryDue = delivery.subscribe(
  {
    ...functionDefaults,
    handler: "functions/src/queue/delivery-due.handler",
    description: "Tells webhooks, e-mail addresses and browsers",
    // Three of them fit into the visibility timeout of its queue, after which whoever died is made up for.
    timeout: "40 seconds",
    // Draws contact sheets; its binaries are those of the function's own platform.
    nodejs: { ...functionDefaults.nodejs, install: ["sharp"] },
  },
  { batch },
);

export const deadLetterBuried = deadLetter.subscribe(
  { ...functionDefaults, handler: "functions/src/queue/dead-letter.handler", timeout },
  { batch },
);
