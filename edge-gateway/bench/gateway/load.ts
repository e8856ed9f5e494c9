/** The load of the benchmark, as a process of its own: devices at rest that send as fast as they are taken. */
import { connect } from "node:net";
import { eepromPacket, framePacket, makeEeprom, renderFrame, roomView } from "../../testing/device-frames.ts";
import { chanceOf } from "../corpus/chance.ts";

export type LoadKind = "sensors" | "frames";

const pieceBytes = 256 * 1024;

/** Packets of devices at rest, some hundred different ones, about a quarter of a megabyte of them. */
export function makePiece(kind: LoadKind): { bytes: Buffer; packets: number } {
  const chance = chanceOf(9_001);
  const eeprom = makeEeprom();
  const packets: Buffer[] = [];
  let bytes = 0;
  while (bytes < pieceBytes) {
    const packet =
      kind === "frames"
        ? framePacket(renderFrame(eeprom, roomView(24, packets.length + 1)), "1234")
        : Buffer.from(
            `#Sensor1234:ADC1=${chance.whole(266, 274)},ADC2=${chance.whole(1_296, 1_326)},ADC3:=${chance.whole(0, 9)},DIO=0!\r\n`,
          );
    packets.push(packet);
    bytes += packet.length;
  }
  return { bytes: Buffer.concat(packets), packets: packets.length };
}

if (process.send) {
  const [port, kind, devices] = [
    Number(process.argv[2]),
    process.argv[3] === "frames" ? "frames" : "sensors",
    Number(process.argv[4]),
  ] as const;
  const { bytes } = makePiece(kind);
  for (let device = 0; device < devices; device++) {
    const socket = connect({ host: "127.0.0.1", port });
    socket.on("error", () => process.exit(0));
    socket.resume();
    socket.write(`#serialno:BENCH${device}!\r\n`);
    if (kind === "frames") socket.write(eepromPacket(makeEeprom(), "1234"));
    const fill = () => {
      while (socket.write(bytes));
    };
    socket.on("drain", fill);
    fill();
  }
  process.send("started");
}
