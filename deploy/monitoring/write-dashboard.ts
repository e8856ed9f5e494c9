/** Rows of panels as a dashboard of Grafana's: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */

export type Panel = {
  title: string;
  description: string;
  /** One of Grafana's: `short`, `s`, `ops`, `percentunit`… */
  unit: string;
  /** What is asked, in PromQL, by what it is called in the legend. */
  queries: Readonly<Record<string, string>>;
};

export type Row = {
  title: string;
  /** The last number, large; or how it went. */
  kind: "number" | "course";
  /** Of each panel; a dashboard is 24 wide. */
  width: number;
  height: number;
  panels: readonly Panel[];
};

/** @property file beside the others in `deploy/grafana` */
export type Dashboard = { file: string; uid: string; title: string; rows: readonly Row[] };

const widthMax = 24;
const datasource = { type: "prometheus", uid: "${datasource}" };
const looks = {
  number: {
    type: "stat",
    custom: {},
    options: { reduceOptions: { calcs: ["lastNotNull"] }, colorMode: "value", graphMode: "area" },
  },
  course: {
    type: "timeseries",
    custom: { custom: { fillOpacity: 10, lineWidth: 2, showPoints: "never" } },
    options: {
      legend: { displayMode: "list", placement: "bottom" },
      tooltip: { mode: "multi", sort: "desc" },
    },
  },
} as const;

export function writeDashboard({ uid, title, rows }: Dashboard): string {
  const panels: object[] = [];
  let y = 0;
  for (const row of rows) {
    const gridPos = { h: 1, w: widthMax, x: 0, y };
    panels.push({
      id: panels.length + 1,
      type: "row",
      title: row.title,
      collapsed: false,
      gridPos,
      panels: [],
    });
    y += 1;
    let x = 0;
    for (const panel of row.panels) {
      if (x + row.width > widthMax) [x, y] = [0, y + row.height];
      const place = { h: row.height, w: row.width, x, y };
      panels.push({ id: panels.length + 1, ...writePanel(panel, row.kind), gridPos: place });
      x += row.width;
    }
    y += row.height;
  }
  const dashboard = {
    uid,
    title,
    tags: ["vigil"],
    timezone: "browser",
    schemaVersion: 39,
    version: 1,
    editable: true,
    refresh: "30s",
    time: { from: "now-3h", to: "now" },
    templating: {
      list: [{ name: "datasource", type: "datasource", query: "prometheus", label: "Data source" }],
    },
    panels,
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

function writePanel({ title, description, unit, queries }: Panel, kind: Row["kind"]): object {
  const { type, custom, options } = looks[kind];
  const targets = Object.entries(queries).map(([legendFormat, expr], index) => ({
    refId: String.fromCharCode("A".charCodeAt(0) + index),
    datasource,
    expr,
    legendFormat,
  }));
  const fieldConfig = { defaults: { unit, min: 0, ...custom }, overrides: [] };
  return { type, title, description, datasource, fieldConfig, targets, options };
}
