/**
 * The share that so many of so many cases bound, exactly (Clopper and Pearson): the largest at which as few as these would
 * still be seen once in twenty times.
 */
export function boundOf(cases: number, of: number, confidence = 0.95): number {
  if (of === 0 || cases >= of) return 1;
  let [low, high] = [cases / of, 1];
  for (let round = 0; round < 60; round += 1) {
    const middle = (low + high) / 2;
    if (chanceOfAtMost(cases, of, middle) > 1 - confidence) low = middle;
    else high = middle;
  }
  return high;
}

/** Of a binomial distribution. */
function chanceOfAtMost(cases: number, of: number, share: number): number {
  let logTerm = of * Math.log1p(-share);
  let sum = Math.exp(logTerm);
  for (let one = 1; one <= cases; one += 1) {
    logTerm += Math.log(((of - one + 1) / one) * (share / (1 - share)));
    sum += Math.exp(logTerm);
  }
  return sum;
}
