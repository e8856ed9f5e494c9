/**
 * Whether two samples come from one distribution: the two-sample Kolmogorov-Smirnov test, which looks at the largest distance
 * between their distribution functions (asymptotic; Press et al., Numerical Recipes, section 14.3.3).
 */
export function compareDistributions(
  one: readonly number[],
  other: readonly number[],
): { medians: number[]; chance: number } {
  const samples = [one, other].map((values) => values.toSorted((a, b) => a - b));
  const [first = [], second = []] = samples;
  let distance = 0;
  let [i, j] = [0, 0];
  while (i < first.length && j < second.length) {
    const at = Math.min(first[i] ?? Infinity, second[j] ?? Infinity);
    while ((first[i] ?? Infinity) <= at) i += 1;
    while ((second[j] ?? Infinity) <= at) j += 1;
    distance = Math.max(distance, Math.abs(i / first.length - j / second.length));
  }
  const size = Math.sqrt((first.length * second.length) / (first.length + second.length));
  const lambda = (size + 0.12 + 0.11 / size) * distance;
  return {
    medians: samples.map((values) => values[Math.floor(values.length / 2)] ?? Number.NaN),
    chance: tail(lambda),
  };
}

function tail(lambda: number): number {
  let sum = 0;
  for (let term = 1; term <= 100; term += 1) {
    sum += 2 * (-1) ** (term - 1) * Math.exp(-2 * term ** 2 * lambda ** 2);
  }
  return lambda < 0.2 ? 1 : Math.min(1, Math.max(0, sum));
}
