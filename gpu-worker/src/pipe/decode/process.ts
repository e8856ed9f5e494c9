/** One decoding process, seen from the worker. */
import { type ChildProcess, fork } from "node:child_process";
import { allocatorSettings } from "../../allocator.ts";
import type { DecodedImage, DecodeOptions } from "./decode-image.ts";
import type { FromDecodeProcess, ToDecodeProcess } from "./messages.ts";
import { openPixelsFile } from "./pixels-file.ts";
import { UnreadableImage } from "./unreadable-image.ts";

/** How a picture ended, and the processor time that it took, in milliseconds. */
export type Decoded = { cpuMs: number } & ({ image: DecodedImage } | { error: Error });

export type DecodeProcess = {
  /**
   * One picture at a time. It ends as too slow after `msMax`, and the process with it; the next picture gets another
   * process. Rejects with `ProcessDown` when the process ended by itself.
   */
  decode(asked: Asked, msMax: number): Promise<Decoded>;
  /** Ends the process, whatever it is doing. */
  close(): Promise<void>;
};

export type Asked = {
  bytes: Uint8Array;
  options: DecodeOptions;
  /** Takes the pixels, from its beginning on. */
  memory: SharedArrayBuffer;
};

/** The process ended under a picture. */
export class ProcessDown extends Error {
  override readonly name = "ProcessDown";
}

export type ProcessOptions = {
  /** The file that the process runs. */
  entry: URL;
  /** The longest side of a canvas. */
  inputSize: number;
};

const startMsMax = 60_000;

export function createProcess(options: ProcessOptions): DecodeProcess {
  const file = openPixelsFile(options.inputSize);
  let running: Running | undefined = launch(options.entry, file.descriptor);
  let last = 0;

  return {
    async decode({ bytes, options: decodeOptions, memory }, msMax) {
      if (!running || running.isDown) running = launch(options.entry, file.descriptor);
      const process = running;
      try {
        await process.ready;
        last += 1;
        file.write(bytes);
        const said = await process.ask({ id: last, bytes: bytes.byteLength, options: decodeOptions }, msMax);
        const { cpuMs } = said;
        return said.kind === "decoded"
          ? { cpuMs, image: file.read(said.image, memory) }
          : { cpuMs, error: errorOf(said) };
      } catch (error) {
        running = undefined;
        await process.end();
        if (error instanceof TooSlow) return { cpuMs: msMax, error: tooSlow(msMax) };
        throw error;
      }
    },
    async close() {
      await running?.end();
      file.close();
    },
  };
}

type Said = Exclude<FromDecodeProcess, { kind: "ready" }>;
type Running = {
  /** Rejects when the process does not come up. */
  ready: Promise<void>;
  readonly isDown: boolean;
  ask(question: ToDecodeProcess, msMax: number): Promise<Said>;
  end(): Promise<void>;
};

class TooSlow extends Error {}

function launch(entry: URL, descriptor: number): Running {
  const child = fork(entry, {
    stdio: ["ignore", "ignore", "inherit", "ipc", descriptor],
    // Nothing of the worker's environment: a decoder needs no key.
    env: { ...allocatorSettings },
    execArgv: [],
  });
  const ready = Promise.withResolvers<void>();
  let answer: PromiseWithResolvers<Said> | undefined;
  const ended = endOf(child);
  const timer = setTimeout(() => child.kill("SIGKILL"), startMsMax);
  child.on("message", (message: FromDecodeProcess) => {
    clearTimeout(timer);
    if (message.kind === "ready") ready.resolve();
    else answer?.resolve(message);
  });
  let isDown = false;
  void (async () => {
    const why = await ended;
    isDown = true;
    clearTimeout(timer);
    ready.reject(new Error(`the decoding process does not come up: ${why}`));
    answer?.reject(new ProcessDown(`the decoding process ended under a picture: ${why}`));
  })();
  // Whoever asks is told; nobody may ask.
  ready.promise.catch(() => undefined);
  return {
    ready: ready.promise,
    get isDown() {
      return isDown;
    },
    async ask(question, msMax) {
      const own = Promise.withResolvers<Said>();
      answer = own;
      const deadline = setTimeout(() => own.reject(new TooSlow()), msMax);
      child.send(question, (error) => {
        if (error) own.reject(new ProcessDown("the decoding process takes no picture", { cause: error }));
      });
      try {
        return await own.promise;
      } finally {
        clearTimeout(deadline);
      }
    },
    async end() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Resolves with the reason. */
async function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.on("error", (error) => {
      // It may also be a message that could not be sent, to a process that runs on.
      if (child.pid === undefined) resolve(error.message);
    });
    child.once("exit", (code, signal) => resolve(signal ?? `code ${code}`));
  });
}

function tooSlow(msMax: number): UnreadableImage {
  return new UnreadableImage("too-slow", `decoding it took longer than ${Math.round(msMax)} ms`);
}

function errorOf(said: Exclude<Said, { kind: "decoded" }>): Error {
  return said.kind === "unreadable"
    ? new UnreadableImage(said.reason, said.detail)
    : new Error(`decoding failed: ${said.reason}`);
}
