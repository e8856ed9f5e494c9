/** Whether a command is on the PATH. Checks that need one which is not there are skipped, and say so. */
import { spawnSync } from "node:child_process";

export function isInstalled(command: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" }).status === 0;
}
