/** A port that leads to another one, which may change: a server that is started anew has a new one. */
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type Relay = { port: number; leadTo(port: number): void; close(): Promise<void> };

export async function startRelay(): Promise<Relay> {
  let target = 0;
  const open = new Set<Socket>();
  const relay = createServer((near) => {
    const far = connect(target, "127.0.0.1");
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(one);
      one.on("error", () => other.destroy());
      one.on("close", () => {
        open.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  return {
    port: (relay.address() as AddressInfo).port,
    leadTo(port) {
      target = port;
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => relay.close(resolve));
    },
  };
}
