import assert from "node:assert/strict";
import { it } from "node:test";
import { reportedDe } from "./reported.ts";

it("what is reported of a delivery is said in German, whatever stands around it", () => {
  assert.equal(
    reportedDe("10 attempts failed, the last one because no answer within 10 s"),
    "10 Versuche sind fehlgeschlagen, der letzte so: keine Antwort innerhalb von 10 s",
  );
  assert.equal(
    reportedDe("the connection failed (ECONNREFUSED)"),
    "die Verbindung ist fehlgeschlagen (ECONNREFUSED)",
  );
  assert.equal(reportedDe("what a library said"), "what a library said");
});
