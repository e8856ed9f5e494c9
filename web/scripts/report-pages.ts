/** Says after a build what each page of the console brings over the network: what all share, and what is its own. */
import { gzipSync } from "node:zlib";
import type { Plugin } from "vite";

type Chunk = { fileName: string; name: string; code: string; imports: string[]; isEntry: boolean };

const kib = (bytes: number) => `${(bytes / 1024).toFixed(1).padStart(7)} KiB`;

/** Sizes are those of gzip, as most servers send them. */
export function reportPages(): Plugin {
  return {
    name: "report-pages",
    apply: "build",
    writeBundle(_, bundle) {
      const files = Object.values(bundle);
      const chunks = files.filter((file): file is typeof file & Chunk => file.type === "chunk");
      const sizes = new Map(chunks.map((chunk) => [chunk.fileName, gzipSync(chunk.code).byteLength]));
      const styles = files
        .filter((file) => file.type === "asset" && file.fileName.endsWith(".css"))
        .reduce((sum, file) => sum + (file.type === "asset" ? gzipSync(file.source).byteLength : 0), 0);
      const all = (name: string, seen = new Set<string>()): Set<string> => {
        const chunk = chunks.find(({ fileName }) => fileName === name);
        if (chunk === undefined || seen.has(name)) return seen;
        seen.add(name);
        for (const each of chunk.imports) all(each, seen);
        return seen;
      };
      // The file that chooses the language, and what it loads then: another language than English is its own.
      const always = chunks.filter(({ name, isEntry }) => isEntry || name === "show");
      const shared = new Set(always.flatMap(({ fileName }) => [...all(fileName)]));
      const sum = (names: Iterable<string>) =>
        [...names].reduce((total, name) => total + (sizes.get(name) ?? 0), 0);
      const lines = chunks
        .filter(({ name }) => name.endsWith("-page") || name === "de")
        .map(({ fileName, name }) => ({
          name,
          own: sum([...all(fileName)].filter((each) => !shared.has(each))),
        }))
        .toSorted((a, b) => b.own - a.own)
        .map(({ name, own }) => `${kib(own)}  ${name}`);
      this.info(
        [
          "what each page brings, compressed:",
          `${kib(sum(shared) + styles)}  every page, the inbox among them (styles: ${kib(styles).trim()})`,
          ...lines,
        ].join("\n"),
      );
    },
  };
}
