/**
 * Evidence that may be looked at after every label: e-values. Under the hypothesis that is doubted, each is a nonnegative
 * martingale that begins at 1, so that the chance of its ever coming to 1 / alpha is alpha at most (Ville's inequality).
 */

/** How often the challenger was right where the champion was wrong, the other way round, and how often they agreed. */
export type Tally = { wins: number; losses: number; ties: number };

/** Of `factorials[n]` the natural logarithm of n!; grows as it is asked. */
const factorials = [0];

function logFactorial(n: number): number {
  for (let next = factorials.length; next <= n; next += 1) {
    factorials.push((factorials[next - 1] ?? 0) + Math.log(next));
  }
  return factorials[n] ?? Number.NaN;
}

/** The logarithm of the sum of what these are logarithms of. */
function logSum(logs: readonly number[]): number {
  const top = Math.max(...logs);
  return top === Number.NEGATIVE_INFINITY
    ? top
    : top + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - top), 0));
}

/** Terms this far (in nats) below the greatest change no digit of a sum of doubles. */
const negligibleNats = 45;

/**
 * The logarithm of the evidence against "the challenger wins at most this share of the disagreements", after `wins` and
 * `losses`: the mean, over a chance of winning that is uniform between `share` q and 1, of the likelihood ratio to q. In closed form
 * B(w+1, l+1) P(Bin(n+1, q) <= w) / ((1-q) q^w (1-q)^l), with n = w + l.
 */
export function logBetter({ wins, losses }: Pick<Tally, "wins" | "losses">, share = 0.5): number {
  const n = wins + losses;
  const logBeta = logFactorial(wins) + logFactorial(losses) - logFactorial(n + 1);
  const [log, logRest] = [Math.log(share), Math.log1p(-share)];
  const logs: number[] = [];
  let top = Number.NEGATIVE_INFINITY;
  // The terms fall towards 0 from where they are greatest, so that the rest is left out once they are small.
  for (let k = wins; k >= 0; k -= 1) {
    const logChoose = logFactorial(n + 1) - logFactorial(k) - logFactorial(n + 1 - k);
    const term = logChoose + (k - wins) * log + (wins - k) * logRest;
    if (term < top - negligibleNats) break;
    top = Math.max(top, term);
    logs.push(term);
  }
  return logBeta + logSum(logs);
}

/** Against "the challenger is no worse where they disagree". */
export function logWorse({ wins, losses }: Pick<Tally, "wins" | "losses">): number {
  return logBetter({ wins: losses, losses: wins });
}

const stakes = 32;

/**
 * The logarithm of the evidence against "the challenger is right more often by `margin` (0..1) of all items at most": the mean
 * of prod(1 + lambda (X - margin)) over `stakes` values of lambda in 0 < lambda < 1 / (1 + margin), where X is 1 for a win, -1 for
 * a loss and 0 for a tie (Waudby-Smith and Ramdas 2023). A tie counts against the margin.
 */
export function logBetterBy(margin: number, { wins, losses, ties }: Tally): number {
  const logs = Array.from({ length: stakes }, (_, index) => {
    const lambda = (index + 0.5) / stakes / (1 + margin);
    return (
      wins * Math.log1p(lambda * (1 - margin)) +
      losses * Math.log1p(-lambda * (1 + margin)) +
      ties * Math.log1p(-lambda * margin)
    );
  });
  return logSum(logs) - Math.log(stakes);
}
