/** Today's API while the tables of today are being made: each request is done, or is answered with when to come back. */
import { execFile } from "node:child_process";
import { randomBytes, randomUUID } from "node:crypto";
import { promisify } from "node:util";
import { connect, openSql, raw } from "@vigil/core/db";
import type { Seeded } from "@vigil/core/seed";
import { createApp } from "../../functions/src/app.ts";
import { signIn } from "../../functions/testing/api.ts";
import { createTestDatabase } from "../../packages/core/testing/database.ts";
import { createTestServices, movableClock } from "../../packages/core/testing/services.ts";
import { terminal } from "../../scripts/terminal.ts";
import { applyMigrations, migrationTags } from "./apply-migrations.ts";
import { releasedThrough } from "./released.ts";

type Asked = { method: "GET" | "POST"; path: string; as: "device" | "member" | "operator"; json?: object };

const asked = (): Asked[] => [
  {
    method: "POST",
    path: "/v1/events",
    as: "device",
    json: { id: randomUUID(), type: "motion", occurredAt: new Date().toISOString() },
  },
  { method: "GET", path: "/v1/events", as: "member" },
  { method: "GET", path: "/v1/digests", as: "member" },
  { method: "GET", path: "/v1/account", as: "member" },
  { method: "GET", path: "/v1/endpoints", as: "member" },
  { method: "GET", path: "/operator/v1/ledger", as: "operator" },
];

/**
 * On one database that is brought from the tables of the release before to today's, a migration at a time.
 * @param release where the sources of the release before are
 * @throws naming what was answered otherwise
 */
export async function answerHalfway(release: string): Promise<void> {
  const tags = await migrationTags();
  const released = tags.indexOf(releasedThrough) + 1;
  // Makes the roles, too, which belong to the server.
  const base = await createTestDatabase([]);
  const name = `halfway_${randomBytes(6).toString("hex")}`;
  await base.owner`create database ${raw(name)}`;
  const at = (url: string) => Object.assign(new URL(url), { pathname: name }).href;
  const owner = openSql(at(base.ownerUrl), { connectionsMax: 1 });
  const database = connect(at(base.appUrl), { connectionsMax: 4 });
  try {
    await applyMigrations(owner, tags.slice(0, released));
    const seeded = await seedAs(release, at(base.ownerUrl));
    const app = createApp(createTestServices({ database }, movableClock(new Date())), { signIn });
    for (const [index, tag] of ["", ...tags.slice(released)].entries()) {
      if (tag !== "") await applyMigrations(owner, [tag]);
      tell(tags[released + index - 1] ?? "", await answersOf(app, seeded), index === tags.length - released);
    }
  } finally {
    await Promise.all([owner.end(), database.close()]);
    await base.owner`drop database if exists ${raw(name)} with (force)`;
    await base.close();
  }
}

type Answer = { what: string; status: number; retryAfter: string | null };

/** @param isWhole whether all of today's tables are there */
function tell(through: string, answers: readonly Answer[], isWhole: boolean): void {
  const undone = answers.filter(({ status }) => status >= 400);
  const wrong = undone.filter(({ status, retryAfter }) => isWhole || status !== 503 || retryAfter === null);
  if (wrong.length > 0) throw new Error(`through ${through}: ${JSON.stringify(wrong)}`);
  const done = answers.length - undone.length;
  terminal.line(
    `  through ${through}: ${done} of ${answers.length} requests done, the others answered 503 with Retry-After`,
  );
}

async function answersOf(
  app: ReturnType<typeof createApp>,
  { accounts, operatorToken }: Seeded,
): Promise<Answer[]> {
  const account = accounts.find(({ tier }) => tier === "pro");
  const keys = { device: account?.deviceKey, member: account?.memberToken, operator: operatorToken };
  return Promise.all(
    asked().map(async ({ method, path, as, json }) => {
      const answer = await app.request(path, {
        method,
        headers: { authorization: `Bearer ${keys[as]}`, "content-type": "application/json" },
        ...(json ? { body: JSON.stringify(json) } : {}),
      });
      return {
        what: `${method} ${path}`,
        status: answer.status,
        retryAfter: answer.headers.get("retry-after"),
      };
    }),
  );
}

/** Accounts as the release before made them. */
async function seedAs(release: string, ownerUrl: string): Promise<Seeded> {
  const program = `import { seed } from ${JSON.stringify(`${release}/packages/core/src/seed/index.ts`)};
    process.stdout.write(JSON.stringify(await seed({ ownerUrl: process.argv[1] })));`;
  const args = ["--input-type=module", "--eval", program, ownerUrl];
  return JSON.parse((await promisify(execFile)(process.execPath, args, { cwd: release })).stdout) as Seeded;
}
