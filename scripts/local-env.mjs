/** Prints the addresses and keys of one account of the running local stack, as assignments for a shell. Any Node. */
import { readFileSync } from "node:fs";

const file = new URL("../.vigil/local.json", import.meta.url);
const tier = process.argv[2] ?? "pro";
try {
  const local = JSON.parse(readFileSync(file, "utf8"));
  const account = local.accounts.find((one) => one.tier === tier);
  if (!account) throw new Error(`expected a tier (lite, guardian or pro), got ${tier}`);
  const values = {
    API_URL: local.apiUrl,
    CONSOLE_URL: local.consoleUrl,
    DEVICE_KEY: account.deviceKey,
    MEMBER_TOKEN: account.memberToken,
    OPERATOR_TOKEN: local.operatorToken,
  };
  for (const [name, value] of Object.entries(values)) process.stdout.write(`${name}='${value}'\n`);
} catch (error) {
  const absent = error.code === "ENOENT";
  process.stderr.write(
    absent ? "There is no local stack here: start one with npm start.\n" : `${error.message}\n`,
  );
  process.exitCode = 1;
}
