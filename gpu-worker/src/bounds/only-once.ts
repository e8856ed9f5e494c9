/** The work, done at the first call and at no later one: what is given back twice is given back once. */
export function onlyOnce(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}
