/** What the layout rules need to know of one source file. */
import { parseSync } from "oxc-parser";

export type Import = {
  specifier: string;
  /** Erased before the code runs: `import type`, or every name marked `type`. */
  typeOnly: boolean;
  line: number;
};

export type SourceFile = {
  /** From the repository's root, with `/`. */
  path: string;
  imports: Import[];
  lineCount: number;
};

const maskedExtension = /\.(css|sql|json)$/;

function lineOf(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1;
}

function unquote(text: string): string | undefined {
  return /^(["'`])([^$]*)\1$/s.exec(text.trim())?.[2];
}

/** Parses a TypeScript or JavaScript file; other kinds count lines only. Throws where the syntax is wrong. */
export function parseSource(path: string, text: string): SourceFile {
  const lineCount = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  if (maskedExtension.test(path)) return { path, imports: [], lineCount };
  const { module, errors } = parseSync(path, text);
  const [fault] = errors;
  if (fault) throw new Error(`${path}: ${fault.message}`);
  const line = lineOf(text);
  const imports: Import[] = module.staticImports.map((entry) => ({
    specifier: entry.moduleRequest.value,
    typeOnly: entry.entries.length > 0 && entry.entries.every((name) => name.isType),
    line: line(entry.start),
  }));
  for (const { entries } of module.staticExports) {
    const from = entries.find((entry) => entry.moduleRequest);
    if (!from?.moduleRequest) continue;
    imports.push({
      specifier: from.moduleRequest.value,
      typeOnly: entries.every((entry) => entry.isType),
      line: line(from.start),
    });
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const specifier = unquote(text.slice(moduleRequest.start, moduleRequest.end));
    if (specifier !== undefined) imports.push({ specifier, typeOnly: false, line: line(start) });
  }
  return { path, imports, lineCount };
}
