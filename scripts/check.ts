/** `npm run check`: format, lint, types and layout, in seconds. */
import "./help.ts";
import { runChecks } from "./checks.ts";
import { terminal } from "./terminal.ts";

if (!(await runChecks(terminal))) process.exitCode = 1;
