/** The environment of the scripts: what they hand on to the processes that they start. */

/** A child's environment: this one's, with `changes` on top. */
export function environmentWith(changes: Readonly<Record<string, string>>): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return { ...Object.fromEntries(inherited), ...changes };
}
