/** Passes a request on to the API, and its answer back as it comes, streams included. */
import { type IncomingMessage, request, type ServerResponse } from "node:http";

/** @param origin where the API is now */
export function forward(incoming: IncomingMessage, outgoing: ServerResponse, origin: string): void {
  const { method, headers, url = "/" } = incoming;
  const asked = request(new URL(url, origin), { method, headers: { ...headers, connection: "close" } });
  asked.on("response", (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
    answer.on("error", () => outgoing.destroy());
  });
  asked.on("error", () => {
    if (outgoing.headersSent) outgoing.destroy();
    else outgoing.writeHead(502, { "content-type": "text/plain" }).end("The API does not answer.");
  });
  // Whoever asked has gone: the API need not go on.
  outgoing.on("close", () => asked.destroy());
  incoming.pipe(asked);
}
