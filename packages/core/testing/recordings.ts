/** For tests: the boxes that MP4 is made of, and a film of them. */

export function recordingBox(type: string, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, body]);
}

/** With a movie header of version 0 that says when it was made, in seconds since 1904. */
export function recordingFilm(seconds: number): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt32BE(seconds, 4);
  return Buffer.concat([
    recordingBox("ftyp", Buffer.from("isom")),
    recordingBox("moov", recordingBox("mvhd", header)),
    recordingBox("mdat", Buffer.alloc(100)),
  ]);
}
