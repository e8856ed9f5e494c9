/**
 * Imported first by programs for the command line: `--help` is answered with the comment at the head of the program that was
 * started, and so is an option that it does not know.
 */
import { readFileSync } from "node:fs";
import { inspect } from "node:util";

/** The first comment of a file, without its frame. */
export function headOf(source: string): string {
  const comment = /^\/\*\*(.*?)\*\//s.exec(source)?.[1] ?? "";
  return comment
    .split("\n")
    .map((line) => line.replace(/^\s*\*? ?/, "").trimEnd())
    .join("\n")
    .trim();
}

const isWrongOption = (error: unknown) =>
  error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");

const [, program, ...options] = process.argv;
const end = options.indexOf("--");
if (
  program &&
  options.slice(0, end === -1 ? undefined : end).some((one) => one === "--help" || one === "-h")
) {
  process.stdout.write(`${headOf(readFileSync(program, "utf8"))}\n`);
  process.exit(0);
}
process.on("uncaughtException", (error) => {
  if (!program || !isWrongOption(error)) {
    process.stderr.write(`${inspect(error)}\n`);
    process.exit(1);
  }
  process.stderr.write(`${error.message}\n\n${headOf(readFileSync(program, "utf8"))}\n`);
  process.exit(2);
});
