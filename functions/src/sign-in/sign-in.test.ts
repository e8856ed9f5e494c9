/** Signing in over the real library and a real database, as browsers do. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { people as limits } from "@vigil/core/limits";
import { Client } from "pg";
import { createTestApi, problemOf, type TestApi } from "../../testing/api.ts";
import { createSignInHouse, openAccount, type SignInHouse } from "../../testing/browsers.ts";
import { cookieName } from "../sign-in-cookie.ts";

const wrongCode = "BBBB-BBBB";

describe("signing in with a code", () => {
  let api: TestApi;
  let house: SignInHouse;
  before(async () => {
    api = await createTestApi();
    house = createSignInHouse(api.base, api.app);
  });
  after(async () => {
    await house.close();
    await api.close();
  });

  it("makes a person of whoever has the code, whom the API then knows, until they sign out", async () => {
    const browser = house.browser();
    assert.equal((await browser.call("GET", "/v1/memberships")).status, 401);
    const code = await browser.askCode("Ada@Example.com");
    assert.ok(code);
    const answer = await browser.enterCode(` ${code.toLowerCase().replace("-", " ")} `);
    assert.equal(answer.status, 204);
    assert.equal(await answer.text(), "");
    const cookie = answer.headers.getSetCookie().find((line) => line.startsWith("vigil_browser_"));
    assert.match(cookie ?? "", /; Path=\/; HttpOnly; SameSite=Strict$/i);
    const known = await browser.call("GET", "/v1/memberships");
    const { person, items } = (await known.json()) as { person: { email: string }; items: unknown[] };
    assert.deepEqual([person.email, items], ["ada@example.com", []]);
    assert.equal((await browser.call("POST", "/sign-in/v1/sign-out", { json: {} })).status, 204);
    assert.equal((await browser.call("GET", "/v1/memberships")).status, 401);
  });

  it("mails the code in the language that the browser asks for, and in English where that is none of ours", async () => {
    for (const [asked, said, tag] of [
      ["de-AT,de;q=0.9,en;q=0.5", "ist Ihr Code für Vigil", "de"],
      ["fr", "is your code for Vigil", "en"],
    ] as const) {
      const json = { email: `${tag}@example.com` };
      await house
        .browser(`192.0.2.7${tag.length}`)
        .call("POST", "/sign-in/v1/code", { json, language: asked });
      const mail = house.mails.at(-1);
      assert.equal(mail?.to, json.email);
      assert.match(mail.subject, new RegExp(said));
      assert.match(mail.html, new RegExp(`<html lang="${tag}">`));
    }
  });

  it("keeps a cookie over TLS for this host alone", () => {
    assert.equal(cookieName("https://vigil.example.com"), "__Host-vigil_browser");
    assert.equal(cookieName("http://localhost:5173"), "vigil_browser_5173");
  });

  it("is the same person in the next browser, and another for another address", async () => {
    const personIn = async (email: string) => {
      const browser = house.browser();
      await browser.signIn(email);
      const { person } = (await (await browser.call("GET", "/v1/memberships")).json()) as {
        person: { id: string };
      };
      return person.id;
    };
    assert.equal(await personIn("bea@example.com"), await personIn("BEA@example.com"));
    assert.notEqual(await personIn("bea@example.com"), await personIn("cleo@example.com"));
  });

  it("takes a code once, and in the window alone in which it was asked for", async () => {
    const asked = house.browser();
    const code = (await asked.askCode("once@example.com")) ?? "";
    const other = house.browser();
    await other.askCode("other@example.com");
    assert.equal((await problemOf(await other.enterCode(code))).code, "code-wrong");
    assert.equal((await asked.enterCode(code)).status, 204);
    assert.equal((await problemOf(await asked.enterCode(code))).code, "code-spent");
  });

  it("slows wrong codes, then locks, and takes the right one no longer", async () => {
    const browser = house.browser();
    const code = (await browser.askCode("slow@example.com")) ?? "";
    const statuses: number[] = [];
    for (let guess = 0; guess < limits.codeWrongMax + 2; guess += 1) {
      const answer = await browser.enterCode(wrongCode);
      statuses.push(answer.status);
      if (answer.status !== 429) continue;
      assert.ok(Number(answer.headers.get("retry-after")) >= 1);
      // As if the wait were over.
      await api.base.owner`update sign_in_challenge set value = (value::jsonb || '{"waitUntilMs":0}')::text`;
    }
    assert.deepEqual(statuses, [401, 401, 401, 429, 401, 429, 401]);
    assert.equal((await problemOf(await browser.enterCode(code))).code, "code-spent");
  });

  it("lets one of many guesses at once be compared, so that a race wins nothing", async () => {
    const browser = house.browser();
    await browser.askCode("race@example.com");
    const answers = await Promise.all(Array.from({ length: 8 }, () => browser.enterCode(wrongCode)));
    const codes = await Promise.all(answers.map(async (answer) => (await problemOf(answer)).code));
    assert.ok(
      codes.filter((code) => code === "code-wrong").length <= limits.codeWrongFreely + 1,
      String(codes),
    );
  });

  it("sends an address so many codes an hour, and its own browser as many besides", async () => {
    const email = "flooded@example.com";
    const home = house.browser("192.0.2.50");
    await home.signIn(email);
    let sent = 0;
    for (let network = 1; network <= limits.codesPerAddressMax + 3; network += 1) {
      const stranger = house.browser(`198.51.100.${network}`);
      if ((await stranger.askCode(email)) !== undefined) sent += 1;
    }
    assert.equal(sent, limits.codesPerAddressMax - 1, "one was the owner's");
    await home.call("POST", "/sign-in/v1/sign-out", { json: {} });
    await home.signIn(email);
    assert.equal((await home.call("GET", "/v1/memberships")).status, 200);
  });

  it("offers nothing else of the library, and takes no order from a page of another origin", async () => {
    const browser = house.browser();
    await browser.signIn("origin@example.com");
    for (const path of [
      "/sign-up/email",
      "/update-user",
      "/delete-user",
      "/list-sessions",
      "/ok",
      "/error",
    ]) {
      assert.equal((await browser.call("POST", `/sign-in/v1${path}`, { json: {} })).status, 404, path);
    }
    for (const origin of ["http://evil.test", "null", null]) {
      const options = { json: {}, origin };
      assert.equal((await browser.call("POST", "/sign-in/v1/sign-out", options)).status, 403, String(origin));
      const json = { name: "A", siteName: "B", timeZone: "Europe/London", memberName: "C" };
      const opened = await browser.call("POST", "/v1/accounts", { json, origin });
      assert.equal(opened.status, 403, String(origin));
    }
    await openAccount(browser, "Origin");
    const reads = await browser.call("GET", "/v1/account", { origin: null });
    assert.equal(reads.status, 200);
  });

  it("gives its role in the database no right but on its own tables", async () => {
    const client = new Client({ connectionString: api.base.signInUrl });
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string }>(
        "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1",
      );
      const others = rows.map(({ name }) => name).filter((name) => !name.startsWith("sign_in_"));
      assert.ok(others.length > 20);
      for (const name of others) {
        await assert.rejects(client.query(`select 1 from ${name}`), /permission denied/, name);
      }
      const doors = await client.query<{ name: string; may: boolean }>(
        "select oid::regprocedure::text as name, has_function_privilege(oid, 'execute') as may from pg_proc where pronamespace = 'public'::regnamespace",
      );
      assert.deepEqual(
        doors.rows.filter(({ may }) => may),
        [],
      );
    } finally {
      await client.end();
    }
    for (const table of ["person", "browser", "passkey", "challenge", "rate"]) {
      const name = `sign_in_${table}`;
      await assert.rejects(api.base.database.pool.query(`select 1 from ${name}`), /permission denied/, name);
    }
  });
});
