/** The benchmark's report as a table for people. */
import type { Bare } from "./bare.ts";
import type { EndToEnd } from "./end-to-end.ts";
import type { Missed } from "./missed.ts";
import type { BenchReport, ModelReport } from "./report.ts";

const megabyte = 1024 * 1024;

export function printReport(report: BenchReport): void {
  const { baseline } = report;
  const rows = [
    ["", "baseline", ...report.models.map(({ model }) => model)],
    ["precision", "float32", ...report.models.map(({ precision, input }) => `${precision} ${input}`)],
    ["bare session.run, items/s", "", ...report.models.map(({ bare }) => bareCell(bare))],
    ["  on the frames' canvas", "", ...report.models.map(({ bareFitted }) => bareCell(bareFitted))],
    row("end to end, items/s", report, ({ itemsPerSecond }) => itemsPerSecond.toFixed(1)),
    ["  of the bare limit", "", ...report.models.map(({ distinct, bare }) => share(distinct, bare))],
    [
      "  of that on the canvas",
      "",
      ...report.models.map(({ distinct, bareFitted }) => share(distinct, bareFitted)),
    ],
    row("  of the baseline", report, (one) => times(one, baseline)),
    row("batch P50 / P95, ms", report, ({ batchP50Ms, batchP95Ms }) =>
      batchP50Ms > 0 ? `${batchP50Ms.toFixed(0)} / ${batchP95Ms.toFixed(0)}` : "",
    ),
    row("CPU ms an item: inference", report, ({ cpuMsPerItem }) => cpuMsPerItem.infer.toFixed(1)),
    row("  decoding", report, ({ cpuMsPerItem }) => cpuMsPerItem.decode.toFixed(1)),
    row("  main thread", report, ({ cpuMsPerItem }) => cpuMsPerItem.main.toFixed(1)),
    row("  other", report, ({ cpuMsPerItem }) => cpuMsPerItem.other.toFixed(1)),
    row("  the bench's services", report, ({ servicesCpuMsPerItem }) => servicesCpuMsPerItem.toFixed(1)),
    row("memory, most, MiB", report, ({ rssMaxBytes }) => (rssMaxBytes / megabyte).toFixed(0)),
    ["mostly still, items/s", "", ...report.models.map(({ still }) => still.itemsPerSecond.toFixed(1))],
    ["  of the distinct", "", ...report.models.map(({ still, distinct }) => times(still, distinct))],
    ["  looked at", "", ...report.models.map(({ still }) => lookedAt(still))],
    ...missedRows(report, ({ missed }) => missed),
    ["as recorded, looked at", "", ...report.models.map(({ recorded }) => lookedAt(recorded))],
    ...missedRows(report, ({ missedRecorded }) => missedRecorded),
  ].filter(([, ...cells]) => cells.some((cell) => cell !== ""));
  process.stdout.write(`\n${report.cpu}, ${report.cores} cores, Node ${report.node}\n\n${align(rows)}\n`);
  if (report.soak) process.stdout.write(`\n${soakText(report)}\n`);
}

function row(title: string, { baseline, models }: BenchReport, cell: (one: EndToEnd) => string): string[] {
  return [title, cell(baseline), ...models.map(({ distinct }) => cell(distinct))];
}

function bareCell(bare: Bare | undefined): string {
  if (!bare) return "";
  const { canvas, itemsPerSecond, lanes, threads } = bare;
  return `${itemsPerSecond.toFixed(1)} (${canvas.width} x ${canvas.height}, ${lanes} x ${threads} threads)`;
}

function share({ itemsPerSecond }: EndToEnd, bare: Bare | undefined): string {
  return bare ? (itemsPerSecond / bare.itemsPerSecond).toFixed(2) : "";
}

function missedRows({ models }: BenchReport, read: (model: ModelReport) => Missed | undefined): string[][] {
  const cells = (what: "objects" | "sightings") =>
    models.map((model) => {
      const of = read(model)?.[what];
      return of ? `${of.missed} of ${of.expected}` : "";
    });
  return [
    ["  people and vehicles missed", "", ...cells("objects")],
    ["  in single frames", "", ...cells("sightings")],
  ];
}

function lookedAt(figures: EndToEnd | undefined): string {
  if (!figures) return "";
  const { duplicate = 0 } = figures.outcomes;
  return `${figures.items - duplicate} of ${figures.items}`;
}

function times(one: EndToEnd, other: EndToEnd): string {
  return `${(one.itemsPerSecond / other.itemsPerSecond).toFixed(2)} x`;
}

function soakText({ soak }: BenchReport): string {
  if (!soak) return "";
  return [
    `soak: ${soak.seconds.toFixed(0)} s, ${soak.itemsPerSecondOffered.toFixed(1)} items/s offered, `,
    `${soak.itemsPerSecondDone.toFixed(1)} done; batch P95 ${soak.batchP95Ms.toFixed(0)} ms; backlog ${soak.backlogSlopePerMinute.toFixed(2)} moments/min `,
    `(at most ${soak.backlogMax}); memory ${(soak.rssSlopePerMinute / megabyte).toFixed(2)} MiB/min `,
    `(at most ${(soak.rssMaxBytes / megabyte).toFixed(0)} MiB)`,
  ].join("");
}

/** The first column to the left, the others to the right. */
function align(rows: readonly string[][]): string {
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0))) ?? [];
  return rows
    .map((cells) =>
      cells
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  "),
    )
    .join("\n");
}
