/** What devices and simulators say, made up in every shape that was ever seen of them, and what each piece means. */
import type { PacketSink } from "../src/packet.ts";

/** What a sink was told, one line each: `sensor [room] 269 1296 1 0`, `frame [1234] 834 ffb0…`, `malformed cut #Sen…`. */
export function recordingSink(): { sink: PacketSink; told: string[] } {
  const told: string[] = [];
  const digits = (bytes: Buffer, words: number) => bytes.toString("hex", 0, 2 * words);
  const sink: PacketSink = {
    serial: (name) => told.push(`serial ${name}`),
    location: (name) => told.push(`location ${name}`),
    token: (secret) => told.push(`token ${secret}`),
    sensor: ({ adc1, adc2, adc3, digital }, head) =>
      told.push(`sensor [${head}] ${adc1} ${adc2} ${adc3} ${digital}`),
    frame: (bytes, words, head) => told.push(`frame [${head}] ${words} ${digits(bytes, words)}`),
    eeprom: (bytes, words, head) => told.push(`eeprom [${head}] ${words} ${digits(bytes, words)}`),
    malformed: (reason, excerpt) => told.push(`malformed ${reason} ${excerpt}`),
  };
  return { sink, told };
}

const wordAt = (index: number) => ((index * 40_503 + 0x1f3) & 0xffff).toString(16).padStart(4, "0");
const digitsOf = (words: number) => Array.from({ length: words }, (_, index) => wordAt(index)).join("");
const spaced = Array.from({ length: 768 }, (_, index) => wordAt(index)).join(" ");

/** Each with what it means; of a frame the words are those of `digitsOf`. */
export const transcripts: { name: string; bytes: string; means: string[] }[] = [
  {
    name: "a device: a stray colon, a zero that counts, frames of 834 words",
    bytes: `#frame1234:${digitsOf(834).toUpperCase()}!\r\n#Sensor1234:ADC1=269,ADC2=1296,ADC3:=0,DIO=0!\r\n`,
    means: [`frame [1234] 834 ${digitsOf(834)}`, "sensor [1234] 269 1296 0 0"],
  },
  {
    name: "a simulator: serial number, location, a counter before each frame",
    bytes: `#serialno:SIM1!\n#locid:boiler room!\n#frame1:${digitsOf(834)}!\n#Sensor:boiler room:ADC1=1,ADC2=2,MPY30=1!\n#frame2:${digitsOf(832)}!\n`,
    means: [
      "serial SIM1",
      "location boiler room",
      `frame [1] 834 ${digitsOf(834)}`,
      "sensor [boiler room] 1 2 NaN 1",
      `frame [2] 832 ${digitsOf(832)}`,
    ],
  },
  {
    name: "an old simulator: spaced words in lower case, no location",
    bytes: `#serialno:123456!\n#frame:${spaced}!\n#Sensor:ADC1=479,ADC2=395,MPY30=0!\n`,
    means: ["serial 123456", `frame [] 768 ${digitsOf(768)}`, "sensor [] 479 395 NaN 0"],
  },
  {
    name: "the location within the packet's name, and as a part of its own",
    bytes: `#Sensortest room:ADC1=5!#frame:test room:${digitsOf(768)}!#Sensor:a:b:ADC1:=7,ADC3 = 9!`,
    means: [
      "sensor [test room] 5 NaN NaN NaN",
      `frame [test room] 768 ${digitsOf(768)}`,
      "sensor [a:b] 7 NaN 9 NaN",
    ],
  },
  {
    name: "a calibration, with and without the two words that follow it",
    bytes: `#EEPROM1234:${digitsOf(832)}!\r\n#EEPROM:${digitsOf(834)}!`,
    means: [`eeprom [1234] 832 ${digitsOf(832)}`, `eeprom [] 834 ${digitsOf(834)}`],
  },
  {
    name: "frames that were cut short",
    bytes: `#frame1:${digitsOf(833)}!\r\n#frame1:${digitsOf(700)}\r\n#frame1:FFB0#Sensor:ADC1=5!\r\n#frame1:${digitsOf(834).slice(1)}!`,
    means: [
      `malformed length ${`#frame1:${digitsOf(833)}`.slice(0, 80)}`,
      `malformed cut ${`#frame1:${digitsOf(700)}`.slice(0, 80)}`,
      "malformed cut #frame1:FFB0",
      "sensor [] 5 NaN NaN NaN",
      `malformed length ${`#frame1:${digitsOf(834).slice(1)}`.slice(0, 80)}`,
    ],
  },
  {
    name: "a sensor packet whose last number may lack digits",
    bytes: "#Sensor:ADC1=26\n#Sensor:ADC1=269!\n",
    means: ["malformed cut #Sensor:ADC1=26", "sensor [] 269 NaN NaN NaN"],
  },
  {
    name: "values that no input can have, and none",
    bytes:
      "#Sensor:ADC1=4096!#Sensor:ADC1=-1!#Sensor:ADC1=!#Sensor:DIO=2!#Sensor:TEMP=3!#Sensor!#Sensor:ADC1=1e3!#Sensor:ADC1=12.5!",
    means: [
      "malformed value #Sensor:ADC1=4096",
      "malformed value #Sensor:ADC1=-1",
      "malformed value #Sensor:ADC1=",
      "malformed value #Sensor:DIO=2",
      "malformed no_values #Sensor:TEMP=3",
      "malformed no_values #Sensor",
      "malformed value #Sensor:ADC1=1e3",
      "sensor [] 12.5 NaN NaN NaN",
    ],
  },
  {
    name: "what is no packet at all",
    bytes: "GET / HTTP/1.1\r\nHost: x\r\n\r\n#hello:world!#serialno:!#locid:a\u0007b!",
    means: [
      "malformed junk GET / HTTP/1.1",
      "malformed junk Host: x",
      "malformed unknown #hello:world",
      "malformed name #serialno:",
      "malformed name #locid:a\u0007b",
    ],
  },
  {
    name: "a packet longer than any may be, and the one after it",
    bytes: `#locid:${"x".repeat(9_000)}!\r\n#locid:here!`,
    means: [`malformed too_long ${`#locid:${"x".repeat(80)}`.slice(0, 80)}`, "location here"],
  },
];
