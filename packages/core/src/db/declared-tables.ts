/** The tables of this release, as its sources declare them: what a database is held against. Not for a bundle: it reads files. */
import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";

/** `isIsolated`: row-level security keeps its rows apart. */
export type DeclaredTable = { name: string; columns: string[]; isIsolated: boolean };

const sources = new URL("..", import.meta.url);

export async function declaredTables(): Promise<DeclaredTable[]> {
  const files = globSync("*/*.sql.ts", { cwd: fileURLToPath(sources) });
  const modules = await Promise.all(
    files.map(async (file) => (await import(new URL(file, sources).href)) as Record<string, unknown>),
  );
  return modules
    .flatMap((module) => Object.values(module))
    .filter((value) => is(value, PgTable))
    .map((table) => {
      const { name, columns, enableRLS, policies } = getTableConfig(table);
      return {
        name,
        columns: columns.map((column) => column.name),
        isIsolated: enableRLS || policies.length > 0,
      };
    });
}
