/** The thread of the second stage: its models block whoever runs them. */
import { readFile } from "node:fs/promises";
import { parentPort, workerData } from "node:worker_threads";
import { InferenceSession } from "../../model/runtime/index.ts";
import { sessionOptions } from "../infer/session-options.ts";
import { readPicture } from "./crop.ts";
import { findFaces } from "./faces.ts";
import type {
  FromSecondStage,
  Inspection,
  SecondStageModels,
  SecondStageSettings,
  ToSecondStage,
} from "./messages.ts";
import { describePersons } from "./persons.ts";
import { type PlateReader, readPlates } from "./plates.ts";

type Sessions = { faces?: InferenceSession; plates?: PlateReader; reidentification?: InferenceSession };

function session(path: string): Promise<InferenceSession> {
  return InferenceSession.create(path, sessionOptions("cpu", 1));
}

async function open({ faces, plates, reidentification }: SecondStageModels): Promise<Sessions> {
  return {
    ...(faces === undefined ? {} : { faces: await session(faces) }),
    ...(plates === undefined
      ? {}
      : {
          plates: {
            finder: await session(plates.finder),
            reader: await session(plates.reader),
            characters: await readCharacters(plates.characters),
          },
        }),
    ...(reidentification === undefined ? {} : { reidentification: await session(reidentification) }),
  };
}

/** One a line; the recogniser knows the space beside them. */
async function readCharacters(path: string): Promise<string[]> {
  const lines = (await readFile(path, "utf8")).split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return [...lines, " "];
}

async function inspect(
  { faces, plates, reidentification }: Sessions,
  { bytes, detections, wanted }: Extract<ToSecondStage, { kind: "inspect" }>,
  pixelsMax: number,
): Promise<Inspection> {
  const picture = await readPicture(bytes, pixelsMax);
  return {
    ...(faces && wanted.faces ? { faces: await findFaces(faces, picture, detections) } : {}),
    ...(plates && wanted.plates ? { plates: await readPlates(plates, picture, detections) } : {}),
    ...(reidentification && wanted.reidentification
      ? { persons: await describePersons(reidentification, picture, detections) }
      : {}),
  };
}

async function start(say: (message: FromSecondStage) => void, settings: SecondStageSettings): Promise<void> {
  const sessions = await open(settings.models);
  port.on("message", (message: ToSecondStage) => {
    if (message.kind === "close") {
      port.close();
      return;
    }
    inspect(sessions, message, settings.pixelsMax).then(
      (found) => say({ kind: "inspected", inspection: found }),
      (error: unknown) => say({ kind: "failed", reason: messageOf(error) }),
    );
  });
  say({ kind: "ready" });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

if (!parentPort) {
  throw new Error("second-stage-worker.ts runs in a worker thread; createSecondStage() starts it");
}
const port = parentPort;
const say = (message: FromSecondStage): void => port.postMessage(message, []);
start(say, workerData as SecondStageSettings).catch((error: unknown) => {
  say({ kind: "refused", reason: messageOf(error) });
  port.close();
});
