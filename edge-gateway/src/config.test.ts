import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { BadConfig, parseConfig } from "./config.ts";

const least = "site: shop-1\napi: { url: https://api.example.org, key: vgl_dev_x }\n";

describe("gateway.yaml", () => {
  it("needs a name and a way to the API, and nothing else", () => {
    const config = parseConfig(least);
    assert.equal(config.web.host, "127.0.0.1");
    assert.equal(config.store.ballastMiB, 32);
    assert.deepEqual([config.metrics.port, config.metrics.fallbackPort], [9090, 9094]);
  });

  it("tells every fault at once, each with its line", () => {
    const faulty = [
      "site: shop 1",
      "timeZone: Mars/One",
      "api:",
      "  url: nowhere",
      "  key: x",
      "sensing:",
      "  port: 99999",
      "metric: 3",
    ];
    assert.throws(
      () => parseConfig(faulty.join("\n")),
      (error: Error) => {
        assert.ok(error instanceof BadConfig);
        for (const said of [
          /line 1, site/,
          /line 2, timeZone/,
          /line 4, api\.url/,
          /line 5, api\.key/,
          /line 7, sensing\.port/,
          /line 8, metric: there is no such setting/,
        ]) {
          assert.match(error.message, said);
        }
        return true;
      },
    );
  });

  it("wants a password for a page that others can reach, and does not repeat secrets", () => {
    const open = (rest: string) => () => parseConfig(`${least}web: { host: 0.0.0.0${rest} }\n`);
    assert.throws(open(""), /password/);
    assert.throws(open(", password: short-one"), (error: Error) => !error.message.includes("short-one"));
    assert.doesNotThrow(open(", password: long-enough-to-guess"));
  });

  it("takes the key from the environment rather than from the file", () => {
    const environment = { VIGIL_DEVICE_KEY: "vgl_dev_secret" };
    const config = parseConfig("site: shop-1\napi: { url: https://api.example.org }\n", { environment });
    assert.equal(config.api.key, "vgl_dev_secret");
  });

  it("tells what is wrong with a camera, and never repeats its password", () => {
    const camera = (rest: string) => () =>
      parseConfig(`${least}cameras: { list: [{ name: yard, place: yard, ${rest} }] }\n`);
    const url = "rtsp://me:open-sesame@10.0.0.7/live";
    assert.equal(camera(`source: { kind: stream, url: "${url}" }`)().cameras.ffmpeg, "ffmpeg");
    for (const [rest, said] of [
      [`source: { kind: snapshot, url: "${url}" }`, /source\.url/],
      ['source: { kind: stream, url: "file:///etc/passwd" }', /source\.url/],
      [`source: { kind: stream, url: "${url}" }, masks: [[[0, 0], [2, 0], [0, 1]]]`, /masks\.0\.1\.0/],
      [
        `source: { kind: stream, url: "${url}" } }, { name: yard, place: x, source: { kind: stream, url: "${url}" }`,
        /already/,
      ],
    ] as const) {
      assert.throws(camera(rest), (error: Error) => {
        assert.match(error.message, said);
        return !error.message.includes("open-sesame");
      });
    }
  });

  it("says what is wrong with a file that is no YAML, or not there", () => {
    assert.throws(() => parseConfig("site: [1"), /not YAML/);
  });
});
