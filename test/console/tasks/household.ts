/** Twelve things that a household does on a phone. */
import assert from "node:assert/strict";
import { buy, home, letIn, openAccount, signIn } from "./begin.ts";
import { fingerOf } from "./hand.ts";
import { keptOf, type Task } from "./task.ts";

export const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

export const household: readonly Task[] = [
  {
    wish: "Open an account for our home, with the code that comes by mail.",
    does: (doing) =>
      openAccount(doing, { address: "ada@example.com", name: "Ada", account: "Harbour Street" }),
  },
  {
    wish: "Let the doorbell in, which shows a code.",
    does: (doing) => letIn(doing, { name: "Doorbell", zone: "front_door" }),
  },
  {
    wish: "See what the doorbell has just noticed.",
    async does(doing) {
      await doing.stage.report(keptOf(doing, "Doorbell"));
      await home(doing.hand);
      await doing.hand.sees(/front door/i, doing.hand.part("Assessed only"));
    },
  },
  {
    wish: "Buy Guardian, so that its pictures are looked at too.",
    does: (doing) => buy(doing, "Guardian"),
  },
  {
    wish: "Have what happened looked at, and read what was seen.",
    async does({ hand }) {
      await home(hand);
      await hand.press("button", /look deeper/i);
      await hand.press("link", /person/i);
      await hand.sees("Minute by minute");
    },
  },
  {
    wish: "Say that it was nothing, and see what comes of that.",
    async does({ hand }) {
      await hand.press("button", "This was wrong");
      await hand.sees("called false 1 time and weigh less from now on");
    },
  },
  {
    wish: "Show the neighbour what was seen, by a link that ends.",
    async does({ hand, stage }) {
      await hand.press("button", "Make a link");
      const link = (await hand.part("Hand it on").locator(".secret code").textContent()) ?? "";
      const neighbour = fingerOf(await stage.open(phone));
      try {
        await neighbour.page.goto(stage.door.origin + new URL(link).pathname);
        await neighbour.sees("Whoever has this link can read this page.");
      } finally {
        await neighbour.page.context().close();
      }
    },
  },
  {
    wish: "Find it again, by asking in words.",
    async does({ hand }) {
      await home(hand);
      await hand.write("Ask in words", "person at the front door today");
      await hand.press("button", "Ask");
      await hand.sees("1 found.");
    },
  },
  {
    wish: "Be told by e-mail, in German.",
    async does({ hand, stage }) {
      await hand.press("link", "Tell me");
      await hand.press("radio", "An e-mail address");
      await hand.write("E-mail address", "ada@example.com");
      await hand.press("button", "Add");
      const card = hand.part("ada@example.com");
      await hand.sees("Follow the link in the e-mail that was sent there.", card);
      const { text } = await stage.door.mailFor("ada@example.com", /endpoints\/confirm/);
      await hand.page.goto(/\S+\/endpoints\/confirm\/\S+/.exec(text)?.[0] ?? "");
      await hand.press("button", "Yes, write to me");
      await hand.sees("is confirmed");
      await hand.page.goto(`${stage.door.origin}/endpoints`);
      await hand.choose("Told in", "Deutsch", card);
      await hand.press("button", "Send a test", card);
      const { html } = await stage.door.mailFor("ada@example.com", /Konsole/);
      assert.match(html, /<html lang="de">/);
    },
  },
  {
    wish: "Sleep: let what can wait, wait until morning.",
    async does({ hand }) {
      await hand.press("link", "Settings");
      await hand.press("checkbox", "Let alerts wait in quiet hours");
      await hand.press("button", "Save");
      await hand.sees("Saved.");
    },
  },
  {
    wish: "Keep the neighbour’s window out of the doorbell’s pictures.",
    async does({ hand }) {
      await home(hand);
      await hand.press("link", "Doorbell");
      await hand.press("button", "set one by numbers");
      await hand.write("Left, %", "60");
      await hand.press("button", "Blacken it from now on");
      await hand.sees("A mask: blackened before a picture is kept");
    },
  },
  {
    wish: "Have my partner in, who sees what I see.",
    async does({ hand, stage }) {
      await hand.press("link", "People");
      await hand.press("button", "Make a link");
      const link = (await hand.page.locator(".secret code").first().textContent()) ?? "";
      const partner = fingerOf(await stage.open(phone));
      try {
        await signIn({ hand: partner, stage }, "bea@example.com", link.slice(stage.door.origin.length));
        await partner.write("Your name", "Bea");
        await partner.press("button", "Join");
        await partner.page
          .getByRole("link", { name: /person/i })
          .first()
          .waitFor();
      } finally {
        await partner.page.context().close();
      }
      await hand.sees("Bea");
    },
  },
];
