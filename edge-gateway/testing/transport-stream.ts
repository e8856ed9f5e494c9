/** For tests: an MPEG transport stream of packets that say what they are, with a key frame wherever one is asked for. */
import { pids } from "../src/recorder/split-segments.ts";

const packetBytes = 188;

function packet(pid: number, mark: number, isKeyFrame: boolean): Buffer {
  const made = Buffer.alloc(packetBytes, mark & 0xff);
  made[0] = 0x47;
  made[1] = (isKeyFrame ? 0x40 : 0) | (pid >> 8);
  made[2] = pid & 0xff;
  made[3] = isKeyFrame ? 0x30 : 0x10;
  if (isKeyFrame) made.set([1, 0x40], 4);
  return made;
}

/** The tables, a key frame, and `more` packets of the pictures after it. */
export const group = (mark: number, more: number) =>
  Buffer.concat([
    packet(0, mark, false),
    packet(pids.tables, mark, false),
    packet(pids.video, mark, true),
    ...Array.from({ length: more }, () => packet(pids.video, mark, false)),
  ]);

/** Of a segment: whether it is made of whole packets and begins with tables and a key frame. */
export function playsAlone(segment: Buffer): boolean {
  const [programs, tables, first] = [0, 1, 2].map((index) =>
    segment.subarray(index * packetBytes, (index + 1) * packetBytes),
  );
  return (
    segment.length % packetBytes === 0 &&
    programs?.readUInt16BE(1) === 0 &&
    tables?.readUInt16BE(1) === pids.tables &&
    first?.readUInt16BE(1) === (0x4000 | pids.video) &&
    first[5] === 0x40
  );
}
