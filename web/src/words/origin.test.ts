import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Authenticity, Moment, Provenance } from "../api/contract.ts";
import { custody, origins, signed } from "./origin.ts";

const when = () => "yesterday, 21:14";
const cannotTell = { status: "cannot-tell" as const, reasons: [] };

function moment(status: Authenticity["custody"]["status"], provenance: Provenance | null = null): Moment {
  return {
    id: "mom_1",
    outcome: "reviewed",
    detections: [],
    capturedAt: "2026-06-01T21:14:06.000Z",
    zone: null,
    deviceId: "dev_1",
    eventId: "evt_1",
    authenticity: {
      provenance,
      custody: { status },
      capture: { status: "consistent", reasons: [] },
      replay: { status: "none-found" },
      synthetic: cannotTell,
    },
  };
}

describe("what is said of pictures' origin", () => {
  it("says since when they are as they are, and names what is not", () => {
    assert.deepEqual(custody([]), []);
    assert.match(custody([moment("unbroken")])[0] ?? "", /^The picture is in the evidence log/);
    assert.match(custody([moment("unbroken"), moment("not-logged")])[0] ?? "", /^1 of 2 pictures/);
    assert.match(
      custody([moment("unbroken"), moment("mismatch")])[1] ?? "",
      /^Picture 2: not what was accepted/,
    );
  });

  it("says nothing of a picture that says nothing, and never that one is authentic or fake", () => {
    assert.deepEqual(
      origins([moment("unbroken"), moment("unbroken", { status: "absent", codes: [] })], when),
      [],
    );
    const statuses = [
      "unreadable",
      "remote-only",
      "trusted",
      "valid-untrusted",
      "legacy-or-expired",
      "manifest-altered",
      "content-changed",
    ] as const;
    const lines = origins(
      statuses.map((status) => moment("unbroken", { status, codes: [], signer: "Camera 7" })),
      when,
    );
    assert.equal(lines.length, statuses.length);
    assert.equal(new Set(lines.map(({ line }) => line)).size, statuses.length);
    for (const { line } of lines) assert.doesNotMatch(line, /authentic|fake|genuine|tamper/i);
    assert.equal(lines[2]?.line, "Signed by Camera 7, who is trusted here, and unchanged since.");
  });

  it("says when the very same file came before", () => {
    const again = moment("unbroken");
    const earlier = { momentId: "mom_0", eventId: "evt_0", capturedAt: "2026-05-31T21:14:06.000Z" };
    if (again.authenticity) again.authenticity.replay = { status: "exact", earlier };
    assert.deepEqual(origins([again], when), [
      { number: 1, line: "The very same file came before, as taken yesterday, 21:14." },
    ]);
    if (again.authenticity) again.authenticity.replay = { status: "repeat", earlier };
    assert.match(
      origins([again], when)[0]?.line ?? "",
      /^Another file, but the same picture: .* yesterday, 21:14\.$/,
    );
    if (again.authenticity) again.authenticity.replay = { status: "cannot-tell", why: "nothing-moves" };
    assert.deepEqual(origins([again], when), [], "what nobody can say is not said of each picture");
  });

  it("says that a picture calls itself generated, and by whom", () => {
    const declared = moment("unbroken", { status: "absent", codes: [] });
    const reasons = ["the file says, which anybody can have written: trainedAlgorithmicMedia"];
    if (declared.authenticity) declared.authenticity.synthetic = { status: "declared", reasons };
    assert.match(origins([declared], when)[0]?.line ?? "", /^Generated or composed: the file says/);
  });

  it("says what contradicts itself in a file, and what is new of its camera, without calling it anything", () => {
    const one = moment("unbroken");
    const say = (capture: Authenticity["capture"]) => {
      if (one.authenticity) one.authenticity.capture = capture;
      return origins([one], when)[0]?.line;
    };
    const detail = "EXIF says 4000 x 3000, and it is 1920 x 1080";
    const contradicts = say({ status: "contradicts", reasons: [{ code: "exif-size-differs", detail }] });
    assert.match(
      contradicts ?? "",
      /^The file contradicts itself .* EXIF says 4000 x 3000, and it is 1920 x 1080\.$/,
    );
    const reasons = [{ code: "encoder-new" as const, detail: "encoded as jpeg a" }];
    assert.match(say({ status: "novel", reasons }) ?? "", /after an update/);
    assert.equal(say({ status: "cannot-tell", why: "not-enrolled", reasons: [] }), undefined);
  });

  it("says since when the log has them, and who has time-stamped that", () => {
    const checkpoint = {
      note: "",
      size: 4,
      root: "",
      publicKey: "",
      signedAt: "2026-06-01T21:15:00.000Z",
      timeStamp: null,
    };
    const log = { checkpoint, leaves: [], notLogged: [] };
    assert.equal(signed(undefined, when), undefined);
    assert.equal(signed({ ...log, checkpoint: null }, when), undefined);
    assert.equal(signed(log, when), "The log was signed yesterday, 21:14.");
    const timeStamp = { token: "", at: "2026-06-01T21:15:02.000Z", authority: "Time & Co" };
    assert.match(
      signed({ ...log, checkpoint: { ...checkpoint, timeStamp } }, when) ?? "",
      /by “Time & Co”\.$/,
    );
  });
});
