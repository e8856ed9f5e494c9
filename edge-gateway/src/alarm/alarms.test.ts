import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { EventInput } from "@vigil/core/event/wire";
import { makeAlarm } from "../../testing/make-alarm.ts";
import { createLog } from "../log.ts";
import type { NewItem } from "../store/item.ts";
import type { AlarmRecord } from "./alarm-record.ts";
import type { Change } from "./alarm-sink.ts";
import { type Alarms, createAlarms, createIds } from "./index.ts";

describe("alarms on the site", () => {
  let order: string[];
  let told: { record: AlarmRecord; change: Change }[];
  let items: NewItem[];
  let alarms: Alarms;

  beforeEach(() => {
    order = [];
    told = [];
    items = [];
    const counters = () => ({ delivered: 0, lost: 0, waiting: 0 });
    const sink = {
      name: "siren",
      tell(record: AlarmRecord, change: Change) {
        order.push("siren");
        told.push({ record, change });
      },
      counters,
      stop: async () => {},
    };
    const broken = {
      ...sink,
      tell: () => {
        throw new Error("the wire is cut");
      },
    };
    alarms = createAlarms({
      site: "shop-1",
      timeZone: "Europe/London",
      nextId: createIds("shop-1", "1-0a1b"),
      sinks: [broken, sink],
      log: createLog({ level: "silent" }),
      onChange: () => order.push("page"),
      onEvent: (item) => {
        order.push("store");
        items.push(item);
      },
      onAccepted: () => {},
    });
  });

  it("sounds before it writes, even where one of those to be told is broken", () => {
    alarms.raise(makeAlarm());
    assert.deepEqual(order, ["siren", "page", "store"]);
  });

  it("judges with the cloud's explainer, and takes the higher of what it and the sensors' rules say", () => {
    alarms.raise(makeAlarm({ kind: "smoke", level: "standard" }));
    const [record] = alarms.list();
    assert.equal(record?.assessment.lifeSafety, true);
    assert.equal(record?.verdict.by, "gateway");
    assert.equal(record?.verdict.level, record?.assessment.level);
    assert.notEqual(record?.verdict.level, "standard");
    assert.match(record?.verdict.summary ?? "", /3 cells are above 90 °C\./);
  });

  it("makes an event of each alarm that the API takes, with the frame as its picture", () => {
    alarms.raise(makeAlarm({ thermal: { celsius: new Float32Array(768).fill(22), decode: "centi" } }));
    const [item] = items;
    assert.equal(item?.id, "shop-1.1-0a1b.1");
    assert.equal(item?.urgent, true);
    assert.deepEqual(
      item?.evidence.map(({ name, contentType }) => ({ name, contentType })),
      [{ name: "thermal.png", contentType: "image/png" }],
    );
    const event = { id: item?.id, occurredAt: new Date().toISOString(), ...item?.heard };
    assert.equal(EventInput.parse(event).type, "flame");
  });

  it("takes heat alone for life-safety only where the rules call it critical", () => {
    for (const level of ["elevated", "critical"] as const) {
      alarms.raise(makeAlarm({ kind: "heat", level, episode: level }));
    }
    assert.deepEqual(
      items.map(({ urgent, heard }) => [urgent, heard.type]),
      [
        [false, "temperature"],
        [true, "temperature"],
      ],
    );
  });

  it("holds one episode in one record, from its opening until it clears, and makes no event of the clearing", () => {
    alarms.raise(makeAlarm({ level: "standard", kind: "heat" }));
    alarms.raise(makeAlarm({ state: "raised" }));
    alarms.raise(makeAlarm({ state: "cleared" }));
    assert.deepEqual(
      told.map(({ record, change }) => [record.id, record.state, record.level, change]),
      [
        ["shop-1.1-0a1b.1", "opened", "standard", "state"],
        ["shop-1.1-0a1b.1", "raised", "critical", "state"],
        ["shop-1.1-0a1b.1", "cleared", "critical", "state"],
      ],
    );
    assert.equal(items.length, 2);
    assert.equal(alarms.list().length, 1);
  });

  it("lets the cloud's digest replace its own verdict, whatever else comes later", () => {
    alarms.raise(makeAlarm());
    const [item] = items;
    const digest = {
      by: "digest",
      level: "standard",
      title: "Nothing burns",
      summary: "Seen.",
      digestId: "dig_1",
    } as const;
    alarms.judge(item?.id ?? "", digest);
    alarms.judge(item?.id ?? "", { by: "cloud", level: "critical", title: "Fire", summary: "Late." });
    assert.deepEqual(alarms.list()[0]?.verdict, digest);
    assert.deepEqual(
      told.map(({ change }) => change),
      ["state", "verdict"],
    );
  });
});
