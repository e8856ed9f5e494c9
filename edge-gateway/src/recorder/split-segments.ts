/**
 * An MPEG transport stream (ISO/IEC 13818-1) cut into segments that play on their own: each begins with the tables that
 * say what is in it and a key frame, and is cut at the first key frame after `segmentMs`. Holds less than one packet.
 */

/** As ffmpeg is told to number them. */
export const pids = { tables: 0x1000, video: 0x100 } as const;
const segmentMs = 4_000;
/** A camera without key frames: what cannot be cut cannot be played from its middle. */
const segmentMsMax = 60_000;
const packetBytes = 188;
const syncByte = 0x47;

export type SegmentSink = {
  begin(atMs: number): void;
  /** Parts of what was pushed, which must not be written over afterwards. */
  write(bytes: Uint8Array): void;
  /** The segment is whole. */
  end(atMs: number): void;
  /** The segment that had begun is none; `why`, where somebody should know. */
  drop(why?: string): void;
};

export type SegmentSplitter = {
  /** @param atMs when the bytes came */
  push(bytes: Buffer, atMs: number): void;
  /** The stream has ended, in the middle of a segment. */
  interrupt(): void;
};

const pidOf = (packet: Uint8Array) => (((packet[1] ?? 0) & 0x1f) << 8) | (packet[2] ?? 0);

/** The first packet of a picture that can be decoded without those before it. */
function isKeyFrame(packet: Uint8Array): boolean {
  const [, second = 0, , fourth = 0, length = 0, flags = 0] = packet;
  const isStart = (second & 0x40) !== 0;
  const hasFlags = (fourth & 0x20) !== 0 && length > 0;
  return isStart && hasFlags && (flags & 0x40) !== 0 && pidOf(packet) === pids.video;
}

export function createSegmentSplitter(sink: SegmentSink): SegmentSplitter {
  let rest: Buffer = Buffer.alloc(0);
  let [programs, streams]: (Buffer | undefined)[] = [];
  let startMs: number | undefined;

  function interrupt(why?: string): void {
    if (startMs !== undefined) sink.drop(why);
    startMs = undefined;
    rest = Buffer.alloc(0);
  }

  function cut(atMs: number): void {
    if (!programs || !streams) return;
    if (startMs !== undefined) sink.end(atMs);
    startMs = atMs;
    sink.begin(atMs);
    sink.write(programs);
    sink.write(streams);
  }

  /** @returns whether a new segment begins with this packet */
  function look(packet: Buffer, atMs: number): boolean {
    const pid = pidOf(packet);
    if (pid === 0) programs = Buffer.from(packet);
    else if (pid === pids.tables) streams = Buffer.from(packet);
    if (!isKeyFrame(packet)) return false;
    return startMs === undefined || atMs - startMs >= segmentMs;
  }

  return {
    push(bytes, atMs) {
      const all = rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes;
      let from = 0;
      let at = 0;
      const flush = () => {
        if (startMs !== undefined && at > from) sink.write(all.subarray(from, at));
        from = at;
      };
      for (; at + packetBytes <= all.length; at += packetBytes) {
        const packet = all.subarray(at, at + packetBytes);
        if (packet[0] !== syncByte) {
          interrupt();
          return;
        }
        if (!look(packet, atMs)) continue;
        flush();
        cut(atMs);
      }
      flush();
      rest = Buffer.from(all.subarray(at));
      if (startMs !== undefined && atMs - startMs > segmentMsMax) interrupt("it has no key frames");
    },
    interrupt: () => interrupt(),
  };
}
