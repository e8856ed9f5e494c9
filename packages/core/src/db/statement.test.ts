import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { part, render } from "./statement.ts";

describe("a statement", () => {
  it("numbers its values in the order in which they stand", () => {
    const inner = part`limit ${5}`;
    assert.deepEqual(render(part`select ${"a"} from t where x = ${true} ${inner}`), {
      text: "select $1 from t where x = $2 limit $3",
      values: ["a", true, 5],
    });
  });

  it("sends a piece that stands in several places once, and what only looks the same twice", () => {
    const held = part`${"long"}::jsonb`;
    assert.deepEqual(render(part`select ${held}, ${held}, ${part`${"long"}::jsonb`}`), {
      text: "select $1::jsonb, $1::jsonb, $2::jsonb",
      values: ["long", "long"],
    });
  });
});
