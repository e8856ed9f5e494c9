/**
 * Numbers in 8 bits: real = scale x (stored - zeroPoint).
 *
 * Activations: uint8, asymmetric, one scale a tensor. Weights: int8, symmetric (zero point 0), one scale an
 * output channel. Biases: int32 with scale = input scale x weight scale, so that they add without rounding.
 * Source: ONNX QuantizeLinear and DequantizeLinear; Jacob et al. 2018 (arXiv:1712.05877).
 */

export type Range = { min: number; max: number };
export type Affine = { scale: number; zeroPoint: number };

/** The smallest scale that onnxruntime takes as a normal float32, for tensors that are always zero. */
const scaleMin = 2 ** -100;

/** uint8 that covers the range and zero, and represents zero exactly (padding is zero). */
export function toAffine({ min, max }: Range): Affine {
  const low = Math.min(min, 0);
  const high = Math.max(max, 0);
  const scale = Math.fround(Math.max((high - low) / 255, scaleMin));
  return { scale, zeroPoint: Math.min(255, Math.max(0, Math.round(-low / scale))) };
}

export type QuantisedWeights = { values: Int8Array; scales: Float32Array };

/**
 * `weights` row-major [channels, ...], one scale a channel, `valueMax` 127, or 63 for processors whose 8-bit
 * multiply saturates (x86 without VNNI).
 */
export function quantiseWeights(
  weights: Float32Array,
  channels: number,
  valueMax: 127 | 63,
): QuantisedWeights {
  const size = weights.length / channels;
  const values = new Int8Array(weights.length);
  const scales = new Float32Array(channels);
  for (let channel = 0; channel < channels; channel++) {
    const row = weights.subarray(channel * size, (channel + 1) * size);
    const largest = row.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const scale = Math.fround(Math.max(largest / valueMax, scaleMin));
    scales[channel] = scale;
    row.forEach((value, index) => {
      values[channel * size + index] = Math.max(-valueMax, Math.min(valueMax, Math.round(value / scale)));
    });
  }
  return { values, scales };
}

/** `scales[c] = inputScale x weightScales[c]`; values are clamped to int32. */
export function quantiseBias(
  bias: Float32Array,
  inputScale: number,
  weightScales: Float32Array,
): { values: Int32Array; scales: Float32Array } {
  const scales = weightScales.map((scale) => inputScale * scale);
  const values = Int32Array.from(bias, (value, channel) => {
    const stored = Math.round(value / (scales[channel] ?? 1));
    return Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, stored));
  });
  return { values, scales };
}
