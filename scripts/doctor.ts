/** `npm run doctor`: what is missing or wrong in an environment or a deployment, in plain words, and what to do. */
import { readFileSync } from "node:fs";
import { parseArgs, parseEnv } from "node:util";
import { environmentWith } from "./config.ts";
import { examine } from "./doctor/examine.ts";
import { paint, terminal } from "./terminal.ts";

const help = `npm run doctor -- [--env file] [--api https://…]

Looks at the environment of the functions, and at the database, the queues, the evidence store and the mail server that it
names. It writes one small object to the evidence store and deletes it, and changes nothing else.

  --env file   the environment, as KEY=value lines, or as AWS has it:
               aws lambda get-function-configuration --function-name … --query Environment.Variables --output json
               Absent: this process's own.
  --api url    the API as it is reached from outside, which is asked too

Ends with 0 when nothing is wrong, with 1 when something is.`;

const { values } = parseArgs({
  options: { env: { type: "string" }, api: { type: "string" }, help: { type: "boolean", short: "h" } },
});

function readEnv(file: string): Record<string, string | undefined> {
  const text = readFileSync(file, "utf8");
  return text.trimStart().startsWith("{") ? (JSON.parse(text) as Record<string, string>) : parseEnv(text);
}

if (values.help) terminal.line(help);
else {
  const own = environmentWith({});
  const given = values.env === undefined ? own : { AWS_REGION: own.AWS_REGION, ...readEnv(values.env) };
  const { faults, examined } = await examine({ env: given, apiUrl: values.api, now: () => new Date() });
  for (const area of new Set(examined)) {
    const found = faults.filter((fault) => fault.area === area);
    terminal.line(`${found.length === 0 ? paint("green", "right") : paint("red", "WRONG")}  ${area}`);
    for (const { what, next } of found) terminal.line(`         ${what}\n           -> ${next}`);
  }
  const isFit = faults.length === 0;
  terminal.line(`\n${isFit ? "Nothing is wrong with what was looked at." : `${faults.length} to mend.`}`);
  if (!isFit) process.exitCode = 1;
}
