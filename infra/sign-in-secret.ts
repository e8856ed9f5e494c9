/** What cookies of sign-in are signed with, known to sign-in, which sets them, and to the API, which reads them. */
import { createHash } from "node:crypto";

/** `npx sst secret set SignInSecret "$(openssl rand -hex 32)"`. Changing it signs everybody out. */
export const signInSecret = new sst.Secret("SignInSecret");

/** By which sign-in knows the router in front, whose word on who asks it believes: made of the secret, and not the secret. */
export const routerKey = signInSecret.value.apply((secret) =>
  createHash("sha256").update(`router ${secret}`).digest("hex"),
);
