import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Question } from "../api/contract.ts";
import { answer, beginning, drop, putBack, take, undo } from "./turn.ts";

const question = (id: string, url = id): Question => ({
  id,
  run: "run",
  name: id,
  asks: { kind: "requires", label: "person", confidenceMin: 0.5 },
  answer: null,
  answeredAt: null,
  picture: { url, expiresAt: "2026-06-20T12:00:00Z" },
});
const page = (ids: string[], open = ids.length) => ({
  items: ids.map((id) => question(id)),
  open,
  answered: 0,
});
const ids = (questions: readonly Question[]) => questions.map(({ id }) => id).join("");

describe("a turn of questions", () => {
  it("asks each once, though the API names it again before an answer has arrived", () => {
    let turn = take(beginning, page(["a", "b", "c"]), true);
    turn = answer(turn, "yes");
    turn = take(turn, page(["a", "b", "c", "d"]), true);
    assert.equal(ids(turn.waiting), "bcd");
  });

  it("keeps its order, with fresh pictures", () => {
    const turn = take(
      take(beginning, page(["a", "b"]), true),
      { ...page([]), items: [question("b", "new"), question("a", "new too")] },
      true,
    );
    assert.deepEqual(
      turn.waiting.map(({ id, picture }) => [id, picture.url]),
      [
        ["a", "new too"],
        ["b", "new"],
      ],
    );
  });

  it("counts what is answered at once, takes back the last first, and asks it again", () => {
    const turn = answer(answer(take(beginning, page(["a", "b", "c"], 9), true), "yes"), "no");
    assert.deepEqual([turn.open, turn.done], [7, 2]);
    const back = undo(turn);
    assert.deepEqual([ids(back.waiting), back.open, back.done], ["bc", 8, 1]);
    assert.equal(ids(undo(back).waiting), "abc");
    assert.equal(ids(undo(undo(back)).waiting), "abc", "there is nothing more to take back");
  });

  it("goes by its own counts while it answers, and by the API's once nothing is on its way", () => {
    const turn = answer(answer(take(beginning, page(["a", "b", "c"], 9), true), "yes"), "no");
    const older = { items: [question("d")], open: 8, answered: 1 };
    const ahead = take(turn, older, false);
    assert.deepEqual([ahead.open, ahead.done, ids(ahead.waiting)], [7, 2, "cd"]);
    assert.deepEqual([take(turn, older, true).open, take(turn, older, true).done], [8, 1]);
  });

  it("asks again what did not arrive, and drops what nobody may answer", () => {
    const turn = answer(answer(take(beginning, page(["a", "b", "c"]), true), "yes"), "no");
    assert.equal(ids(putBack(turn, "a").waiting), "ac");
    assert.equal(ids(drop(putBack(turn, "a"), "a").waiting), "c");
    assert.equal(answer(take(beginning, page([]), true), "yes").done, 0);
  });
});
