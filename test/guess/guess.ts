/**
 * `npm run people:guess`: 10,000 guesses each at the codes of sign-in and of enrolment, from many addresses and accounts, over
 * the real library, API and database. Ends with 1 when one succeeds, when the true owner is kept out, or when an answer tells
 * whether an address is somebody's.
 */
import "../../scripts/help.ts";
import { randomInt, randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import * as Id from "@vigil/core/id";
import * as Key from "@vigil/core/key";
import { createShortCode } from "@vigil/core/short-code";
import { createTestApi, problemOf, type TestApi } from "../../functions/testing/api.ts";
import { createSignInHouse, type SignInHouse } from "../../functions/testing/browsers.ts";
import { startTestServer } from "../../scripts/test-server.ts";
import { compareDistributions } from "./compare-distributions.ts";

const guesses = 10_000;
const addresses = 1_000;
const accounts = 100;
const waiting = 50;
const asksCompared = 300;

const say = (text: string) => process.stdout.write(`${text}\n`);
const faults: string[] = [];
const expect = (isSo: boolean, what: string) => {
  say(`${isSo ? "ok   " : "FAULT"} ${what}`);
  if (!isSo) faults.push(what);
};

function addressOf(number: number): string {
  return `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
}

async function guessSignIn(house: SignInHouse): Promise<void> {
  const owner = "owner@example.com";
  const home = house.browser("192.0.2.1");
  await home.signIn(owner);
  const answers = new Map<string, number>();
  let mailed = 0;
  for (let number = 0; number < addresses; number += 1) {
    const stranger = house.browser(addressOf(number));
    if ((await stranger.askCode(owner)) !== undefined) mailed += 1;
    for (let guess = 0; guess < guesses / addresses; guess += 1) {
      const answer = await stranger.enterCode(createShortCode());
      const said = answer.status === 204 ? "signed in" : (await problemOf(answer)).code;
      answers.set(said, (answers.get(said) ?? 0) + 1);
    }
  }
  say(`sign-in: ${mailed} codes were mailed; ${told(answers)}`);
  expect(!answers.has("signed in"), `none of ${guesses} guesses from ${addresses} addresses signs in`);
  await home.call("POST", "/sign-in/v1/sign-out", { json: {} });
  await home.signIn(owner);
  const back = await home.call("GET", "/v1/memberships");
  expect(back.status === 200, "the owner of the address gets in from their own browser meanwhile");
}

async function guessEnrolment(api: TestApi): Promise<void> {
  const askOne = async (number: number) => {
    const headers = { "x-test-address": addressOf(number) };
    const answer = await api.call("POST", "/v1/enrolments", { json: { name: "Camera" }, headers });
    return (await answer.json()) as { userCode: string; deviceCode: string };
  };
  const devices = await Promise.all(Array.from({ length: waiting }, (_, number) => askOne(number)));
  const keys = await Promise.all(Array.from({ length: accounts }, () => plantOwner(api)));
  const answers = new Map<string, number>();
  for (let guess = 0; guess < guesses; guess += 1) {
    const key = keys[guess % accounts] ?? "";
    const json = { userCode: createShortCode() };
    const answer = await api.call("POST", "/v1/enrolments/shown", { key, json });
    const said = answer.status === 200 ? "found" : (await problemOf(answer)).code;
    answers.set(said, (answers.get(said) ?? 0) + 1);
  }
  say(`enrolment: ${waiting} devices wait, ${accounts} accounts guess; ${told(answers)}`);
  expect(!answers.has("found"), `none of ${guesses} guesses finds a device`);
  const { memberToken: key, siteId } = api.account("pro");
  const [device] = devices;
  const headers = { "idempotency-key": randomUUID() };
  const json = { userCode: device?.userCode, name: "Ours", siteId };
  const granted = await api.call("POST", "/v1/enrolments/granted", { key, json, headers });
  expect(granted.status === 201, "the true owner lets their device in meanwhile");
  const polled = await api.call("POST", "/v1/enrolments/key", { json: { deviceCode: device?.deviceCode } });
  expect(polled.status === 201, "which gets its key");
  const guessed = new Map<string, number>();
  for (let guess = 0; guess < 1_000; guess += 1) {
    const deviceCode = Buffer.from(Array.from({ length: 32 }, () => randomInt(256))).toString("base64url");
    const answer = await api.call("POST", "/v1/enrolments/key", { json: { deviceCode } });
    guessed.set(String(answer.status), (guessed.get(String(answer.status)) ?? 0) + 1);
  }
  expect(guessed.size === 1 && guessed.has("400"), `and nobody gets another's by its code: ${told(guessed)}`);
}

/** An account with an owner's key. */
async function plantOwner(api: TestApi): Promise<string> {
  const { owner } = api.base;
  const [accountId, memberId, key] = [Id.create("account"), Id.create("member"), Key.generate("member")];
  await owner`insert into account (id, name, tier, time_zone) values (${accountId}, 'Guesser', 'lite', 'UTC')`;
  await owner`insert into member (id, account_id, name, role) values (${memberId}, ${accountId}, 'G', 'owner')`;
  await owner`insert into api_key (id, account_id, kind, subject_id, hash)
    values (${Id.create("key")}, ${accountId}, 'member', ${memberId}, ${Buffer.from(Key.hash(key))})`;
  return key;
}

/** Whether an address is somebody's cannot be told from status, body or time. */
async function askForAddresses(house: SignInHouse): Promise<void> {
  const known = Array.from({ length: asksCompared }, (_, number) => `known${number}@example.com`);
  for (const [number, email] of known.entries()) {
    await house.browser(addressOf(70_000 + number)).signIn(email);
  }
  const asked = { known: [] as number[], unknown: [] as number[] };
  const said = new Set<string>();
  for (const [number, email] of known.entries()) {
    // By turns, so that what else the machine does meets both alike.
    for (const [kind, address] of [
      ["known", email],
      ["unknown", `nobody${number}@example.com`],
    ] as const) {
      const browser = house.browser(addressOf(80_000 + 2 * number + (kind === "known" ? 0 : 1)));
      const from = performance.now();
      const answer = await browser.call("POST", "/sign-in/v1/code", { json: { email: address } });
      asked[kind].push(performance.now() - from);
      said.add(`${answer.status} ${await answer.text()}`);
    }
  }
  const { medians, chance } = compareDistributions(asked.known, asked.unknown);
  say(
    `time: medians ${medians.map((ms) => ms.toFixed(2)).join(" and ")} ms; chance of a difference this large by itself ${chance.toFixed(3)}`,
  );
  expect(said.size === 1, `status and body are the same: ${[...said].join(", ")}`);
  expect(chance > 0.001, "time does not tell a known address from an unknown one");
}

const told = (answers: Map<string, number>) =>
  [...answers].map(([what, times]) => `${what} ${times}`).join(", ");

await using server = await startTestServer();
process.env["TEST_DATABASE_URL"] = server.url;
const api = await createTestApi();
const house = createSignInHouse(api.base, api.app);
try {
  await guessSignIn(house);
  await guessEnrolment(api);
  await askForAddresses(house);
} finally {
  await house.close();
  await api.close();
}
process.exitCode = faults.length === 0 ? 0 : 1;
