/** What travels with a request. */
import type { Services } from "@vigil/core/flow";
import type { Principal } from "@vigil/core/key";
import type { Language } from "@vigil/core/language/languages";
import { type Code, problem } from "@vigil/core/problem";
import type { Context } from "hono";
import type { SignInSettings } from "../sign-in-cookie.ts";

/** What problems are called in each language. */
export type ProblemTitles = Readonly<Record<Language, Readonly<Record<Code, string>>>>;

/** What every handler has. Who asks it learns only from the access that its operation declares (`access.ts`). */
export type Env = {
  Variables: {
    services: Services;
    signIn: SignInSettings;
    requestId: string;
    /** Undefined where devices alone are answered: in English. */
    titles: ProblemTitles | undefined;
  };
};

/** What middleware has once a key has been checked. */
export type KeyEnv = {
  Variables: Env["Variables"] & {
    principal: Principal /** What the caller proved itself with. */;
    credential: string;
  };
};

/** The key in the Authorization header. @throws `unauthenticated` */
export function bearer(c: Context): string {
  const [, key] = /^Bearer +(\S+)$/i.exec(c.req.header("authorization") ?? "") ?? [];
  if (!key) throw problem("unauthenticated", "expected the header Authorization: Bearer vgl_…");
  return key;
}
