/** The API is told the key that evidence is signed with, before the first signature: once in each run of the gateway. */
import type { Api, Reply } from "./api.ts";

export type KeyTeller = {
  /** Whether the API takes signatures; a version from before them does not. */
  tell(): Promise<Reply<boolean>>;
};

export function createKeyTeller(api: Pick<Api, "tellKey">, publicKey: () => Promise<string>): KeyTeller {
  let known: boolean | undefined;
  return {
    async tell() {
      if (known !== undefined) return { kind: "answer", value: known };
      const reply = await api.tellKey(await publicKey());
      if (reply.kind === "later" || reply.kind === "unauthorised") return reply;
      known = reply.kind === "answer";
      return { kind: "answer", value: known };
    },
  };
}
