/** A parser that faces the network, as a target: what it is given, and what counts as a refusal of its own. */

export type Ending = "taken" | "refused";

export type Opened = {
  /** @throws what is a fault: a refusal of the parser's own is an ending */
  take(input: Buffer): Ending | Promise<Ending>;
  close?(): Promise<void>;
};

export type Target = {
  /** Inputs as they come from honest senders: the beginnings of mutation. */
  seeds(): Promise<Buffer[]> | Buffer[];
  /** What means something to the parser. */
  tokens?: readonly string[];
  /** Of one input. */
  bytesMax: number;
  open(): Opened | Promise<Opened>;
};

/** @param isRefusal whether what was thrown is the parser's own word for what it does not take */
export async function ending(
  work: () => unknown,
  isRefusal: (error: unknown) => boolean = () => false,
): Promise<Ending> {
  try {
    await work();
    return "taken";
  } catch (error) {
    if (isRefusal(error)) return "refused";
    throw error;
  }
}

export const texts = (...all: readonly string[]) => all.map((text) => Buffer.from(text));

/** JSON, or undefined: what is none is refused before any schema sees it. */
export function jsonOf(input: Buffer): unknown {
  try {
    return JSON.parse(input.toString());
  } catch {
    return undefined;
  }
}
