import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { QueryObserver } from "@tanstack/react-query";
import { createAnswers, keysOf } from "./answers.ts";

describe("the answers of a visit", () => {
  it("are asked for again when the stream tells of what they are about, and no others are", async () => {
    const answers = createAnswers();
    const asked: string[] = [];
    const watch = async (...key: string[]) => {
      const observer = new QueryObserver(answers, {
        queryKey: key,
        queryFn: () => {
          asked.push(key.join(" "));
          return key.join(" ");
        },
      });
      const leave = observer.subscribe(() => undefined);
      await answers.fetchQuery({ queryKey: key, queryFn: () => "first" });
      return leave;
    };
    const leaves = [
      await watch("digests", "first"),
      await watch("digest", "dig_1"),
      await watch("digest", "dig_2"),
      await watch("devices"),
    ];
    asked.length = 0;
    const keys = keysOf({ kind: "addendum", subject: "dig_1" });
    await Promise.all(keys.map((queryKey) => answers.invalidateQueries({ queryKey })));
    assert.deepEqual(asked.toSorted(), ["digest dig_1", "digests first"]);
    for (const leave of leaves) leave();
    answers.clear();
  });

  it("names what every kind of entry makes old", () => {
    for (const kind of ["digest", "addendum", "assessment", "review", "session", "device"] as const) {
      assert.ok(keysOf({ kind, subject: "x" }).length > 0, kind);
    }
  });
});
