/** Programs of other people, run to their end. */
import { spawn } from "node:child_process";

/** Standard output; throws with what the program said when it fails. */
export async function run(command: string, args: readonly string[], input = ""): Promise<string> {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
  const [said, complained]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on("data", (piece: Buffer) => said.push(piece));
  child.stderr.on("data", (piece: Buffer) => complained.push(piece));
  child.stdin.end(input);
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once("error", reject);
  child.once("close", (code) => resolve(code ?? 1));
  const code = await promise;
  if (code !== 0) throw new Error(`${command} ended with ${code}: ${Buffer.concat(complained).toString()}`);
  return Buffer.concat(said).toString();
}

export async function isThere(command: string, args: readonly string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}
