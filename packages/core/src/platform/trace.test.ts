import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { describe, it } from "node:test";
import * as fc from "fast-check";
import { trace as limits } from "../limits.ts";
import { otlpSpans, readHeaders } from "./otlp.ts";
import { createTracer, currentTraceparent, type Span } from "./trace.ts";
import { readTraceparent, writeTraceparent } from "./trace-context.ts";

const ids = { traceId: "4bf92f3577b34da6a3ce929d0e0e4736", spanId: "00f067aa0ba902b7" };
const given = `00-${ids.traceId}-${ids.spanId}-01`;

describe("a traceparent", () => {
  it("is read as it was written", () => {
    for (const sampled of [true, false]) {
      const context = { ...ids, sampled };
      assert.deepEqual(readTraceparent(writeTraceparent(context)), context);
    }
    assert.deepEqual(readTraceparent(`cc-${ids.traceId}-${ids.spanId}-03-what-comes-later`), {
      ...ids,
      sampled: true,
    });
  });

  for (const hostile of [
    undefined,
    null,
    "",
    "00",
    given.toUpperCase(),
    `${given}-more`,
    ` ${given}`,
    `${given}\n`,
    given.replace("00-", "ff-"),
    `00-${"0".repeat(32)}-${ids.spanId}-01`,
    `00-${ids.traceId}-${"0".repeat(16)}-01`,
    `cc-${ids.traceId}-${ids.spanId}-01-${"x".repeat(100_000)}`,
    `00-${ids.traceId}-${ids.spanId}-01\r\nx-injected: 1`,
  ]) {
    it(`is nothing where it is ${JSON.stringify(hostile)?.slice(0, 60)}`, () => {
      assert.equal(readTraceparent(hostile), undefined);
    });
  }

  it("is passed on well-formed, whatever came", async () => {
    const tracer = createTracer({ record: undefined });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.string({ unit: "binary" })), async (parent) => {
        const told = { name: "any", kind: "server", parent } as const;
        const passed = await tracer.span(told, async ({ traceparent }) => traceparent);
        assert.match(passed, /^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
        assert.equal(readTraceparent(parent), undefined);
      }),
      { numRuns: 100 },
    );
  });
});

describe("spans", () => {
  const recorded = async (work: (tracer: ReturnType<typeof createTracer>) => Promise<unknown>) => {
    const spans: Span[] = [];
    await work(createTracer({ record: (span) => spans.push(span) })).catch(() => undefined);
    return spans;
  };

  it("lie within each other as the calls do, and each is a child of what is under way", async () => {
    const spans = await recorded((tracer) =>
      tracer.span({ name: "outer", kind: "server", parent: given, atDoor: true }, async () => {
        await Promise.all(
          ["a", "b"].map((name) =>
            tracer.span({ name, kind: "internal" }, async () => {
              await Promise.resolve();
              tracer.past({ name: `${name} past`, kind: "internal" }, { startMs: 1, endMs: 2 });
            }),
          ),
        );
      }),
    );
    const named = (name: string) => spans.find((span) => span.name === name);
    assert.equal(named("outer")?.parentSpanId, ids.spanId);
    for (const name of ["a", "b"]) {
      assert.equal(named(name)?.parentSpanId, named("outer")?.spanId);
      assert.equal(named(`${name} past`)?.parentSpanId, named(name)?.spanId);
    }
    assert.equal(new Set(spans.map(({ traceId }) => traceId)).size, 1);
    assert.equal(currentTraceparent(), null);
  });

  it("say what kind of failure they ended with, and nothing of its text", async () => {
    const [span] = await recorded((tracer) =>
      tracer.span({ name: "fails", kind: "internal", parent: null }, () =>
        Promise.reject(new RangeError("the address of somebody")),
      ),
    );
    assert.equal(span?.failure, "RangeError");
    assert.ok(!JSON.stringify(span).includes("somebody"));
  });

  it("are recorded as the door decided, whatever flag a caller set", async () => {
    const quiet = given.replace(/01$/, "00");
    const names = (at: { parent: string; atDoor?: boolean }) =>
      recorded((tracer) => tracer.span({ name: "one", kind: "server", ...at }, () => Promise.resolve()));
    assert.equal((await names({ parent: quiet, atDoor: true })).length, 1);
    assert.equal((await names({ parent: quiet })).length, 0);
    const passed = await createTracer({ record: undefined }).span(
      { name: "one", kind: "server", parent: given, atDoor: true },
      async ({ traceparent }) => traceparent,
    );
    assert.match(passed, new RegExp(`^00-${ids.traceId}-.*-00$`));
  });
});

describe("a collector", () => {
  const span: Span = {
    ...ids,
    parentSpanId: undefined,
    name: "send jobs",
    kind: "producer",
    startMs: 1_700_000_000_000.25,
    endMs: 1_700_000_000_001,
    attributes: { text: "a", whole: 3, part: 0.5, yes: true },
    failure: "Error",
  };

  it("is sent what OTLP says, with the operator's headers", async () => {
    const seen: { path: string | undefined; key: unknown; body: unknown }[] = [];
    const server = createServer((request, response) => {
      const take = async () => {
        const body: unknown = JSON.parse((await buffer(request)).toString());
        seen.push({ path: request.url, key: request.headers["x-key"], body });
        response.end("{}");
      };
      void take();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    try {
      const spans = otlpSpans({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
        headers: readHeaders("X-Key=a%20b,other = c"),
        service: "vigil-api",
        onFault: ({ err }) => assert.fail(String(err)),
      });
      spans.record(span);
      await spans.close();
    } finally {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
    assert.deepEqual(seen, [
      {
        path: "/v1/traces",
        key: "a b",
        body: {
          resourceSpans: [
            {
              resource: { attributes: [{ key: "service.name", value: { stringValue: "vigil-api" } }] },
              scopeSpans: [
                {
                  scope: { name: "vigil" },
                  spans: [
                    {
                      ...ids,
                      name: "send jobs",
                      kind: 4,
                      startTimeUnixNano: "1700000000000250000",
                      endTimeUnixNano: "1700000000001000000",
                      attributes: [
                        { key: "text", value: { stringValue: "a" } },
                        { key: "whole", value: { intValue: "3" } },
                        { key: "part", value: { doubleValue: 0.5 } },
                        { key: "yes", value: { boolValue: true } },
                      ],
                      status: { code: 2, message: "Error" },
                    },
                  ],
                },
              ],
            },
          ],
        },
      },
    ]);
  });

  it("that does not answer costs nobody anything but its spans, of which no more than so many wait", async () => {
    let lost = 0;
    const spans = otlpSpans({
      url: "http://127.0.0.1:1",
      service: "vigil-api",
      onFault: (fault) => {
        lost += fault.spans;
      },
      send: () => Promise.reject(new Error("nobody is there")),
    });
    const many = limits.waitingSpansMax + 100;
    for (let count = 0; count < many; count += 1) spans.record(span);
    await spans.flush();
    assert.equal(lost, many);
  });

  it("is shown no headers that are not name=value", () => {
    assert.deepEqual(readHeaders(""), {});
    for (const text of ["a", "=b", "a=", "a=b,,c=d"]) assert.throws(() => readHeaders(text), text);
  });
});
