/** Tells how far something is: on a terminal in one line that changes, elsewhere a line every few seconds. */

export type Progress = { show(done: number, total?: number, note?: string): void; end(): void };

const terminalMs = 200;
const linesMs = 5_000;

export function startProgress(what: string, out: NodeJS.WriteStream = process.stderr): Progress {
  const startedAt = performance.now();
  let shownAt = Number.NEGATIVE_INFINITY;
  let last = "";
  const write = (text: string) => {
    if (text === last) return;
    last = text;
    out.write(out.isTTY ? `\r\x1b[K${text}` : `${text}\n`);
  };
  let pending = "";
  return {
    show(done, total, note = "") {
      const seconds = (performance.now() - startedAt) / 1000;
      pending = describe({ what, done, total, seconds, note });
      if (performance.now() - shownAt < (out.isTTY ? terminalMs : linesMs)) return;
      shownAt = performance.now();
      write(pending);
    },
    end() {
      if (pending !== "") write(pending);
      if (out.isTTY && pending !== "") out.write("\n");
    },
  };
}

/** @param seconds since it began */
function describe({
  what,
  done,
  total,
  seconds,
  note,
}: {
  what: string;
  done: number;
  total: number | undefined;
  seconds: number;
  note: string;
}): string {
  const rate = seconds > 0 ? done / seconds : 0;
  const left =
    total !== undefined && rate > 0 && done < total ? `, ${describeSeconds((total - done) / rate)} left` : "";
  const counted = total === undefined ? String(done) : `${done} of ${total}`;
  const parts = `${what}: ${counted}, ${rate.toFixed(rate < 10 ? 1 : 0)} a second${left}`;
  return note === "" ? parts : `${parts} (${note})`;
}

function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5_400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
