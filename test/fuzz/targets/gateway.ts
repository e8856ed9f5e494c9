/** What the gateway is sent by devices, cameras and programs of its network. */
import { createConnection as connect } from "node:net";
import { authorise } from "../../../edge-gateway/src/access/digest-access.ts";
import { readReview } from "../../../edge-gateway/src/bridges/frigate.ts";
import { readNotice } from "../../../edge-gateway/src/onvif/read-notice.ts";
import { type Element, readXml } from "../../../edge-gateway/src/onvif/read-xml.ts";
import { createDoor } from "../../../edge-gateway/src/receivers/door.ts";
import { receiveFiles } from "../../../edge-gateway/src/receivers/ftp.ts";
import { picturesOf } from "../../../edge-gateway/src/receivers/smtp.ts";
import { picturesIn } from "../../../edge-gateway/src/receivers/upload.ts";
import { createSegmentSplitter } from "../../../edge-gateway/src/recorder/split-segments.ts";
import { createDecoder } from "../../../edge-gateway/src/thermal/choose-decode.ts";
import {
  makeEeprom,
  renderCenti,
  renderFrame,
  roomView,
} from "../../../edge-gateway/testing/device-frames.ts";
import { makeSeeds, openHearing } from "../../../edge-gateway/testing/fuzz-sensors.ts";
import { group } from "../../../edge-gateway/testing/transport-stream.ts";
import { headKinds } from "../../../packages/core/testing/picture-heads.ts";
import { ending, type Target, texts } from "../target.ts";

export const sensors: Target = {
  bytesMax: 16_384,
  tokens: ["#Sensor", ":ADC1=", ",DIO=", "MPY30=", "#serialno:", "#locid:", "#Frame", "!\r\n", "!", "4095"],
  seeds: () => Object.values(makeSeeds()).flat(),
  async open() {
    let now = 0;
    const heard = { alarms: 0, devices: 0, malformed: 0, taken: 0 };
    const open = await openHearing(() => now, heard);
    return {
      take(input) {
        now += 20;
        const connection = open();
        const { taken } = heard;
        connection.push(input);
        const ended = heard.taken > taken ? "taken" : "refused";
        // Whatever came before its end, the next whole packet is read as it is meant.
        connection.push(Buffer.from("\n"));
        const before = heard.taken;
        connection.push(Buffer.from("#Sensor:ADC1=269,ADC2=1296,ADC3:=1,DIO=0!\r\n"));
        if (heard.taken !== before + 1) throw new Error("the next whole packet was lost");
        connection.end();
        return ended;
      },
    };
  },
};

const words = 832;
const frameBytes = 2 * words;
const strayCellsMax = 76;

/** The words of a calibration, then those of frames. */
export const frames: Target = {
  bytesMax: 4 * frameBytes,
  seeds() {
    const eeprom = makeEeprom();
    const dump = Buffer.alloc(frameBytes);
    for (const [index, word] of eeprom.entries()) dump.writeUInt16BE(word, 2 * index);
    const frame = renderFrame(eeprom, roomView(24));
    return [
      Buffer.concat([dump, frame, frame]),
      Buffer.concat([Buffer.alloc(frameBytes), renderCenti(roomView(24))]),
    ];
  },
  open: () => ({
    take(input) {
      const decoder = createDecoder(() => {});
      const told = input.subarray(0, frameBytes);
      const dump = Uint16Array.from({ length: words }, (_, at) =>
        2 * at + 1 < told.length ? told.readUInt16BE(2 * at) : 0,
      );
      decoder.calibrate(dump);
      const celsius = new Float32Array(768);
      let refused = 0;
      for (let at = frameBytes; at < input.length; at += frameBytes) {
        const frame = Buffer.alloc(frameBytes);
        const length = input.copy(frame, 0, at, at + frameBytes);
        // A few cells of noise may be no number; a frame that has more of them is refused.
        if (decoder.decode(frame, length >> 1, celsius) !== undefined) refused++;
        else if (celsius.filter((value) => !Number.isFinite(value)).length > strayCellsMax) {
          throw new Error("a view of noise");
        }
      }
      return refused === 0 ? "taken" : "refused";
    },
  }),
};

const notice = `<?xml version="1.0"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:t="http://docs.oasis-open.org/wsn/b-2" xmlns:o="http://www.onvif.org/ver10/schema"><s:Body><m><t:NotificationMessage><t:Topic>tns1:RuleEngine/CellMotionDetector/Motion</t:Topic><t:Message><o:Message PropertyOperation="Changed"><o:Source><o:SimpleItem Name="Source" Value="1"/></o:Source><o:Data><o:SimpleItem Name="IsMotion" Value="true"/></o:Data></o:Message></t:Message></t:NotificationMessage></m></s:Body></s:Envelope>`;

export const notices: Target = {
  bytesMax: 65_536,
  tokens: [
    "<!DOCTYPE x [",
    "<![CDATA[",
    "]]>",
    "&#x10ffff;",
    "&#0;",
    "<a>",
    "</a>",
    "xmlns:t=",
    "<?x ?>",
    "<!--",
    "<t:Topic>",
  ],
  seeds: () => texts(notice, "<x>".repeat(70), '<a xmlns:b="c"><b:d e="f">&lt;</b:d></a>'),
  open: () => ({
    take: (input) =>
      ending(
        () => {
          const walk = (element: Element): void => {
            readNotice(element);
            for (const child of element.children) walk(child);
          };
          walk(readXml(input.toString()));
        },
        (error) => error instanceof RangeError && error.message.startsWith("it answered"),
      ),
  }),
};

export const challenges: Target = {
  bytesMax: 4_096,
  tokens: ["Digest ", "Basic ", 'realm="', "algorithm=", 'qop="auth"', "nonce=", ", "],
  seeds: () =>
    texts(
      'Digest realm="cam", nonce="7f", qop="auth,auth-int", algorithm=SHA-256, opaque="x"',
      'Basic realm="x"',
    ),
  open: () => ({
    take: (input) =>
      ending(
        () =>
          authorise(
            input.toString("latin1"),
            { username: "a", password: "b" },
            { method: "GET", path: "/", count: 1, nonce: "1" },
          ),
        (error) => error instanceof RangeError && error.message.startsWith("it asks for"),
      ),
  }),
};

export const reviews: Target = {
  bytesMax: 16_384,
  tokens: [
    '"after":{',
    '"detections":[',
    '"objects":[',
    '"zones":',
    '"type":"new"',
    "person-verified",
    "1e400",
  ],
  seeds: () =>
    texts(
      '{"type":"new","before":{},"after":{"id":"1718987129.308396-fqk5ka","camera":"front","start_time":1718987129.308,"severity":"alert","data":{"detections":["1718987128.9-abc"],"objects":["person","car-verified"],"zones":["porch"]}}}',
    ),
  open: () => ({ take: (input) => (readReview(input) ? "taken" : "refused") }),
};

async function jpeg(): Promise<Buffer> {
  const kinds = await headKinds();
  return Buffer.from(kinds.find(({ name }) => name === "grey jpeg")?.bytes ?? []);
}

export const mails: Target = {
  bytesMax: 65_536,
  tokens: [
    "\r\n--b\r\n",
    "--b--",
    "Content-Type: ",
    "multipart/mixed; boundary=b",
    "message/rfc822",
    "=?utf-8?B?",
    "charset=",
    "base64\r\n\r\n",
  ],
  async seeds() {
    const picture = (await jpeg()).toString("base64").replaceAll(/.{76}/g, "$&\r\n");
    const head = "From: cam@x\r\nTo: v@x\r\nSubject: =?utf-8?B?QmV3ZWd1bmc=?=\r\nMIME-Version: 1.0\r\n";
    return texts(
      `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nMotion\r\n--b\r\nContent-Type: image/jpeg; name="a.jpg"\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="a.jpg"\r\n\r\n${picture}\r\n--b--\r\n`,
      `${head}\r\nMotion\r\n`,
    );
  },
  open: () => ({
    // `take` of the receiver answers 554 for whatever is thrown: an error is a refusal, what never ends is none.
    take: (input) =>
      ending(
        () => picturesOf(input),
        (error) => error instanceof Error && !(error instanceof TypeError),
      ),
  }),
};

export const uploads: Target = {
  bytesMax: 65_536,
  tokens: ["\xff\xd8\xff", "\xff\xd9", "\xff\xda\x00\x02"],
  async seeds() {
    const one = await jpeg();
    return [one, Buffer.concat([Buffer.from("--b\r\n"), one, Buffer.from("\r\n--b\r\n"), one])];
  },
  open: () => ({ take: (input) => (picturesIn(input).length > 0 ? "taken" : "refused") }),
};

export const segments: Target = {
  bytesMax: 16 * 188,
  seeds: () => [group(1, 5), Buffer.concat([group(1, 3), group(2, 3)])],
  open: () => ({
    take(input) {
      let [isOpen, whole] = [false, 0];
      const splitter = createSegmentSplitter({
        begin() {
          if (isOpen) throw new Error("a segment began within another");
          isOpen = true;
        },
        write() {
          if (!isOpen) throw new Error("written outside of a segment");
        },
        end() {
          isOpen = false;
          whole++;
        },
        drop() {
          isOpen = false;
        },
      });
      for (let at = 0, ms = 0; at < input.length; at += 333, ms += 1_500) {
        splitter.push(input.subarray(at, at + 333), ms);
      }
      splitter.interrupt();
      if (isOpen) throw new Error("a segment that never ends");
      return whole > 0 ? "taken" : "refused";
    },
  }),
};

/** Lines of a camera's that uploads; whatever it is asked to connect to, it connects to, and sends a few bytes. */
export const ftpLines: Target = {
  bytesMax: 4_096,
  tokens: [
    "USER cam\r\n",
    "PASS p\r\n",
    "PASV\r\n",
    "EPSV\r\n",
    "STOR a.jpg\r\n",
    "LIST\r\n",
    "CWD ..\r\n",
    "\r\n",
    "RNFR ",
  ],
  seeds: () =>
    texts(
      "USER cam\r\nPASS p\r\nTYPE I\r\nCWD /a\r\nPASV\r\nSTOR a.jpg\r\n",
      "USER cam\r\nPASS p\r\nEPSV\r\nLIST\r\nPWD\r\n",
      "USER x\r\nPASS y\r\nFEAT\r\nSYST\r\n",
    ),
  async open() {
    let now = 0;
    const door = createDoor(
      { allow: ["127.0.0.0/8"], credentials: [{ camera: "cam", user: "cam", password: "p" }] },
      // Each comes long after the one before, so that none is barred for what others said.
      () => (now += 600_000),
    );
    let brought = 0;
    const receiver = await receiveFiles({ host: "127.0.0.1", port: 0, door, onUpload: () => void brought++ });
    return {
      async take(input) {
        const before = brought;
        await say(receiver.port, Buffer.concat([input, Buffer.from("\r\nQUIT\r\n")]), await jpeg());
        return brought > before ? "taken" : "refused";
      },
      close: () => receiver.stop(),
    };
  },
};

async function say(port: number, lines: Buffer, file: Buffer): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => {});
  socket.on("close", () => resolve());
  let text = "";
  socket.on("data", (piece: Buffer) => {
    text += piece.toString("latin1");
    for (const [whole, high, low, direct] of text.matchAll(
      /^22[79] [^\r]*\((?:[\d,]+,(\d+),(\d+)|\|\|\|(\d+)\|)\)\r\n/gm,
    )) {
      text = text.replace(whole, "");
      const to = direct === undefined ? Number(high) * 256 + Number(low) : Number(direct);
      const data = connect({ port: to, host: "127.0.0.1" }, () => data.end(file));
      data.on("error", () => {});
      data.resume();
    }
  });
  socket.write(lines);
  await promise;
}
