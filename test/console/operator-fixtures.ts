/** What the operator of the console's test sees. */
import { OperatedAccount } from "@vigil/core/account/wire";
import { DeadLetterView } from "@vigil/core/dead-letter/wire";
import { OperatorLedgerView } from "@vigil/core/ledger/wire";
import { LoadView } from "@vigil/core/throttle/wire";
import * as fixture from "./fixtures.ts";

export const operatorKey = "vgl_opr_0123456789abcdefghijkl";

export type Operated = {
  load: LoadView;
  ledger: OperatorLedgerView;
  deadLetters: DeadLetterView[];
  accounts: OperatedAccount[];
};

export function operated(): Operated {
  return {
    load: LoadView.parse({
      overloaded: true,
      reasons: ["More waits than the workers can do in a minute."],
      reasonCodes: ["depth"],
      k: { guardian: 5, pro: 10 },
      extraBatchWindowMs: 50,
      queues: [
        { queue: "priority", jobs: 2, moments: 40, oldestSeconds: 12 },
        { queue: "standard", jobs: 31, moments: 620, oldestSeconds: 190 },
      ],
      workers: 2,
      momentsPerSecond: 14.25,
      expectedWaitSeconds: 46,
      deadLetters: 1,
    } satisfies LoadView),
    ledger: OperatorLedgerView.parse({ ...fixture.ledger, unbalanced: [] }),
    deadLetters: [
      DeadLetterView.parse({
        reviewId: fixture.id("rev", 90),
        accountId: fixture.account.id,
        sessionId: fixture.id("ses", 90),
        part: 0,
        source: "worker",
        reason: "the model could not be loaded",
        diedAt: fixture.at(600),
        reviewState: "failed",
      } satisfies DeadLetterView),
    ],
    accounts: [
      OperatedAccount.parse({
        id: fixture.account.id,
        name: fixture.account.name,
        tier: "guardian",
        timeZone: "Europe/London",
        createdAt: fixture.at(90_000),
        members: 1,
        devices: 3,
      } satisfies OperatedAccount),
    ],
  };
}
