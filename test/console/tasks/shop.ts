/** Twelve things that a shop does at a desk, without touching the mouse. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { unzipSync } from "fflate";
import { buy, home, letIn, openAccount } from "./begin.ts";
import { keptOf, type Task } from "./task.ts";

export const shop: readonly Task[] = [
  {
    wish: "Open an account for the shop, with the code that comes by mail.",
    does: (doing) =>
      openAccount(doing, { address: "till@example.com", name: "Cleo", account: "Corner shop" }),
  },
  {
    wish: "Let the camera over the counter in, which shows a code.",
    does: (doing) => letIn(doing, { name: "Counter", zone: "shop_floor" }),
  },
  { wish: "Buy Pro, so that everything is looked at.", does: (doing) => buy(doing, "Pro") },
  {
    wish: "See what happened today, and why it became a digest or did not.",
    async does(doing) {
      const { hand, stage } = doing;
      await stage.report(keptOf(doing, "Counter"), { zone: "back_door", mode: "away" });
      await hand.press("link", "Day");
      await hand.press("button", "Events");
      await hand.sees(/back door/i);
      await hand.press("link", "Read the digest");
      await hand.sees("Why this level");
    },
  },
  {
    wish: "Look at its pictures one by one.",
    async does({ hand }) {
      for (const name of ["Show picture 2", "Show picture 3"]) {
        await hand.press("button", name);
        await hand.page.getByRole("button", { name }).and(hand.page.locator("[aria-current=true]")).waitFor();
      }
    },
  },
  {
    wish: "Keep a copy for the insurance that anybody can check.",
    async does({ hand }) {
      const downloading = hand.page.waitForEvent("download");
      await hand.press("button", "Export with pictures");
      const file = await (await downloading).path();
      const files = Object.keys(unzipSync(new Uint8Array(await readFile(file))));
      assert.ok(files.includes("index.html") && files.includes("SHA256SUMS"), files.join(" "));
    },
  },
  {
    wish: "See only what is serious.",
    async does({ hand }) {
      await home(hand);
      await hand.choose("Level", "Critical");
      await hand.press("button", "Show all digests");
      await hand.page
        .getByRole("link", { name: /person/i })
        .first()
        .waitFor();
    },
  },
  {
    wish: "Have our own program told, and see whether it took what it was sent.",
    async does({ hand, stage }) {
      await hand.press("link", "Tell me");
      await hand.write("URL, https", stage.programUrl);
      await hand.press("button", "Add");
      await hand.sees("Its signing secret, shown this once:");
      const card = hand.part(new URL(stage.programUrl).host);
      await hand.press("button", "Send a test", card);
      await hand.sees(/^delivered/, card.getByRole("listitem"));
    },
  },
  {
    wish: "Give the till’s program a token for a week, and take it back.",
    async does({ hand, stage }) {
      await hand.press("link", "People");
      const tokens = hand.part("Tokens for programs");
      await hand.write("What it is for", "Till");
      await hand.choose("Good for", "7 days");
      await hand.press("button", "Make a token");
      const token = (await tokens.locator(".secret code").textContent()) ?? "";
      assert.equal(await stage.statusOf("/v1/account", token), 200);
      await hand.press("button", /Revoke/, tokens);
      await tokens.getByText("Till", { exact: true }).waitFor({ state: "detached" });
      assert.equal(await stage.statusOf("/v1/account", token), 401);
    },
  },
  {
    wish: "Change the camera’s key, which a technician has seen.",
    async does(doing) {
      const { hand, stage } = doing;
      await home(hand);
      await hand.press("link", "Keys");
      const card = hand.part("Counter");
      await hand.choose("and its old keys", "stop at once", card);
      await hand.press("button", "New key", card);
      await hand.sees("The new key, shown this once:", card);
      const old = keptOf(doing, "Counter");
      await assert.rejects(stage.report(old), /401/);
    },
  },
  {
    wish: "See how the last weeks were.",
    async does({ hand }) {
      await hand.press("link", "Trends");
      await hand.sees("Sessions by day and level");
      await hand.sees("Events by hour and zone");
    },
  },
  {
    wish: "Make sure that nothing that was reported has been lost.",
    async does({ hand }) {
      await home(hand);
      await hand.press("link", "Ledger: what came of everything");
      await hand.sees("It balances");
    },
  },
];
