/**
 * `POST /v1/vision/detection`, as clients of DeepStack and CodeProject.AI ask it: a picture in a form, and what stands in it as
 * the answer. Answered by the detectors that the operator has configured; where there is none it says so, and makes nothing up.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { VisionConfig } from "../cameras-config.ts";
import { ownNetworks } from "../receivers/door.ts";
import { connectionsMax, silentMsMax } from "../receivers/smtp.ts";
import { picturesIn, uploadBytesMax } from "../receivers/upload.ts";
import { createAllowList, plainAddress } from "../sensors/listen.ts";
import { type DetectorProcess, type Look, NotNow, openDetector } from "./detector-process.ts";

export type VisionState = { models: (string | undefined)[]; looked: number; dropped: number };

export type Vision = {
  port: number;
  state(): VisionState;
  stop(): Promise<void>;
};

/** In pixels, as those clients expect it. */
type Predicted = {
  label: string;
  confidence: number;
  x_min: number;
  y_min: number;
  x_max: number;
  y_max: number;
};
type Answer = { status: number; body: object };

const path = "/v1/vision/detection";
const noDetector = "no detector is configured at this gateway (vision.detectors in gateway.yaml)";
const confidenceMin = 0.4;

const refusal = (status: number, error: string): Answer => ({
  status,
  body: { success: false, code: status, error, predictions: [], count: 0, duration: 0 },
});

async function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > uploadBytesMax) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function predictedIn({ width, height, detections }: Look, least: number): Predicted[] {
  return detections
    .filter(({ confidence }) => confidence >= least)
    .map(({ label, confidence, box: [x, y, w, h] }) => ({
      label,
      confidence,
      x_min: Math.round(x * width),
      y_min: Math.round(y * height),
      x_max: Math.round((x + w) * width),
      y_max: Math.round((y + h) * height),
    }));
}

/** A field of a form, without reading the form as a whole: its picture is found by its own bytes. */
function leastOf(body: Buffer): number {
  const [, text] = /name="?min_confidence"?\r?\n\r?\n([0-9.]{1,10})/.exec(body.toString("latin1")) ?? [];
  const least = Number(text ?? Number.NaN);
  return least >= 0 && least <= 1 ? least : confidenceMin;
}

async function answer(request: IncomingMessage, detectors: readonly DetectorProcess[]): Promise<Answer> {
  const { pathname } = new URL(request.url ?? "/", "http://gateway");
  if (pathname !== path) return refusal(404, `expected POST ${path}`);
  if (request.method !== "POST") return refusal(405, `expected POST ${path}`);
  const body = await read(request);
  if (!body) return refusal(413, `expected at most ${uploadBytesMax} bytes`);
  if (detectors.length === 0) return refusal(503, noDetector);
  const [picture] = picturesIn(body);
  if (!picture) return refusal(400, "expected a JPEG in the field image of a form");
  const startMs = performance.now();
  try {
    const looks = await Promise.all(detectors.map((detector) => detector.look(picture)));
    const least = leastOf(body);
    const predictions = looks.flatMap((look) => predictedIn(look, least));
    const duration = Math.round(performance.now() - startMs);
    return {
      status: 200,
      body: { success: true, code: 200, predictions, count: predictions.length, duration },
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return refusal(error instanceof NotNow ? 503 : 400, why);
  }
}

/** Rejects when the port cannot be had. Whoever is in the machine's own networks, or those of `allow`, may ask. */
export async function openVision({ host, port, allow, detectors }: VisionConfig): Promise<Vision> {
  const open = detectors.map(({ run }) => openDetector(run));
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { status, body } = await answer(request, open);
    const close = request.complete ? {} : { connection: "close" };
    response.writeHead(status, { "content-type": "application/json", ...close }).end(JSON.stringify(body));
  };
  const server = createServer({ requestTimeout: silentMsMax }, (request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  server.maxConnections = connectionsMax;
  server.on("connection", (socket) => {
    const near = createAllowList(allow.length > 0 ? allow : ownNetworks());
    if (!near(plainAddress(socket.remoteAddress))) socket.destroy();
    socket.setTimeout(silentMsMax, () => socket.destroy());
  });
  const listening = Promise.withResolvers<void>();
  server.once("error", listening.reject);
  server.listen(port, host, () => listening.resolve());
  const stopDetectors = () => Promise.all(open.map((detector) => detector.stop()));
  await listening.promise.catch(async (error: unknown) => {
    await stopDetectors();
    throw error;
  });
  return {
    port: (server.address() as AddressInfo).port,
    state: () => ({
      models: open.map(({ model }) => model),
      looked: open.reduce((sum, { looked }) => sum + looked, 0),
      dropped: open.reduce((sum, { dropped }) => sum + dropped, 0),
    }),
    async stop() {
      server.closeAllConnections();
      await Promise.all([new Promise((done) => server.close(done)), stopDetectors()]);
    },
  };
}
