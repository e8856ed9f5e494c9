/**
 * The cookie of a browser in which somebody is signed in. Sign-in sets it, the API reads it: what it is called and how it is
 * kept is decided here alone.
 */
import type { Context } from "hono";
import { getSignedCookie } from "hono/cookie";

/**
 * `__Host-`: of this origin alone, over TLS alone, for no domain above. Over plain HTTP, which the local stack speaks on the
 * loopback interface, browsers refuse such names; there, where cookies are shared by all ports, the port is in the name.
 * @param origin of the console: `https://vigil.example.com`
 */
export function cookieName(origin: string, of: "browser" | "code" | "passkey" | "known" = "browser"): string {
  const { protocol, port } = new URL(origin);
  return protocol === "https:" ? `__Host-vigil_${of}` : `vigil_${of}_${port}`;
}

export function cookieAttributes(origin: string) {
  return {
    httpOnly: true,
    path: "/",
    // Pages of other sites may link here, and their requests carry nothing.
    sameSite: "strict",
    secure: new URL(origin).protocol === "https:",
  } as const;
}

export type SignInSettings = { origin: string; secret: string };

/** The token of the browser; undefined when there is none that sign-in has signed. */
export async function browserToken(
  c: Context,
  { origin, secret }: SignInSettings,
): Promise<string | undefined> {
  const token = await getSignedCookie(c, secret, cookieName(origin));
  return token === false ? undefined : token;
}

/** Whether a page of this very origin asks. Browsers say so with every request that changes something. */
export function isSameOrigin(c: Context, { origin }: SignInSettings): boolean {
  return c.req.header("origin") === new URL(origin).origin;
}
