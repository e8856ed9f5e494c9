/** What a simulated sensor would measure: a calm room, or one in which something begins to burn. */
import { columns, rows } from "../thermal/grid.ts";

export const scenarios = ["calm", "overheat", "smoulder"] as const;
export type Scenario = (typeof scenarios)[number];

export type Measured = {
  /** `[24, 32]`, degrees Celsius. */
  celsius: Float32Array;
  /** Raw values of the 12-bit converter, 0 to 4095. */
  smokeRaw: number;
  flameRaw: number;
};

/** Calm for so long first, so that what is usual can be learned. */
const calmSeconds = 8;
const roomCelsius = 22;

const hottestOf: Record<Scenario, { celsiusPerSecond: number; most: number; smokePerSecond: number }> = {
  calm: { celsiusPerSecond: 0, most: 0, smokePerSecond: 0 },
  // Something electrical: fast, and smoke follows.
  overheat: { celsiusPerSecond: 6, most: 118, smokePerSecond: 90 },
  // A cable duct: smoke long before heat.
  smoulder: { celsiusPerSecond: 0.3, most: 45, smokePerSecond: 60 },
};

/** @param seconds since the beginning @param noise 0..1, drawn for each value */
export function measure(scenario: Scenario, seconds: number, noise: () => number): Measured {
  const { celsiusPerSecond, most, smokePerSecond } = hottestOf[scenario];
  const burning = Math.max(0, seconds - calmSeconds);
  const excess = Math.min(most, burning * celsiusPerSecond);
  const celsius = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const fire = excess * bump(row - 9, column - 21, 2.2);
      celsius[row * columns + column] = roomCelsius + fire + noise() * 0.4;
    }
  }
  return {
    celsius,
    smokeRaw: Math.round(Math.min(3_400, 180 + burning * smokePerSecond + noise() * 20)),
    flameRaw: Math.round(1_296 + noise() * 10),
  };
}

function bump(rowsAway: number, columnsAway: number, width: number): number {
  return Math.exp(-(rowsAway ** 2 + columnsAway ** 2) / (2 * width ** 2));
}
