/**
 * Signing in by a code that is mailed: a plugin of the library, which keeps the challenge and makes the sign-in.
 *
 * The library's own plugin keeps one code for an address, so that anybody can use up the owner's tries, or have their code
 * replaced, by knowing the address. Here a code belongs to the browser that asked for it: others have no way to spoil it, and
 * to guess at an address is to guess at codes of one's own asking, of which there are few. Whether the address is somebody's
 * is not looked up before the right code has come, so nothing can tell.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { defaultLanguage, languageOf } from "@vigil/core/language/languages";
import { people as limits } from "@vigil/core/limits";
import { createShortCode, readShortCode } from "@vigil/core/short-code";
import type { AuthContext, BetterAuthPlugin } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import * as z from "zod";
import type { CodeMail } from "./write-code-mail.ts";

type Challenge = { email: string; mac: string; wrong: number; waitUntilMs: number };

export type EmailCodeSettings = {
  /** @throws APIError `TOO_MANY_REQUESTS` when the address was sent as many codes as it may be */
  takeShare: (of: string) => Promise<void>;
  send: (mail: CodeMail) => Promise<void>;
};

const refused = (code: "code-wrong" | "code-spent", message: string) =>
  new APIError("UNAUTHORIZED", { code, message });
const spent = () =>
  refused("code-spent", "ask for a new code: this one was used, mistyped too often, or has ended");

const identifierOf = (secret: string) => `code-${createHash("sha256").update(secret).digest("hex")}`;
const knownMark = (email: string) => createHash("sha256").update(email).digest("base64url");

/** Only together with the browser's secret: a code alone, out of a mail, is worth nothing in another browser. */
function macOf(key: string, secret: string, code: string): Buffer {
  return createHmac("sha256", key).update(`${secret}\n${code}`).digest();
}

export function emailCode({ takeShare, send }: EmailCodeSettings) {
  const ask = createAuthEndpoint(
    "/code",
    { method: "POST", body: z.object({ email: z.string().max(254).pipe(z.email()) }) },
    async (ctx) => {
      const email = ctx.body.email.toLowerCase();
      const { secret: key, internalAdapter, createAuthCookie } = ctx.context;
      const known = createAuthCookie("known");
      // Where an address was signed in before, it has codes of its own: others cannot use them up.
      const isKnown = (await ctx.getSignedCookie(known.name, key)) === knownMark(email);
      await takeShare(`${isKnown ? "known" : "any"} ${email}`);
      const secret = randomBytes(24).toString("base64url");
      const code = createShortCode();
      const challenge = { email, mac: macOf(key, secret, code).toString("hex"), wrong: 0, waitUntilMs: 0 };
      await internalAdapter.createVerificationValue({
        identifier: identifierOf(secret),
        value: JSON.stringify(challenge satisfies Challenge),
        expiresAt: new Date(Date.now() + limits.codeMsMax),
      });
      const { name, attributes } = createAuthCookie("code");
      await ctx.setSignedCookie(name, secret, key, { ...attributes, maxAge: limits.codeMsMax / 1000 });
      const language = languageOf(ctx.headers?.get("accept-language") ?? undefined) ?? defaultLanguage;
      await send({ email, code, id: randomBytes(12).toString("hex"), language });
      return ctx.json({ sent: true });
    },
  );

  const enter = createAuthEndpoint(
    "/code/enter",
    { method: "POST", body: z.object({ code: z.string().max(50) }) },
    async (ctx) => {
      const { secret: key, internalAdapter, createAuthCookie } = ctx.context;
      const cookie = createAuthCookie("code");
      const secret = (await ctx.getSignedCookie(cookie.name, key)) || undefined;
      if (secret === undefined) throw spent();
      const identifier = identifierOf(secret);
      // Of guesses that come at once one gets it; it is put back when it was wrong, and the others find nothing.
      const taken = await internalAdapter.consumeVerificationValue(identifier);
      if (!taken) throw spent();
      const challenge = JSON.parse(taken.value) as Challenge;
      const { email, wrong, waitUntilMs } = challenge;
      const putBack = (change: Partial<Challenge>) =>
        internalAdapter.createVerificationValue({
          identifier,
          value: JSON.stringify({ ...challenge, ...change }),
          expiresAt: taken.expiresAt,
        });
      const waitMs = waitUntilMs - Date.now();
      if (waitMs > 0) {
        await putBack({});
        const seconds = Math.ceil(waitMs / 1000);
        throw new APIError(
          "TOO_MANY_REQUESTS",
          { code: "rate-limited", message: `wait ${seconds} s before the next try` },
          { "Retry-After": String(seconds) },
        );
      }
      const typed = macOf(key, secret, readShortCode(ctx.body.code) ?? "");
      if (!timingSafeEqual(typed, Buffer.from(challenge.mac, "hex"))) {
        if (wrong + 1 >= limits.codeWrongMax) throw spent();
        const isFree = wrong + 1 <= limits.codeWrongFreely;
        await putBack({ wrong: wrong + 1, waitUntilMs: isFree ? 0 : Date.now() + limits.codeWaitMs });
        throw refused("code-wrong", "this is not the code that was sent last to you for this window");
      }
      const person = await findOrCreate(internalAdapter, email);
      const session = await internalAdapter.createSession(person.id);
      await setSessionCookie(ctx, { session, user: person });
      ctx.setCookie(cookie.name, "", { ...cookie.attributes, maxAge: 0 });
      const known = createAuthCookie("known");
      const maxAge = 365 * 24 * 60 * 60;
      await ctx.setSignedCookie(known.name, knownMark(email), key, { ...known.attributes, maxAge });
      return ctx.json({ signedIn: true });
    },
  );

  return { id: "email-code", endpoints: { askForCode: ask, enterCode: enter } } satisfies BetterAuthPlugin;
}

/** The first right code makes the person: there is no other way to become one. */
async function findOrCreate(adapter: AuthContext["internalAdapter"], email: string) {
  const found = await adapter.findUserByEmail(email);
  if (found) return found.user;
  try {
    return await adapter.createUser({ email, emailVerified: true, name: "" }, { method: "email-code" });
  } catch (error) {
    // Another window was first.
    const made = await adapter.findUserByEmail(email);
    if (!made) throw error;
    return made.user;
  }
}
