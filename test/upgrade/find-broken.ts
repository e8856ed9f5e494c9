import type { Catalog } from "./catalog.ts";

/**
 * What a program that was made for the database as it was before can do no longer. Pure.
 *
 * It may have more tables, columns with a value of their own, functions and rights; nothing that was there may go, change its
 * type, or refuse rows that it took. What shall go is unused by one release, and goes with a later one.
 */
export function findBroken(before: Catalog, after: Catalog): string[] {
  const tables = new Set([...before.columns.keys()].map(tableOf));
  const broken: string[] = [];
  for (const [name, column] of before.columns) {
    const now = after.columns.get(name);
    if (!now) broken.push(`the column ${name} is gone`);
    else if (now.type !== column.type)
      broken.push(`the column ${name} was ${column.type} and is ${now.type}`);
    else if (column.isGiven && !now.isGiven) broken.push(`the column ${name} must be given now`);
    else if (column.isNullable && !now.isNullable) broken.push(`the column ${name} may not be null any more`);
  }
  for (const [name, column] of after.columns) {
    const isNew = tables.has(tableOf(name)) && !before.columns.has(name);
    if (isNew && !column.isGiven) broken.push(`the new column ${name} must be given`);
  }
  for (const [name, result] of before.functions) {
    const now = after.functions.get(name);
    if (now === undefined) broken.push(`the function ${name} is gone`);
    else if (now !== result) broken.push(`the function ${name} answered ${result} and answers ${now}`);
  }
  for (const right of before.rights) if (!after.rights.has(right)) broken.push(`no longer: ${right}`);
  for (const [name, { columns, text }] of after.constraints) {
    const was = before.constraints.get(name)?.text;
    const isOld = columns.length > 0 && columns.every((column) => before.columns.has(column));
    if (isOld && was === undefined) broken.push(`${name} refuses rows that were taken: ${text}`);
    else if (was !== undefined && was !== text) broken.push(`${name} was ${was} and is ${text}`);
  }
  return broken;
}

function tableOf(column: string): string {
  return column.split(".", 1)[0] ?? "";
}
