/** For tests: the data sheet's arithmetic for an MLX90640's temperatures as it stands there, a pixel at a time, in doubles. */
import type { Calibration } from "../src/thermal/calibration.ts";
import { pixels } from "../src/thermal/grid.ts";
import { type Conditions, wordAt } from "../src/thermal/mlx90640.ts";

const zero = 273.15;
const emissivity = 0.95;

/** Data sheet 3901090640, 11.2.2.5 to 11.2.2.9. Pixels that are marked as broken are left as they are. */
export function decodeInDoubles(
  frame: Buffer,
  calibration: Calibration,
  { supplyVolts, ambientCelsius }: Conditions,
): Float64Array {
  const { compensation, ranges, isChess, temperatureGradient, sensitivityPerKelvin } = calibration;
  const [kelvins, volts] = [ambientCelsius - 25, supplyVolts - 3.3];
  const gain = calibration.gain / wordAt(frame, 778);
  const table = (number: number, pixel: number) => calibration.pixels[number * pixels + pixel] ?? 0;
  const surroundings = (ambientCelsius - 8 + zero) ** 4;
  const reflected = surroundings - (surroundings - (ambientCelsius + zero) ** 4) / emissivity;
  return Float64Array.from({ length: pixels }, (_, pixel) => {
    const row = pixel >> 5;
    const subpage = isChess ? (row + pixel) & 1 : row & 1;
    const own =
      wordAt(frame, pixel) * gain -
      table(0, pixel) * (1 + table(1, pixel) * kelvins) * (1 + table(2, pixel) * volts) +
      table(4, pixel);
    const beside =
      wordAt(frame, subpage === 0 ? 776 : 808) * gain -
      (compensation.offset[subpage === 0 ? 0 : 1] ?? 0) *
        (1 + compensation.perKelvin * kelvins) *
        (1 + compensation.perVolt * volts);
    const signal = (own - temperatureGradient * beside) / emissivity;
    const sensitivity = (1 / table(3, pixel)) * (1 + sensitivityPerKelvin * kelvins);
    const slope = ranges[1]?.slope ?? 0;
    const bent = slope * (sensitivity ** 3 * signal + sensitivity ** 4 * reflected) ** 0.25;
    const usual = (signal / (sensitivity * (1 - slope * zero) + bent) + reflected) ** 0.25 - zero;
    const range = ranges.findLast(({ from }) => usual >= from) ?? ranges[0];
    const { from, slope: ofRange, correction } = range ?? { from: 0, slope: 0, correction: 1 };
    return (signal / (sensitivity * correction * (1 + ofRange * (usual - from))) + reflected) ** 0.25 - zero;
  });
}
