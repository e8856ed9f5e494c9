/** Browsers of people: each keeps its cookies, and asks sign-in and the API of one test as pages of the console do. */
import { randomUUID } from "node:crypto";
import type { Mail } from "@vigil/core/platform/mail";
import { drizzle } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import type { TestDatabase } from "../../packages/core/testing/database.ts";
import { signInPath } from "../src/one-origin.ts";
import { createSignInApp } from "../src/sign-in/app.ts";
import { createLibrary } from "../src/sign-in/library.ts";
import { addressHeader, signIn } from "./api.ts";

type App = { request(path: string, init: RequestInit): Response | Promise<Response> };

export type Browser = {
  cookies: Map<string, string>;
  call: (method: string, path: string, options?: CallOptions) => Promise<Response>;
  /** Asks for a code. @returns the code out of the mail; undefined when none was sent */
  askCode(email: string): Promise<string | undefined>;
  enterCode(code: string): Promise<Response>;
  /** Both. */
  signIn(email: string): Promise<void>;
};

type CallOptions = {
  json?: unknown;
  account?: string;
  origin?: string | null;
  api?: App;
  /** Accept-Language. */
  language?: string;
};

export type SignInHouse = {
  mails: Mail[];
  /** @param address of the network, which sign-in tells it by */
  browser(address?: string): Browser;
  close(): Promise<void>;
};

export function createSignInHouse(base: TestDatabase, api: App): SignInHouse {
  const pool = new Pool({ connectionString: base.signInUrl, max: 8 });
  const mails: Mail[] = [];
  const faults: unknown[] = [];
  const library = createLibrary({
    database: drizzle({ client: pool }),
    ...signIn,
    mailer: {
      send: async (mail) => void mails.push(mail),
      close: () => undefined,
    },
    log: (_level, message, details) => void faults.push(new Error(message, { cause: details })),
  });
  const app = createSignInApp({
    library,
    origin: signIn.origin,
    viewerOf: (c) => c.req.header(addressHeader),
    log: { error: ({ err }) => void faults.push(err) },
  });

  function browser(address = "192.0.2.1"): Browser {
    const cookies = new Map<string, string>();
    async function call(
      method: string,
      path: string,
      { json, account, origin = signIn.origin, api: other = api, language }: CallOptions = {},
    ): Promise<Response> {
      const headers = {
        [addressHeader]: address,
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "),
        ...(method === "GET" || origin === null ? {} : { origin }),
        ...(method === "POST" ? { "idempotency-key": randomUUID() } : {}),
        ...(account === undefined ? {} : { "vigil-account": account }),
        ...(language === undefined ? {} : { "accept-language": language }),
        ...(json === undefined ? {} : { "content-type": "application/json" }),
      };
      const to = path.startsWith(signInPath) ? app : other;
      const answer = await to.request(`${signIn.origin}${path}`, {
        method,
        headers,
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      });
      if (answer.status >= 500) throw new Error(`${method} ${path} failed`, { cause: faults.shift() });
      for (const line of answer.headers.getSetCookie()) {
        const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === "" || /max-age=0/i.test(line)) cookies.delete(name);
        else cookies.set(name, value);
      }
      return answer;
    }
    const self: Browser = {
      cookies,
      call,
      async askCode(email) {
        const before = mails.length;
        await call("POST", `${signInPath}/code`, { json: { email } });
        const mail = mails.slice(before).find(({ to }) => to === email.toLowerCase());
        return /[A-Z]{4}-[A-Z]{4}/.exec(mail?.text ?? "")?.[0];
      },
      enterCode: (code) => call("POST", `${signInPath}/code/enter`, { json: { code } }),
      async signIn(email) {
        const answer = await self.enterCode((await self.askCode(email)) ?? "none");
        if (answer.status !== 204) throw new Error(`${answer.status} ${await answer.text()}`);
      },
    };
    return self;
  }

  return { mails, browser, close: () => pool.end() };
}

/** Opens an account as whoever is signed in. @returns its id and the member's */
export async function openAccount(
  { call }: Browser,
  name: string,
): Promise<{ accountId: string; memberId: string }> {
  const json = { name, siteName: "Home", timeZone: "Europe/London", memberName: `Owner of ${name}` };
  const answer = await call("POST", "/v1/accounts", { json });
  if (answer.status !== 201) throw new Error(`${answer.status} ${await answer.text()}`);
  const { account, memberId } = (await answer.json()) as { account: { id: string }; memberId: string };
  return { accountId: account.id, memberId };
}
