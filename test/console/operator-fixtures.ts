/** What the operator of the console's test sees. */
import { OperatedAccount } from "@vigil/core/account/wire";
import { DeadLetterView } from "@vigil/core/dead-letter/wire";
import { ExperimentView } from "@vigil/core/experiment/wire";
import { OperatorLedgerView } from "@vigil/core/ledger/wire";
import { ModelsView } from "@vigil/core/model/wire";
import { Disagreement } from "@vigil/core/shadow/wire";
import { LoadView } from "@vigil/core/throttle/wire";
import { TraceList } from "@vigil/core/trace/wire";
import * as fixture from "./fixtures.ts";

export const operatorKey = "vgl_opr_0123456789abcdefghijkl";

export type Operated = {
  load: LoadView;
  ledger: OperatorLedgerView;
  deadLetters: DeadLetterView[];
  accounts: OperatedAccount[];
  models: ModelsView;
  experiments: ExperimentView[];
  traces: TraceList;
  disagreements: Disagreement[];
};

const older = { name: "yolov8n", sha256: "a".repeat(64) };
const newer = { name: "efficientdet-lite2", sha256: "b".repeat(64) };

function models(): ModelsView {
  return ModelsView.parse({
    current: newer,
    lastDecision: 1,
    decisions: [
      {
        no: 1,
        kind: "promote",
        model: newer,
        before: older,
        reason: "efficientdet-lite2 is better than yolov8n",
        actor: "operator",
        at: fixture.at(900),
        experiment: null,
      },
    ],
    registered: [
      { ...newer, licence: "Apache-2.0", agreement: "99 % of people", registeredAt: fixture.at(1_000) },
    ],
    inUse: [{ model: newer, workers: 2 }],
  } satisfies ModelsView);
}

function experiment(): ExperimentView {
  const curve = Array.from({ length: 40 }, (_, no) => ({
    labels: no + 1,
    evidence: no * 0.09 - Math.sin(no / 3) / 4,
  }));
  return ExperimentView.parse({
    id: fixture.id("xpr", 1),
    state: "running",
    champion: older,
    challenger: newer,
    marginPoints: 3,
    wins: 31,
    losses: 9,
    ties: 360,
    slices: [
      { name: "day", wins: 29, losses: 4, ties: 300, state: "clear" },
      { name: "night", wins: 2, losses: 5, ties: 60, state: "unseen" },
    ],
    shadowShare: 0.2,
    evidence: curve.at(-1)?.evidence ?? 0,
    evidenceWanted: Math.log(20),
    curve,
    reasons: ["fewer than 100 pairs: night"],
    openedAt: fixture.at(2_000),
    endedAt: null,
  } satisfies ExperimentView);
}

function traces(): TraceList {
  const span = { startedAt: fixture.at(60), failure: null, attributes: { "messaging.system": "aws_sqs" } };
  const [first, second] = ["00f067aa0ba902b7", "00f067aa0ba902b8"];
  return TraceList.parse({
    kept: true,
    collector: "http://127.0.0.1:4318",
    items: [
      {
        id: "4bf92f3577b34da6a3ce929d0e0e4736",
        name: "POST /v1/events",
        startedAt: fixture.at(60),
        milliseconds: 412.5,
        failed: true,
        spans: [
          {
            ...span,
            id: first,
            parentId: null,
            service: "vigil-api",
            name: "POST /v1/events",
            kind: "server",
            startMs: 0,
            milliseconds: 21.25,
          },
          {
            ...span,
            id: second,
            parentId: first,
            service: "vigil-worker",
            name: "process jobs",
            kind: "consumer",
            startMs: 100,
            milliseconds: 312.5,
            failure: "RangeError",
          },
        ],
      },
    ],
  } satisfies TraceList);
}

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
    models: models(),
    traces: traces(),
    experiments: [experiment()],
    disagreements: [
      Disagreement.parse({
        no: 7,
        picture: { url: "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=", expiresAt: fixture.at(-1) },
        a: [{ label: "person", box: [0.1, 0.1, 0.2, 0.5] }],
        b: [],
        kinds: ["person"],
        lookedAt: fixture.at(30),
      } satisfies Disagreement),
    ],
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
