/** The command line of `vigil-gateway`. */
import { parseArgs } from "node:util";
import { type Scenario, scenarios } from "../simulate/scenario.ts";

export const help = `vigil-gateway: hears a site's sensors, judges, alarms and forwards to Vigil

  vigil-gateway enrol     gets the gateway's key: shows a code, waits for an owner, writes the configuration
  vigil-gateway run       runs until Ctrl-C or SIGTERM
  vigil-gateway check     reads the configuration and says every fault in it
  vigil-gateway doctor    tries what the configuration names: store, disk, clock, ports, API, key, broker
  vigil-gateway simulate  is a sensor, for trying a gateway without one

  --config FILE      the configuration (default: $VIGIL_GATEWAY_CONFIG, else gateway.yaml)
  --ready FILE       run: written once it is up, with the addresses that it took, as JSON

  enrol:
  --api URL          Vigil's address, such as https://vigil.example.org
  --name NAME        what it calls itself (default: the name of this host)
  --again            puts a new key in the place of the one that the configuration has

  simulate:
  --to HOST:PORT     the gateway (default 127.0.0.1:9001)
  --place NAME       where the sensor stands (default "server room")
  --serial NAME      its serial number (default SIM-1)
  --scenario NAME    ${scenarios.join(", ")} (default overheat)
  --every MS         milliseconds between two frames (default 500)
  --token TEXT       what the gateway asks of its sensors

Exit codes: 0 all is well, 1 it cannot go on, 2 the configuration or the command line is wrong.
`;

export type Command =
  | { name: "help" }
  | { name: "run"; config: string | undefined; ready: string | undefined }
  | { name: "check" | "doctor"; config: string | undefined }
  | { name: "enrol"; config: string | undefined; apiUrl: string; as: string | undefined; again: boolean }
  | {
      name: "simulate";
      host: string;
      port: number;
      place: string;
      serial: string;
      scenario: Scenario;
      everyMs: number;
      token: string | undefined;
    };

export class BadCommand extends Error {
  override readonly name = "BadCommand";
}

const text = { type: "string" } as const;

/** @throws `BadCommand` with words for the person */
export function parseCommand(args: readonly string[]): Command {
  const { values, positionals } = parse(args);
  const [name = "help", ...more] = positionals;
  if (values.help || name === "help") return { name: "help" };
  if (more.length > 0) throw new BadCommand(`expected one command, got ${positionals.join(" ")}`);
  const { config } = values;
  if (name === "run") return { name, config, ready: values.ready };
  if (name === "check" || name === "doctor") return { name, config };
  if (name === "enrol") {
    const apiUrl = urlOf(values.api);
    return { name, config, apiUrl, as: values.name, again: values.again };
  }
  if (name !== "simulate") throw new BadCommand(`there is no command ${name}; see vigil-gateway --help`);
  const { host, port } = addressOf(values.to ?? "127.0.0.1:9001");
  const scenario = scenarios.find((known) => known === (values.scenario ?? "overheat"));
  if (!scenario) {
    throw new BadCommand(`--scenario must be one of ${scenarios.join(", ")}, got ${values.scenario}`);
  }
  const everyMs = Number(values.every ?? 500);
  if (!(everyMs >= 10 && everyMs <= 60_000)) {
    throw new BadCommand(`--every must be 10 to 60000 milliseconds, got ${values.every}`);
  }
  const { place = "server room", serial = "SIM-1", token } = values;
  return { name, host, port, place, serial, scenario, everyMs, token };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h", default: false },
        config: text,
        ready: text,
        to: text,
        place: text,
        serial: text,
        scenario: text,
        every: text,
        token: text,
        api: text,
        name: text,
        again: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new BadCommand(error instanceof Error ? error.message : String(error));
  }
}

function urlOf(value: string | undefined): string {
  const url = value === undefined ? null : URL.parse(value);
  if (url && /^https?:$/.test(url.protocol)) return url.origin;
  throw new BadCommand(
    `--api must be Vigil's address, such as https://vigil.example.org, got ${value ?? "none"}`,
  );
}

function addressOf(value: string): { host: string; port: number } {
  const [, host = "", port = ""] = /^\[?([^\]]+?)\]?:(\d{1,5})$/.exec(value) ?? [];
  if (host === "" || Number(port) > 65_535) throw new BadCommand(`--to must be HOST:PORT, got ${value}`);
  return { host, port: Number(port) };
}
