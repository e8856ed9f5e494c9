/** Stands for the module `k6/execution`. A scenario reads it before its first `await`: users do not mix it up. */
const running = { vu: { idInTest: 0 }, scenario: { iterationInTest: 0 } };

export function enter(vu: number, iteration: number): void {
  running.vu.idInTest = vu;
  running.scenario.iterationInTest = iteration;
}

export default running;
