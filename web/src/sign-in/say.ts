/** The way in. */
import { mark } from "../words/mark.ts";
import { spoken } from "../words/spoken.ts";

export const say = spoken("sign-in", {
  language: "Language",
  lead: "What your cameras saw, in a few calm sentences.",
  byToken: "Use a member token instead",
  byEmail: "Sign in by e-mail instead",
  email: "E-mail address",
  youGetACode: "You get a code to sign in with. If you are new here, this is how you begin.",
  sendCode: "Send me a code",
  withPasskey: "Use a passkey",
  onItsWay: (email: string) => `A code is on its way to ${mark(email)}.`,
  readLocalMail: "Read the mail of this local stack",
  code: "Code",
  anotherAddress: "Another address, or a new code",
  token: "Member token",
  tokenStays: "It stays in this tab and is forgotten when you close it.",
  pasteFirst: "Paste a member token first.",
  isDeviceKey: "This is a device’s key. The console needs a member token, which begins with vgl_mem_.",
  isOtherKey:
    "This key belongs to a worker or an operator. The console needs a member token, which begins with vgl_mem_.",
  noToken: "A member token begins with vgl_mem_ and has no spaces.",
});
