/** Every parser that faces the network, with what honest senders send and with every input that was worth keeping. */
import { describe, it } from "node:test";
import { readCorpus } from "./fuzz/corpus.ts";
import { targets } from "./fuzz/targets/index.ts";

describe("parsers that face the network", () => {
  for (const [name, load] of targets) {
    it(`takes or refuses each kept input: ${name}`, async () => {
      const target = await load();
      const opened = await target.open();
      try {
        for (const input of [...(await target.seeds()), ...readCorpus(name)]) await opened.take(input);
      } finally {
        await opened.close?.();
      }
    });
  }
});
