/** A webhook receiver in tests: a server on the loopback interface that answers as it is told and keeps what it was sent. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export type Received = { headers: IncomingHttpHeaders; bytes: Buffer; body: string };
export type Answer = { status: number; headers?: Record<string, string> };

export type Receiver = {
  url: string;
  received: Received[];
  /** What the next requests are answered; 200 unless told otherwise. */
  answer: (request: Received) => Answer | Promise<Answer>;
  close(): Promise<void>;
};

export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const bytes = Buffer.concat(parts);
      const received = { headers: request.headers, bytes, body: bytes.toString("utf8") };
      receiver.received.push(received);
      void Promise.resolve(receiver.answer(received)).then(({ status, headers }) =>
        response.writeHead(status, headers).end(),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    url: `http://127.0.0.1:${port}/hook`,
    received: [],
    answer: () => ({ status: 200 }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
