/** What `npm start` can be told. */
import { parseArgs } from "node:util";

export type Options = {
  /** Ends after the first digest. */
  once: boolean;
  feed: boolean;
  worker: boolean;
  /** The simulated site with its gateway. */
  site: boolean;
  /** What stands in front of the API in a deployment on Cloudflare stands in front of it here. */
  edge: boolean;
  /** Throws the local data away first. */
  fresh: boolean;
  /** API and worker start anew, and the console is built anew, when their sources change. */
  watch: boolean;
  /** 0 takes a free one. */
  apiPort: number;
  consolePort: number;
  help: boolean;
};

export const help = `
npm start -- [options]     runs the whole of Vigil on this machine

  --once                 end with code 0 after the first digest; 1 when none came in 120 s
  --no-feed              without the sample camera feed
  --no-worker            without a worker: jobs stay in their queues
  --no-site              without the simulated site, its gateway and the sensor that overheats
  --edge                 with the Cloudflare Worker in front of the API, in Cloudflare's own runtime
  --fresh                throw the local data (.vigil/) away first; fetched models stay
  --watch                start API and worker anew, and build the console anew, when sources change (npm run dev)
  --api-port N           a fixed port for the API instead of a free one
  --console-port N       a fixed port for the console instead of a free one
  --help                 this text

Everything lives in .vigil/: data, logs, and local.json with every address and key.
`;

function port(name: string, text: string | undefined): number {
  if (text === undefined) return 0;
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 65_535) return value;
  throw new Error(`--${name} must be a port, 1..65535, got ${text}`);
}

/** Throws an error that says what was expected. */
export function parseOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      once: { type: "boolean", default: false },
      feed: { type: "boolean", default: true },
      worker: { type: "boolean", default: true },
      site: { type: "boolean", default: true },
      edge: { type: "boolean", default: false },
      fresh: { type: "boolean", default: false },
      watch: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
      "api-port": { type: "string" },
      "console-port": { type: "string" },
    },
  });
  if (values.once && !values.help && (!values.feed || !values.worker)) {
    throw new Error(
      "--once waits for a digest, which needs the feed and the worker: leave out --no-feed and --no-worker",
    );
  }
  return {
    once: values.once,
    feed: values.feed,
    watch: values.watch,
    worker: values.worker,
    site: values.site,
    edge: values.edge,
    fresh: values.fresh,
    help: values.help,
    apiPort: port("api-port", values["api-port"]),
    consolePort: port("console-port", values["console-port"]),
  };
}
