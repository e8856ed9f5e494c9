/** Ends an HTTP server in bounded time, whatever its clients do. */
import type { Server } from "node:http";

/** So often connections that have just fallen idle are ended. */
const idleMs = 50;

/**
 * Takes nothing new, answers what is under way, and ends each connection as it falls idle: one that a client keeps asking
 * on would hold the server open for ever. What goes on after `graceMs`, such as a stream, is cut off.
 */
export async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const idle = setInterval(() => server.closeIdleConnections(), idleMs);
  const cut = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
