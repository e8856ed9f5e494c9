import type { Catalog, Column } from "./catalog.ts";

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
    const fault = faultOf(column, after.columns.get(name));
    if (fault !== undefined) broken.push(`the column ${name} ${fault}`);
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

function faultOf(before: Column, now: Column | undefined): string | undefined {
  if (!now) return "is gone";
  if (now.type !== before.type) return `was ${before.type} and is ${now.type}`;
  if (before.isGiven && !now.isGiven) return "must be given now";
  return before.isNullable && !now.isNullable ? "may not be null any more" : undefined;
}

function tableOf(column: string): string {
  return column.split(".", 1)[0] ?? "";
}
