/**
 * What a person sees of a script: steps that tick off, one line that lives while they last, colour where it is wanted.
 *
 * @example
 *   await terminal.step("model yolov8n", (report) => load(name, (percent) => report(`${percent} %`)));
 *
 * Without a terminal the line does not live; a step that takes long says so every five seconds instead.
 */
import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];
export type Report = (detail: string) => void;

const frames = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];
const frameMs = 100;
const quietMs = 2_000;
const plainEveryMs = 5_000;
const titleChars = 26;

type Step = { title: string; detail: string; startMs: number; saidMs: number };

/** Honours NO_COLOR, FORCE_COLOR and streams that are no terminal. */
export function paint(style: Style, text: string): string {
  return styleText(style, text, { stream: process.stdout });
}

/** 420 -> "420 ms", 1234 -> "1.2 s". */
export function inSeconds(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function createTerminal(stream: NodeJS.WriteStream) {
  const active = new Set<Step>();
  let timer: NodeJS.Timeout | undefined;
  let frame = 0;

  const clear = () => {
    if (stream.isTTY) stream.write("\r\u001b[2K");
  };
  const describe = ({ title, detail, startMs }: Step, nowMs: number) =>
    [title, detail, nowMs - startMs > quietMs ? inSeconds(nowMs - startMs) : ""].filter(Boolean).join(" ");

  const draw = () => {
    if (active.size === 0) return;
    const nowMs = performance.now();
    if (stream.isTTY) {
      frame = (frame + 1) % frames.length;
      const text = [...active].map((step) => describe(step, nowMs)).join("  ·  ");
      const line = `  ${frames[frame]} ${text}`.slice(0, (stream.columns || 80) - 1);
      clear();
      stream.write(paint("cyan", line));
      return;
    }
    for (const step of active) {
      if (nowMs - step.startMs < quietMs || nowMs - step.saidMs < plainEveryMs) continue;
      step.saidMs = nowMs;
      stream.write(`  … ${describe(step, nowMs)}\n`);
    }
  };

  const line = (text = "") => {
    clear();
    stream.write(`${text}\n`);
    draw();
  };

  const begin = (step: Step) => {
    active.add(step);
    timer ??= setInterval(draw, frameMs).unref();
    draw();
  };
  const end = (step: Step) => {
    active.delete(step);
    if (active.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    clear();
  };

  return {
    line,
    /** Runs `work`; `report` sets what stands behind the title while it lasts. Prints how long it took. */
    async step<T>(title: string, work: (report: Report) => Promise<T>): Promise<T> {
      const step: Step = { title, detail: "", startMs: performance.now(), saidMs: 0 };
      begin(step);
      try {
        const result = await work((detail) => {
          step.detail = detail;
        });
        end(step);
        const took = paint("dim", inSeconds(performance.now() - step.startMs));
        line(`  ${paint("green", "✔")} ${title.padEnd(titleChars)} ${took}`);
        return result;
      } catch (error) {
        end(step);
        line(`  ${paint("red", "✘")} ${title}`);
        throw error;
      }
    },
  };
}

export type Terminal = ReturnType<typeof createTerminal>;
export const terminal: Terminal = createTerminal(process.stdout);
