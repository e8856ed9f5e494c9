/** Progress for a person (on standard error) and results (on standard output). */

export type Terminal = {
  /** A line of the result. */
  print(text: string): void;
  /** What is happening now; replaces the line before it on a terminal. */
  progress(text: string): void;
  /** Ends a progress line with what came of it. */
  done(text: string): void;
};

export const terminal: Terminal = {
  print: (text) => void process.stdout.write(`${text}\n`),
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
  },
  done: (text) => void process.stderr.write(`${process.stderr.isTTY ? "\r\u001b[K" : ""}${text}\n`),
};
