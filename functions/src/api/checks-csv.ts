/** Checks as a table (RFC 4180). */
import type { CheckView } from "@vigil/core/check/wire";

const columns: readonly { name: string; of: (check: CheckView) => string | number }[] = [
  { name: "id", of: ({ id }) => id },
  { name: "checkedAt", of: ({ checkedAt }) => checkedAt },
  { name: "kind", of: ({ kind }) => kind },
  { name: "label", of: ({ label }) => label ?? "" },
  { name: "sha256", of: ({ sha256 }) => sha256 },
  { name: "bytes", of: ({ bytes }) => bytes },
  { name: "points", of: ({ points }) => points },
  { name: "actor", of: ({ actor }) => actor },
  { name: "declared", of: ({ declared }) => declared.status },
  { name: "declaredBy", of: ({ declared }) => declared.by ?? "" },
  { name: "declares", of: ({ declared }) => declared.says.join("; ") },
  { name: "provenance", of: ({ provenance }) => provenance?.status ?? "" },
  { name: "marks", of: ({ marks }) => marks.map(({ code }) => code).join("; ") },
  { name: "generated", of: ({ generated }) => generated.status },
  { name: "probability", of: ({ generated }) => generated.probability ?? "" },
  { name: "reasons", of: ({ generated }) => generated.reasons.join("; ") },
];

export function writeChecksCsv(checks: readonly CheckView[]): string {
  const rows = [
    columns.map(({ name }) => name),
    ...checks.map((check) => columns.map(({ of }) => of(check))),
  ];
  return rows.map((row) => `${row.map(cellOf).join(",")}\r\n`).join("");
}

/** A programme for tables takes what begins with these for a formula: https://owasp.org/www-community/attacks/CSV_Injection. */
function cellOf(value: string | number): string {
  const text = String(value);
  const plain = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
