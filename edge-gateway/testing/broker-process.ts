/** For benches: the test broker in a process of its own. Prints its address, and ends with its parent's pipe. */
import { startBroker } from "./broker.ts";

const { url } = await startBroker();
process.stdout.write(`${url}\n`);
process.stdin.resume().on("end", () => process.exit());
