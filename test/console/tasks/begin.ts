/** How everybody begins: an account by a code from the mail, a camera by the code that it shows, and a tier. */
import type { Doing } from "./task.ts";

export async function openAccount(
  { hand, stage }: Doing,
  who: { address: string; name: string; account: string },
) {
  await signIn({ hand, stage }, who.address);
  await hand.sees("Welcome");
  await hand.write("Your name", who.name);
  await hand.write("The account’s name", who.account);
  await hand.choose("Time zone", "Europe/London");
  await hand.press("button", "Open the account");
  await hand.page.locator(".top-account", { hasText: who.account }).waitFor();
}

export async function signIn({ hand, stage }: Pick<Doing, "hand" | "stage">, address: string, path = "/") {
  await hand.page.goto(stage.door.origin + path);
  await hand.write("E-mail address", address);
  await hand.press("button", "Send me a code");
  await hand.write("Code", await stage.door.codeFor(address));
  await hand.press("button", "Sign in");
  await hand.page.getByLabel("Code", { exact: true }).waitFor({ state: "detached" });
  // Who has not signed in yet was told so.
  hand.page.faults.length = 0;
}

/** Its key is kept under its name. */
export async function letIn({ hand, stage, kept }: Doing, { name, zone }: { name: string; zone: string }) {
  const asked = await stage.ask<{ userCode: string; deviceCode: string }>("/v1/enrolments", {
    name: "Camera",
    kind: "camera",
  });
  await hand.press("link", "Let a device in");
  await hand.write("The code that the device shows", asked.userCode);
  await hand.press("button", "Look for it");
  await hand.sees("A camera that calls itself “Camera”");
  await hand.write("What you call it", name);
  await hand.write("What it watches there, if you like", zone);
  await hand.press("button", "Let it in");
  await hand.sees(`${name} is let in`);
  const { deviceCode } = asked;
  const { key } = await stage.ask<{ key: string }>("/v1/enrolments/key", { deviceCode });
  kept.set(name, key);
}

export async function buy({ hand }: Doing, tier: "Guardian" | "Pro") {
  await home(hand);
  await hand.press("link", "Plan");
  await hand.press("button", `Buy ${tier}`);
  await hand.press("button", "Pay with a card that works");
  await hand.sees("Thank you. It is yours from now on.");
}

/** Back to the inbox. */
export async function home(hand: Doing["hand"]): Promise<void> {
  await hand.press("link", "Vigil, all digests");
}
