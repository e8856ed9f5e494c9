/** For tests: a camera on this machine that speaks RTSP (RFC 2326, over TCP) and sends what ffmpeg makes, as H.264. */
import { type ChildProcess, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { path as ffmpegPath } from "@ffmpeg-installer/ffmpeg";

export { ffmpegPath };

export type TestCamera = AsyncDisposable & {
  url: string;
  port: number;
  /** Sends nothing more, and keeps its connections. */
  stall(): void;
};

const sdp = [
  "v=0",
  "o=- 0 0 IN IP4 127.0.0.1",
  "s=camera",
  "t=0 0",
  "m=video 0 RTP/AVP 96",
  "a=rtpmap:96 H264/90000",
  "a=fmtp:96 packetization-mode=1",
  "a=control:track",
  "",
].join("\r\n");

function answer(request: string): string {
  const [method = ""] = request.split(" ", 1);
  const sequence = /CSeq: *(\d+)/i.exec(request)?.[1] ?? "0";
  const more: Record<string, string> = {
    OPTIONS: "Public: OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN\r\n\r\n",
    DESCRIBE: `Content-Type: application/sdp\r\nContent-Length: ${sdp.length}\r\n\r\n${sdp}`,
    SETUP: "Transport: RTP/AVP/TCP;unicast;interleaved=0-1\r\nSession: 1\r\n\r\n",
  };
  return `RTSP/1.0 200 OK\r\nCSeq: ${sequence}\r\n${more[method] ?? "Session: 1\r\n\r\n"}`;
}

/** @param scene a filter graph of ffmpeg's without input */
export async function startCamera(scene: string, port = 0): Promise<TestCamera> {
  const heard = createSocket("udp4");
  heard.bind(0, "127.0.0.1");
  await once(heard, "listening");
  const players = new Set<Socket>();
  const sockets = new Set<Socket>();
  let isStalled = false;
  heard.on("message", (packet) => {
    if (isStalled) return;
    const head = Buffer.from([0x24, 0, packet.length >> 8, packet.length & 0xff]);
    for (const player of players) player.write(Buffer.concat([head, packet]));
  });
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      sockets.delete(socket);
      players.delete(socket);
    });
    let text = "";
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
      for (let end = text.indexOf("\r\n\r\n"); end >= 0; end = text.indexOf("\r\n\r\n")) {
        const request = text.slice(0, end).replace(/^[^A-Z]*/, "");
        text = text.slice(end + 4);
        socket.write(answer(request));
        if (request.startsWith("PLAY")) players.add(socket);
      }
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const target = `rtp://127.0.0.1:${heard.address().port}?pkt_size=1300`;
  const coded = ["-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-pix_fmt", "yuv420p"];
  const encoder: ChildProcess = spawn(
    ffmpegPath,
    [
      ["-loglevel", "error", "-nostdin", "-re", "-f", "lavfi", "-i", scene, ...coded],
      ["-b:v", "600k", "-maxrate", "600k", "-bufsize", "300k"],
      ["-x264-params", "keyint=10:repeat-headers=1", "-f", "rtp", target],
    ].flat(),
    { stdio: "ignore" },
  );
  let isEnded = false;
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `rtsp://viewer:secret@127.0.0.1:${taken}/live`,
    port: taken,
    stall() {
      isStalled = true;
    },
    async [Symbol.asyncDispose]() {
      if (isEnded) return;
      isEnded = true;
      encoder.kill("SIGKILL");
      for (const socket of sockets) socket.destroy();
      heard.close();
      server.close();
      await once(encoder, "close");
    },
  };
}
