/** Members, invitations, tokens and the audit list: happy, refused, and another account's. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { connect } from "@vigil/core/db";
import { people as limits } from "@vigil/core/limits";
import { createTestServices } from "../../../../packages/core/testing/services.ts";
import { createTestApi, problemOf, signIn, type TestApi } from "../../../testing/api.ts";
import { type Browser, createSignInHouse, openAccount, type SignInHouse } from "../../../testing/browsers.ts";
import { createApp } from "../../app.ts";

type Named = { id: string; name: string; role: string };

describe("people of an account", () => {
  let api: TestApi;
  let house: SignInHouse;
  /** The same API in another process, as far as anything that it knows goes. */
  let elsewhere: ReturnType<typeof createApp>;
  let closeElsewhere: () => Promise<void>;
  let people = 0;
  before(async () => {
    api = await createTestApi();
    house = createSignInHouse(api.base, api.app);
    const database = connect(api.base.appUrl, { connectionsMax: 4 });
    elsewhere = createApp(createTestServices({ ...api.base, database }, api.services.clock), { signIn });
    closeElsewhere = () => database.close();
  });
  after(async () => {
    await closeElsewhere();
    await house.close();
    await api.close();
  });

  async function somebody(): Promise<Browser> {
    people += 1;
    const browser = house.browser(`203.0.113.${people}`);
    await browser.signIn(`person${people}@example.com`);
    return browser;
  }

  async function ownerOf(name: string): Promise<{ owner: Browser; accountId: string; memberId: string }> {
    const owner = await somebody();
    return { owner, ...(await openAccount(owner, name)) };
  }

  /** @returns the token of a link */
  async function inviteAs({ call }: Browser, role: string): Promise<string> {
    const answer = await call("POST", "/v1/invitations", { json: { role } });
    assert.equal(answer.status, 201, await answer.clone().text());
    return new URL(((await answer.json()) as { link: string }).link).hash.slice(1);
  }

  const acceptAs = ({ call }: Browser, token: string, name = "Guest") =>
    call("POST", "/v1/invitations/accepted", { json: { token, name } });

  async function joined(owner: Browser, role: string): Promise<{ guest: Browser; memberId: string }> {
    const guest = await somebody();
    const answer = await acceptAs(guest, await inviteAs(owner, role));
    assert.equal(answer.status, 201, await answer.clone().text());
    return { guest, memberId: ((await answer.json()) as { memberId: string }).memberId };
  }

  const membersSeenBy = async ({ call }: Browser) =>
    ((await (await call("GET", "/v1/members")).json()) as { items: Named[] }).items;

  it("opens an account of tier lite with its first site, of which whoever opened it is the owner", async () => {
    const { owner, accountId, memberId } = await ownerOf("Harbour Street");
    const account = (await (await owner.call("GET", "/v1/account")).json()) as {
      id: string;
      tier: string;
      timeZone: string;
      sites: { name: string }[];
    };
    assert.deepEqual([account.id, account.tier, account.timeZone], [accountId, "lite", "Europe/London"]);
    assert.deepEqual(
      account.sites.map(({ name }) => name),
      ["Home"],
    );
    const [member] = await membersSeenBy(owner);
    assert.deepEqual([member?.id, member?.role], [memberId, "owner"]);
    const wrong = { name: "A", siteName: "B", timeZone: "Europe/Londn", memberName: "C" };
    assert.equal((await owner.call("POST", "/v1/accounts", { json: wrong })).status, 400);
  });

  it("asks a person of several accounts which one is meant, and shows them no other", async () => {
    const { owner, accountId } = await ownerOf("First");
    const second = await openAccount(owner, "Second");
    const { accountId: foreign } = await ownerOf("Foreign");
    assert.equal((await problemOf(await owner.call("GET", "/v1/account"))).code, "account-not-chosen");
    for (const account of [accountId, second.accountId]) {
      const { id } = (await (await owner.call("GET", "/v1/account", { account })).json()) as { id: string };
      assert.equal(id, account);
    }
    assert.equal((await owner.call("GET", "/v1/account", { account: foreign })).status, 403);
  });

  it("tells a person things in the language that they chose, in all of their accounts and browsers", async () => {
    const { owner } = await ownerOf("Sprache");
    const chosenBy = async ({ call }: Browser) =>
      ((await (await call("GET", "/v1/memberships")).json()) as { person: { language: string | null } })
        .person.language;
    const choose = (language: unknown) => owner.call("PATCH", "/v1/person", { json: { language } });
    assert.equal(await chosenBy(owner), null);
    const answer = await choose("de");
    assert.deepEqual([answer.status, ((await answer.json()) as { language: string }).language], [200, "de"]);
    assert.equal(await chosenBy(owner), "de");
    assert.equal(await chosenBy(await somebody()), null, "and nobody else");
    for (const wrong of ["fr", "DE", "", 1, undefined]) assert.equal((await choose(wrong)).status, 400);
    assert.equal(await chosenBy(owner), "de");
    assert.equal((await choose(null)).status, 200);
    assert.equal(await chosenBy(owner), null);
    const elsewhereAsked = { json: { language: "de" }, origin: "https://elsewhere.example" };
    assert.equal((await owner.call("PATCH", "/v1/person", elsewhereAsked)).status, 403);
  });

  describe("invitations", () => {
    it("make one person a member, once, in the role that was offered", async () => {
      const { owner } = await ownerOf("Inviting");
      const token = await inviteAs(owner, "viewer");
      const guest = await somebody();
      const shown = await guest.call("POST", "/v1/invitations/shown", { json: { token } });
      const { accountName, role, invitedBy } = (await shown.json()) as Record<string, string>;
      assert.deepEqual([accountName, role, invitedBy], ["Inviting", "viewer", "Owner of Inviting"]);
      assert.equal((await acceptAs(guest, token, "Grace")).status, 201);
      assert.deepEqual(
        (await membersSeenBy(guest)).map(({ name, role: as }) => `${name} ${as}`),
        ["Owner of Inviting owner", "Grace viewer"],
      );
      assert.equal((await acceptAs(await somebody(), token)).status, 404);
      assert.equal((await guest.call("POST", "/v1/invitations", { json: { role: "owner" } })).status, 403);
    });

    it("are taken by one of many who try at once", async () => {
      const { owner } = await ownerOf("Race");
      const token = await inviteAs(owner, "member");
      const guests = await Promise.all(Array.from({ length: 4 }, somebody));
      const statuses = await Promise.all(guests.map(async (guest) => (await acceptAs(guest, token)).status));
      assert.deepEqual(
        statuses.toSorted((a, b) => a - b),
        [201, 404, 404, 404],
      );
    });

    it("are worth nothing changed, taken back, ended, or once whoever made them is no owner", async () => {
      const { owner } = await ownerOf("Careful");
      const guest = await somebody();
      const token = await inviteAs(owner, "member");
      for (const wrong of ["", "x", `${token}x`, token.slice(0, -1), token.replace("acc_", "acc_0")]) {
        const status = (await acceptAs(guest, wrong)).status;
        assert.ok(status === 404 || (wrong === "" && status === 400), `${wrong}: ${status}`);
      }
      const { items } = (await (await owner.call("GET", "/v1/invitations")).json()) as { items: Named[] };
      assert.equal((await owner.call("DELETE", `/v1/invitations/${items[0]?.id}`)).status, 204);
      assert.equal((await acceptAs(guest, token)).status, 404);
      const late = await inviteAs(owner, "member");
      api.services.clock.advance(limits.invitationMsMax + 1);
      assert.equal((await acceptAs(guest, late)).status, 404);
      const { guest: second, memberId } = await joined(owner, "owner");
      const theirs = await inviteAs(second, "member");
      assert.equal((await owner.call("DELETE", `/v1/members/${memberId}`)).status, 204);
      assert.equal((await acceptAs(guest, theirs)).status, 404);
      assert.equal(
        (await problemOf(await acceptAs(owner, await inviteAs(owner, "viewer")))).code,
        "already-member",
      );
    });
  });

  describe("members", () => {
    it("are handed the account, and the last owner stays", async () => {
      const { owner, memberId } = await ownerOf("Handing over");
      const refusedAs = async (answer: Response) => (await problemOf(answer)).code;
      assert.equal(await refusedAs(await owner.call("DELETE", "/v1/membership")), "last-owner");
      const down = { json: { role: "viewer" } };
      assert.equal(await refusedAs(await owner.call("PATCH", `/v1/members/${memberId}`, down)), "last-owner");
      const { guest, memberId: heir } = await joined(owner, "member");
      assert.equal((await guest.call("PATCH", `/v1/members/${memberId}`, down)).status, 403);
      const up = { json: { role: "owner" } };
      assert.equal((await owner.call("PATCH", `/v1/members/${heir}`, up)).status, 200);
      assert.equal((await owner.call("DELETE", "/v1/membership")).status, 204);
      assert.equal((await owner.call("GET", "/v1/members")).status, 403);
      assert.deepEqual(
        (await membersSeenBy(guest)).map(({ id }) => id),
        [heir],
      );
    });

    it("who were removed find cookie, token and invitation refused at once, by another process too", async () => {
      const { owner } = await ownerOf("Removing");
      const { guest, memberId } = await joined(owner, "owner");
      const made = await guest.call("POST", "/v1/tokens", { json: { name: "Script", days: 1 } });
      const { key } = (await made.json()) as { key: string };
      const link = await inviteAs(guest, "viewer");
      const asks = async () => {
        const token = await elsewhere.request("/v1/account", { headers: { authorization: `Bearer ${key}` } });
        const cookie = await guest.call("GET", "/v1/account", { api: elsewhere });
        return [cookie.status, token.status];
      };
      assert.deepEqual(await asks(), [200, 200]);
      assert.equal((await owner.call("DELETE", `/v1/members/${memberId}`)).status, 204);
      assert.deepEqual(await asks(), [403, 401], "nothing anywhere answers from what it remembers");
      const stranger = await somebody();
      const json = { token: link, name: "Late" };
      const late = await stranger.call("POST", "/v1/invitations/accepted", { json, api: elsewhere });
      assert.equal(late.status, 404);
    });
  });

  describe("tokens", () => {
    it("have a name and an end, are listed, and are revoked at once", async () => {
      const { owner, accountId } = await ownerOf("Tokens");
      const { guest } = await joined(owner, "member");
      const issue = async (browser: Browser, name: string, days: number) => {
        const answer = await browser.call("POST", "/v1/tokens", { json: { name, days } });
        assert.equal(answer.headers.get("cache-control"), "no-store");
        return (await answer.json()) as { id: string; key: string; expiresAt: string };
      };
      const mine = await issue(owner, "Backup", 7);
      const theirs = await issue(guest, "Phone", 1);
      const names = async (browser: Browser) =>
        ((await (await browser.call("GET", "/v1/tokens")).json()) as { items: Named[] }).items.map(
          ({ name }) => name,
        );
      assert.deepEqual(await names(guest), ["Phone"]);
      assert.deepEqual(await names(owner), ["Phone", "Backup"]);
      assert.equal((await api.call("GET", "/v1/members", { key: theirs.key })).status, 200);
      const minting = {
        key: mine.key,
        json: { name: "Child", days: 1 },
        headers: { "idempotency-key": "k" },
      };
      assert.equal((await api.call("POST", "/v1/tokens", minting)).status, 403, "a token makes no token");
      assert.equal((await guest.call("DELETE", `/v1/tokens/${mine.id}`)).status, 404);
      assert.equal((await owner.call("DELETE", `/v1/tokens/${theirs.id}`)).status, 204);
      assert.equal((await api.call("GET", "/v1/members", { key: theirs.key })).status, 401);
      await api.base
        .owner`update api_key set expires_at = now() where account_id = ${accountId} and name = 'Backup'`;
      assert.equal((await api.call("GET", "/v1/members", { key: mine.key })).status, 401);
    });
  });

  it("read in the audit list who did what, and nothing of another account", async () => {
    const { owner } = await ownerOf("Audited");
    const { guest, memberId } = await joined(owner, "member");
    const { guest: viewer } = await joined(owner, "viewer");
    const answer = await guest.call("GET", "/v1/audit?limit=3");
    const { items, nextCursor } = (await answer.json()) as {
      items: { action: string; actorName: string }[];
      nextCursor: string;
    };
    assert.deepEqual(
      items.map(({ action, actorName }) => `${actorName}: ${action}`),
      ["Guest: member.joined", "Owner of Audited: invitation.created", "Guest: member.joined"],
    );
    const rest = await guest.call("GET", `/v1/audit?cursor=${nextCursor}`);
    const actions = ((await rest.json()) as { items: { action: string }[] }).items.map(
      ({ action }) => action,
    );
    assert.deepEqual(actions, ["invitation.created", "account.opened"]);
    assert.equal((await viewer.call("GET", "/v1/audit")).status, 403);
    assert.ok(memberId);
  });
});
