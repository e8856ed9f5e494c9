/** Has the browser fetch the console beside the small file that chooses its language: one does not wait for the other. */
import type { Plugin } from "vite";

/** What `main.tsx` loads once the language is known. */
const consoleFile = "/src/shell/show.tsx";

export function preloadConsole(): Plugin {
  return {
    name: "preload-console",
    apply: "build",
    transformIndexHtml: {
      order: "post",
      handler(_, { bundle }) {
        const chunk = Object.values(bundle ?? {}).find(
          (file) => file.type === "chunk" && file.facadeModuleId?.endsWith(consoleFile),
        );
        if (chunk?.type !== "chunk") {
          throw new Error(`expected a file of its own for ${consoleFile}, got none`);
        }
        const begins = (name: string) => bundle?.[name]?.type === "chunk" && bundle[name].isEntry;
        return [chunk.fileName, ...chunk.imports]
          .filter((name) => !begins(name))
          .map((name) => ({
            tag: "link",
            attrs: { rel: "modulepreload", crossorigin: true, href: `/${name}` },
            injectTo: "head",
          }));
      },
    },
  };
}
