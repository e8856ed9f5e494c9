/** Twelve things that whoever runs Vigil does, by keyboard alone. */
import assert from "node:assert/strict";
import { until } from "../../../scripts/local/until.ts";
import type { Hand } from "./hand.ts";
import type { Task } from "./task.ts";

/** A figure of the panel, by what stands above it. */
async function figure(hand: Hand, name: string): Promise<string> {
  const entry = hand.part(/^Load/).locator("div", { has: hand.page.getByText(name, { exact: true }) });
  return (await entry.last().locator("dd").textContent()) ?? "";
}

export const operator: readonly Task[] = [
  {
    wish: "Sign in with my key.",
    async does({ hand, stage }) {
      await hand.page.goto(`${stage.door.origin}/operator`);
      await hand.write("Operator’s key", stage.world.base.seeded.operatorToken);
      await hand.press("button", "Sign in");
      await hand.sees("Load");
    },
  },
  {
    wish: "See whether more waits than the workers can do.",
    async does({ hand }) {
      await hand.sees("calm", hand.part(/^Load/));
      const row = hand.page.getByRole("row", { name: /^priority/ });
      assert.match(await row.innerText(), /priority\s+0\s+0/);
    },
  },
  {
    wish: "See how many workers there are, and how fast they are.",
    async does({ hand }) {
      assert.equal(await figure(hand, "Workers"), "1");
      assert.equal(await figure(hand, "Moments a second"), "80.0");
    },
  },
  {
    wish: "See at how many pictures a review looks now.",
    async does({ hand }) {
      assert.match(await figure(hand, "K, Guardian"), /^\d+$/);
      assert.match(await figure(hand, "K, Pro"), /^\d+$/);
    },
  },
  {
    wish: "Make sure that nothing that anybody sent is lost.",
    async does({ hand }) {
      await hand.sees("Nothing is missing.", hand.part("Ledger of all accounts"));
    },
  },
  {
    wish: "Find an account by a part of its name.",
    async does({ hand }) {
      await hand.write("A part of the name, or the id", "kiosk");
      await hand.press("button", "Find");
      const accounts = hand.part("Accounts");
      await hand.sees("Night kiosk", accounts);
      assert.equal(await accounts.getByRole("listitem").count(), 1);
    },
  },
  {
    wish: "Give it another tier.",
    async does({ hand, stage }) {
      await hand.choose("Tier", "guardian", hand.part("Accounts"));
      const { owner } = stage.world.base;
      await until(
        async () =>
          (await owner`select 1 as one from account where name = 'Night kiosk' and tier = 'guardian'`)[0],
        { withinMs: 180_000, because: "the tier did not change" },
      );
    },
  },
  {
    wish: "Find out what no worker could finish, and why.",
    async does({ hand }) {
      const letters = hand.part("Dead letters");
      await hand.sees("the evidence host does not answer", letters);
      await hand.sees("given up by a worker", letters);
    },
  },
  {
    wish: "Have it tried once more, and see that it went.",
    async does({ hand }) {
      await hand.press("button", "Send once more");
      await hand.sees("None: every job was finished.");
    },
  },
  {
    wish: "See which model looks at pictures, and on how many workers.",
    async does({ hand }) {
      await hand.sees("yolov8n: 1 worker", hand.part("Models"));
    },
  },
  {
    wish: "Have the workers change to the model that was prepared, and go back because I was too quick.",
    async does({ hand }) {
      const models = hand.part("Models");
      await hand.press("button", "Promote efficientdet-lite2");
      await hand.sees("efficientdet-lite2 promoted", models);
      await hand.press("button", "Roll back");
      await hand.sees("rolled back in the console", models);
    },
  },
  {
    wish: "Leave, so that nobody who comes to this desk has my key.",
    async does({ hand }) {
      await hand.press("button", "Sign out");
      await hand.sees("It stays in this tab and is forgotten when you close it.");
      assert.equal(await hand.page.evaluate("sessionStorage.length"), 0);
    },
  },
];
