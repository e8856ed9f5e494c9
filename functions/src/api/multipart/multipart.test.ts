import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { after, before, describe, it } from "node:test";
import { EventAccepted } from "@vigil/core/event/wire";
import { jpeg } from "../../../../packages/core/testing/images.ts";
import { drawn, thermal } from "../../../../packages/core/testing/picture-heads.ts";
import { announced, createTestApi, eventAt, problemOf, type TestApi } from "../../../testing/api.ts";
import { eventPart, type FormPart, formBody, imagePart } from "../../../testing/forms.ts";

const cases = new URL("../../../../../shared/cases/", import.meta.url);
const formType = "multipart/form-data; boundary=xxBOUNDxx";

const saysBase64 = 'Content-Disposition: form-data; name="image"\r\nContent-Transfer-Encoding: base64';

describe("POST /v1/events as multipart/form-data", () => {
  let api: TestApi;
  let picture: Uint8Array;
  before(async () => {
    api = await createTestApi();
    picture = await jpeg(21);
  });
  after(() => api.close());

  const send = (body: Uint8Array, contentType = formType, headers: Record<string, string> = {}) =>
    api.call("POST", "/v1/events", {
      key: api.account("pro").deviceKey,
      body: new Uint8Array(body),
      headers: { "content-type": contentType, ...headers },
    });
  const event = (part: Record<string, unknown> = {}) => eventAt(api.services.clock.now(), part);
  const sendParts = (parts: FormPart[], options?: Parameters<typeof formBody>[1]) =>
    send(formBody(parts, options));

  /** The names under which the pictures of an accepted event are kept, all of them ready. */
  async function keptNames(answer: Response): Promise<string[]> {
    assert.equal(answer.status, 202, await answer.clone().text());
    const { id, uploads } = EventAccepted.parse(await answer.json());
    assert.deepEqual(uploads, []);
    const rows = await api.base.owner<{ name: string; state: string }[]>`
      select name, state from moment where event_id = ${id} order by id`;
    assert.ok(rows.every(({ state }) => state === "ready"));
    return rows.map(({ name }) => name).toSorted();
  }
  async function refused(answer: Response, status: number, detail: RegExp): Promise<void> {
    const body = await problemOf(answer);
    assert.equal(answer.status, status, JSON.stringify(body));
    assert.match(body.detail, detail);
  }

  describe("keeps the picture, whatever the client calls it", () => {
    for (const [what, disposition, contentType, name] of [
      ["no filename", "", "image/jpeg", "image.jpg"],
      ["no filename, any bytes", "", "application/octet-stream", "image.jpg"],
      ["no filename, no type", "", "", "image.jpg"],
      ["an empty filename", '; filename=""', "image/jpeg", "image.jpg"],
      ["a good name", '; filename="cam-2.2026:1_a.jpg"', "image/jpeg", "cam-2.2026:1_a.jpg"],
      [
        "spaces and times",
        '; filename="Front Door 2026-11-27 06.30.00.jpg"',
        "image/jpeg",
        "Front-Door-2026-11-27-06.30.00.jpg",
      ],
      ["brackets", '; filename="photo (1) [2].jpg"', "image/jpeg", "photo-1-2.jpg"],
      ["umlauts", '; filename="Haustür Größe.jpg"', "image/jpeg", "Haustur-Grosse.jpg"],
      ["letters of other scripts alone", '; filename="写真.jpg"', "image/jpeg", "image.jpg"],
      ["a Windows path", '; filename="C:\\Users\\cam\\Front door.jpg"', "image/jpeg", "Front-door.jpg"],
      ["a path", '; filename="/var/media/cam/a.jpg"', "image/jpeg", "a.jpg"],
      ["a path upwards", '; filename="../../etc/passwd"', "image/jpeg", "passwd.jpg"],
      ["escaped quotes", '; filename="my \\"best\\" shot.jpg"', "image/jpeg", "my-best-shot.jpg"],
      [
        "quotes as browsers escape them",
        '; filename="my %22best%22 shot.jpg"',
        "image/jpeg",
        "my-best-shot.jpg",
      ],
      ["no quotes", "; filename=a.jpg", "image/jpeg", "a.jpg"],
      ["an extended name", "; filename=x; filename*=UTF-8''T%C3%BCr%201.jpg", "image/jpeg", "Tur-1.jpg"],
      [
        "a name of 200 letters",
        `; filename="${"a".repeat(200)}.jpeg"`,
        "image/jpeg",
        `${"a".repeat(59)}.jpeg`,
      ],
      ["another spelling of the type", '; filename="a.jpg"', "image/jpg", "a.jpg"],
      ["a wrong type", '; filename="a.jpg"', "text/plain", "a.jpg"],
      ["no name but an ending", '; filename="/tmp/ü.jpg"', "image/jpeg", "u.jpg"],
    ] as const) {
      it(what, async () => {
        const answer = await sendParts([eventPart(event()), imagePart(picture, disposition, contentType)]);
        assert.deepEqual(await keptNames(answer), [name]);
      });
    }

    it("two files of one name", async () => {
      const file = (seed: Uint8Array) => imagePart(seed, '; filename="snapshot.jpg"');
      const answer = await sendParts([
        eventPart(event()),
        file(picture),
        file(await jpeg(22)),
        file(await jpeg(23)),
      ]);
      assert.deepEqual(await keptNames(answer), ["snapshot-2.jpg", "snapshot-3.jpg", "snapshot.jpg"]);
    });

    it("in base64, and as it is although it claims to be base64", async () => {
      const lines = Buffer.from(picture).toString("base64").replace(/.{76}/g, "$&\r\n");
      const parts = [lines, await jpeg(25)].map((content) => ({ headers: saysBase64, content }));
      const answer = await sendParts([eventPart(event()), ...parts]);
      assert.deepEqual(await keptNames(answer), ["image-2.jpg", "image.jpg"]);
    });

    it("the name that it was announced by, found by its bytes", async () => {
      const evidence = [{ ...announced("door-1", picture), contentType: "image/jpg" }];
      const answer = await sendParts([eventPart(event({ evidence })), imagePart(picture)]);
      assert.deepEqual(await keptNames(answer), ["door-1"]);
    });
  });

  describe("reads the event, however it is written", () => {
    for (const [what, part] of [
      ["a byte order mark", (json: string) => ({ headers: eventPart("").headers, content: `\ufeff${json}` })],
      [
        "UTF-16 with its mark",
        (json: string) => ({
          headers: eventPart("").headers,
          content: Buffer.from(`\ufeff${json}`, "utf16le"),
        }),
      ],
      [
        "as a file",
        (json: string) => ({
          headers:
            'Content-Disposition: form-data; name="event"; filename="event.json"\r\nContent-Type: application/json',
          content: json,
        }),
      ],
      [
        "Latin-1 that says so",
        (json: string) => ({
          headers:
            'Content-Disposition: form-data; name="event"\r\nContent-Type: application/json; charset=iso-8859-1',
          content: Buffer.from(json, "latin1"),
        }),
      ],
      [
        "a name without quotes, headers in capitals",
        (json: string) => ({ headers: "CONTENT-DISPOSITION: form-data; NAME=event", content: json }),
      ],
      [
        "in base64",
        (json: string) => ({
          headers: 'Content-Disposition: form-data; name="event"\r\nContent-Transfer-Encoding: base64',
          content: Buffer.from(json).toString("base64"),
        }),
      ],
    ] as const) {
      it(what, async () => {
        const zone = "Haustür";
        const answer = await sendParts([part(JSON.stringify(event({ zone }))), imagePart(picture)]);
        const { id } = EventAccepted.parse(await answer.clone().json());
        await keptNames(answer);
        const [row] = await api.base.owner`select zone from event where id = ${id}`;
        assert.equal(row?.zone, zone);
      });
    }

    it("null or nothing where nothing is known", async () => {
      for (const unknown of [null, "", "  "]) {
        const fields = ["zone", "confidence", "mode", "attributes", "evidence"];
        const nothing = Object.fromEntries(fields.map((field) => [field, unknown]));
        const answer = await sendParts([eventPart(event(nothing)), imagePart(picture)]);
        assert.deepEqual(await keptNames(answer), ["image.jpg"]);
      }
    });

    it("a sha256 in capitals, and a null among the announced", async () => {
      const piece = announced("a.jpg", picture) as { sha256: string };
      const evidence = [{ ...piece, sha256: piece.sha256.toUpperCase(), capturedAt: null }];
      const parts = [eventPart(event({ evidence })), imagePart(picture, '; filename="a.jpg"')];
      assert.deepEqual(await keptNames(await sendParts(parts)), ["a.jpg"]);
    });

    it("lines that end with LF, a preamble, an epilogue, and a boundary in quotes", async () => {
      const parts = [eventPart(event()), imagePart(picture, '; filename="a.jpg"', "")];
      assert.deepEqual(await keptNames(await sendParts(parts, { lineEnd: "\n" })), ["a.jpg"]);
      const wrapped = Buffer.concat([
        Buffer.from("This is a message with parts.\r\n"),
        formBody([eventPart(event()), imagePart(picture)]),
        Buffer.from("behind it"),
      ]);
      const answer = await send(wrapped, 'Multipart/Form-Data; charset=utf-8; boundary="xxBOUNDxx"');
      assert.deepEqual(await keptNames(answer), ["image.jpg"]);
    });

    it("without the file fields that nobody filled", async () => {
      const unfilled = {
        headers:
          'Content-Disposition: form-data; name="image2"; filename=""\r\nContent-Type: application/octet-stream',
        content: "",
      };
      assert.deepEqual(await keptNames(await sendParts([eventPart(event()), unfilled])), []);
    });
  });

  describe("says what to change, and records nothing", () => {
    let stored = 0;
    before(async () => {
      stored = await api.countStored();
    });
    const nothing = async () => assert.equal(await api.countStored(), stored);

    for (const [what, parts, status, detail] of [
      [
        "a filename where the file belongs",
        () => [
          eventPart(event()),
          { headers: 'Content-Disposition: form-data; name="image"', content: "photo.jpg" },
        ],
        422,
        /holds text \("photo.jpg"\).*-F 'image=@photo.jpg'/,
      ],
      [
        "a picture in base64 text",
        () => [
          eventPart(event()),
          {
            headers: 'Content-Disposition: form-data; name="image"',
            content: "data:image/jpeg;base64,/9j/4AAQ",
          },
        ],
        422,
        /holds text/,
      ],
      [
        "a field of its own",
        () => [
          eventPart(event()),
          imagePart(picture),
          { headers: 'Content-Disposition: form-data; name="note"', content: "hello" },
        ],
        422,
        /part note holds text.*attributes/,
      ],
      ["no event", () => [imagePart(picture)], 400, /part named event.*got parts named image/],
      ["two events", () => [eventPart(event()), eventPart(event())], 400, /one part named event, got 2/],
      [
        "a picture named event",
        () => [
          {
            ...imagePart(picture),
            headers: 'Content-Disposition: form-data; name="event"; filename="a.jpg"',
          },
        ],
        400,
        /event holds an image/,
      ],
      [
        "an empty file",
        () => [eventPart(event()), imagePart(new Uint8Array(0), '; filename="a.jpg"')],
        422,
        /a\.jpg: .*no bytes/,
      ],
      [
        "a picture of an iPhone",
        () => [
          eventPart(event()),
          imagePart(
            Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
            '; filename="IMG 1.HEIC"',
            "image/heic",
          ),
        ],
        422,
        /IMG 1\.HEIC: .*HEIC/,
      ],
      ["an event that is no JSON", () => [{ ...eventPart(""), content: "{'id': 1}" }], 400, /JSON/],
      [
        "an event in no known text",
        () => [{ ...eventPart(""), content: Buffer.from('{"zone":"T\xfcr"}', "latin1") }],
        400,
        /UTF-8/,
      ],
      [
        "bytes that only claim to be base64",
        () => [eventPart(event()), { headers: saysBase64, content: "==== \u0001 ====" }],
        400,
        /not the base64/,
      ],
      [
        "quoted-printable",
        () => [
          eventPart(event()),
          {
            headers:
              'Content-Disposition: form-data; name="image"\r\nContent-Transfer-Encoding: quoted-printable',
            content: picture,
          },
        ],
        415,
        /Content-Transfer-Encoding/,
      ],
      [
        "announced under another name, with other bytes",
        () => [eventPart(event({ evidence: [announced("b.jpg", Buffer.from("x"))] })), imagePart(picture)],
        422,
        /b\.jpg was announced/,
      ],
    ] as [string, () => FormPart[], number, RegExp][]) {
      it(what, async () => {
        await refused(await sendParts(parts()), status, detail);
        await nothing();
      });
    }

    it("a body that was cut off", async () => {
      const whole = formBody([eventPart(event()), imagePart(picture)]);
      for (const bytes of [whole.subarray(0, -40), whole.subarray(0, whole.length / 2)]) {
        await refused(await send(bytes), 400, /closing boundary/);
      }
      await refused(await send(new Uint8Array(0)), 400, /boundary/);
      await nothing();
    });

    it("a header that names no boundary, or another", async () => {
      const body = formBody([eventPart(event()), imagePart(picture)]);
      await refused(await send(body, "multipart/form-data"), 400, /leave that header to your HTTP client/);
      await refused(
        await send(body, "multipart/form-data; boundary=other"),
        400,
        /does not hold the boundary "other"/,
      );
      await nothing();
    });

    it("41 pictures, and 100 parts", async () => {
      const many = (count: number) => Array.from({ length: count }, () => imagePart(picture));
      await refused(await sendParts([eventPart(event()), ...many(41)]), 413, /at most 40 images, got 41/);
      await refused(await sendParts([eventPart(event()), ...many(100)]), 400, /at most 64 parts/);
      await nothing();
    });
  });

  it("answers a replay with a new boundary, other names of headers and another order from the first answer", async () => {
    const told = event();
    const headers = { "idempotency-key": randomUUID() };
    const parts = [eventPart(told), imagePart(picture, '; filename="a.jpg"')];
    const first = await send(formBody(parts), formType, headers);
    const { zone, ...rest } = told;
    const again = [
      imagePart(picture, '; filename="a.jpg"', "application/octet-stream"),
      eventPart({ zone, ...rest }),
    ];
    const replay = await send(
      formBody(again, { boundary: "other" }),
      "multipart/form-data; boundary=other",
      headers,
    );
    assert.equal(replay.headers.get("idempotency-replayed"), "true", await replay.clone().text());
    assert.deepEqual(await replay.json(), await first.json());
    const changed = [eventPart(told), imagePart(await jpeg(24), '; filename="a.jpg"')];
    assert.equal((await send(formBody(changed), formType, headers)).status, 422);
  });

  it("takes a picture whose head is longer than any window", async () => {
    const long = thermal(await drawn().jpeg().toBuffer(), 400_000);
    assert.deepEqual(await keptNames(await sendParts([eventPart(event()), imagePart(long)])), ["image.jpg"]);
  });

  it("refuses a body in a coding that it does not take with 415, and names what it takes", async () => {
    for (const coding of ["gzip", "br", "deflate", "GZIP", "gzip, br", "aws-chunked"]) {
      for (const contentType of ["application/json", formType]) {
        const answer = await send(Buffer.from("{}"), contentType, { "content-encoding": coding });
        assert.equal(answer.headers.get("accept-encoding"), "identity");
        await refused(answer, 415, /uncompressed/);
      }
    }
    const plain = await send(formBody([eventPart(event())]), formType, { "content-encoding": "identity" });
    assert.equal(plain.status, 202);
  });

  it("takes the bodies of public reports", {
    skip: existsSync(cases) ? false : "../shared/cases is not here",
  }, async () => {
    for (const [file, name] of [
      ["mp-nofilename.body", "image.jpg"],
      ["mp-octet-nofilename.body", "image.jpg"],
      ["mp-space-name.body", "Front-Door-2026-11-27-06.30.00.jpg"],
      ["mp-event-bom.body", "a.jpg"],
    ] as const) {
      const text = readFileSync(new URL(file, cases)).toString("latin1");
      const at = api.services.clock.now().toISOString();
      const body = text.replace('"id":"REPLACE"', `"id":"${randomUUID()}"`).replace("REPLACE", at);
      assert.deepEqual(await keptNames(await send(Buffer.from(body, "latin1"))), [name], file);
    }
  });
});
