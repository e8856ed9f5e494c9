import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { RecentInstant, ReportedInstant, toOurTime } from "./instant.ts";

describe("ReportedInstant", () => {
  const readable: readonly [written: string, utc: string][] = [
    ["2026-02-03T18:02:10+0000", "2026-02-03T18:02:10.000Z"],
    ["2026-02-03T18:02:10-0800", "2026-02-04T02:02:10.000Z"],
    ["2026-02-03T18:02:10.25+01", "2026-02-03T17:02:10.250Z"],
    ["2026-02-03 18:02:10+05:30", "2026-02-03T12:32:10.000Z"],
    ["2026-02-03t18:02:10z", "2026-02-03T18:02:10.000Z"],
    ["2026-02-03T18:02:10,5 +0000", "2026-02-03T18:02:10.500Z"],
    ["2026-02-03T18:02:10.123456Z", "2026-02-03T18:02:10.123Z"],
  ];
  for (const [written, utc] of readable) {
    it(`reads ${written}`, () => {
      assert.equal(new Date(ReportedInstant.parse(written)).toISOString(), utc);
    });
  }

  it("leaves what RFC 3339 allows as it is written", () => {
    for (const written of ["2026-02-03T18:02:10Z", "2026-02-03T18:02:10.1+00:00"]) {
      assert.equal(ReportedInstant.parse(written), written);
    }
  });

  const unreadable: readonly [written: unknown, told: RegExp][] = [
    ["2026-02-03T18:02:10", /with its zone, such as .*Z or .*\+01:00.*does not say which zone/],
    ["2026-02-03 18:02", /does not say which zone/],
    ["03/02/2026 18:02:10", /RFC 3339/],
    ["2026-02-30T18:02:10Z", /RFC 3339/],
    ["now", /RFC 3339/],
    [1_770_141_730, /as text/],
    [null, /as text/],
  ];
  for (const [written, told] of unreadable) {
    it(`refuses ${JSON.stringify(written)} with the form that is wanted`, () => {
      const { error } = ReportedInstant.safeParse(written);
      assert.equal(error?.issues.length, 1);
      assert.match(error?.issues[0]?.message ?? "", told);
    });
  }

  it("takes a time of another age for the nearest of ours, where a device reports one at all", () => {
    assert.equal(toOurTime(ReportedInstant.parse("0001-01-01T00:00:00Z")).getTime(), 0);
    assert.equal(RecentInstant.safeParse("0001-01-01T00:00:00Z").success, false);
    assert.equal(toOurTime("9999-12-31T23:59:59Z").getUTCFullYear(), 2999);
  });
});
