/**
 * For cameras that can do nothing but send: mail (SMTP), files (FTP), calls (HTTP). Each has a name and a password of its own,
 * is let in from the machine's own networks alone, and is bounded in size and connections.
 */
import type { ReceiveConfig } from "../cameras-config.ts";
import { type Credentials, createDoor } from "./door.ts";
import { receiveFiles } from "./ftp.ts";
import { receiveCalls } from "./http.ts";
import { type Receiver, type ReceiverOptions, receiveMails } from "./smtp.ts";
import type { Protocol, Upload } from "./upload.ts";

export type { Upload } from "./upload.ts";

export type Receivers = {
  /** Of those that are open. */
  ports: Partial<Record<Protocol, number>>;
  stop(): Promise<void>;
};

export type ReceiversOptions = {
  config: ReceiveConfig;
  credentials: readonly Credentials[];
  monotonicMs: () => number;
  onUpload: (upload: Upload) => void;
  onFault: (text: string) => void;
};

const protocols: Record<Protocol, (options: ReceiverOptions) => Promise<Receiver>> = {
  smtp: receiveMails,
  ftp: receiveFiles,
  http: receiveCalls,
};

/** A port that cannot be had is a fault, and the others open. */
export async function openReceivers(options: ReceiversOptions): Promise<Receivers> {
  const { config, credentials, onUpload, onFault } = options;
  const door = createDoor({ allow: config.allow, credentials }, options.monotonicMs);
  const open: Receiver[] = [];
  const ports: Receivers["ports"] = {};
  const wanted = { smtp: config.smtpPort, ftp: config.ftpPort, http: config.httpPort };
  for (const protocol of ["smtp", "ftp", "http"] as const) {
    const port = wanted[protocol];
    if (port === undefined) continue;
    try {
      const receiver = await protocols[protocol]({ host: config.host, port, door, onUpload });
      open.push(receiver);
      ports[protocol] = receiver.port;
    } catch (error) {
      onFault(`cameras cannot bring pictures by ${protocol.toUpperCase()}: ${String(error)}`);
    }
  }
  return {
    ports,
    async stop() {
      await Promise.all(open.map((receiver) => receiver.stop()));
    },
  };
}
