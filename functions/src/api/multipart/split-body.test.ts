import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { type FormPart, formBody, imagePart } from "../../../testing/forms.ts";
import { createSplitter, type Part, splitBody } from "./split-body.ts";

const formType = "multipart/form-data; boundary=xxBOUNDxx";

/** The same body in pieces that end at these places. */
function inPieces(body: Uint8Array, cuts: readonly number[]): Part[] {
  const splitter = createSplitter(formType);
  const ends = [...new Set(cuts.map((cut) => cut % body.length))].toSorted((a, b) => a - b);
  let from = 0;
  const parts: Part[] = [];
  for (const end of [...ends, body.length]) {
    // What was sent is written over by what comes next.
    const chunk = Uint8Array.from(body.subarray(from, end));
    parts.push(...splitter.push(chunk));
    from = end;
  }
  splitter.end();
  return parts;
}

const told = (parts: readonly Part[]) =>
  parts.map(({ bytes, ...head }) => ({ ...head, content: Buffer.from(bytes).toString("latin1") }));

/** The parts, or with what the body is refused. */
function outcome(split: () => Part[]): unknown {
  try {
    return told(split());
  } catch (refused) {
    return (refused as Error).message;
  }
}

/** Contents that look like what ends them. */
const content = fc
  .array(
    fc.constantFrom("\r\n", "\n", "\r", "--", "-", "xxBOUNDxx", "--xxBOUND", "a", " ", "\r\n--xxBOUNDxxy"),
    {
      maxLength: 12,
    },
  )
  .map((pieces) => pieces.join(""));

describe("a form that comes in pieces", () => {
  it("has the same parts wherever it is cut", () => {
    fc.assert(
      fc.property(
        fc.array(content, { minLength: 1, maxLength: 5 }),
        fc.constantFrom("\r\n", "\n"),
        fc.constantFrom("", "before\r\n", "--xx\n"),
        fc.array(fc.nat(2_000), { maxLength: 40 }),
        (contents, lineEnd, preamble, cuts) => {
          const parts: FormPart[] = contents.map((text) => imagePart(Buffer.from(text)));
          const body = Buffer.concat([
            Buffer.from(preamble),
            formBody(parts, { lineEnd }),
            Buffer.from("after"),
          ]);
          assert.deepEqual(
            outcome(() => inPieces(body, cuts)),
            outcome(() => splitBody(formType, body)),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it("has the same parts when it comes byte by byte", () => {
    const body = formBody([imagePart(Buffer.from("one\r\n--xxBOUNDx")), imagePart(Buffer.alloc(0))]);
    assert.deepEqual(
      told(
        inPieces(
          body,
          Array.from(body, (_, at) => at),
        ),
      ),
      told(splitBody(formType, body)),
    );
  });

  it("holds no more of a part than it may, and says which it was", () => {
    const body = formBody([imagePart(Buffer.alloc(4_000), '; filename="large.jpg"')]);
    const splitter = createSplitter(formType, 1_000);
    assert.throws(() => {
      for (let at = 0; at < body.length; at += 100) splitter.push(body.subarray(at, at + 100));
    }, /large\.jpg: expected at most/);
    assert.throws(() => createSplitter(formType, 1_000).push(Buffer.alloc(1_001)), /its first boundary/);
  });
});
