/** For tests: ends a child process, whatever it is doing, and waits until it is gone. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

export async function endProcess(child: ChildProcess): Promise<void> {
  const hasStarted = child.pid !== undefined;
  if (!hasStarted || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
}
