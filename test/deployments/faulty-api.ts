/** The API, which answers a share of its requests with 500: what nobody should roll out. Its rate stands in FAULTY_SHARE. */
import { Server, type ServerResponse } from "node:http";
import { environmentWith } from "../../scripts/config.ts";

const share = Number(environmentWith({}).FAULTY_SHARE);
type Emit = (this: Server, name: string, ...rest: unknown[]) => boolean;
const emit = Reflect.get(Server.prototype, "emit") as Emit;
Server.prototype.emit = function (this: Server, name: string, ...rest: unknown[]) {
  if (name !== "request" || Math.random() >= share) return emit.call(this, name, ...rest);
  (rest[1] as ServerResponse).writeHead(500).end();
  return true;
};
await import("../../functions/src/local.ts");
