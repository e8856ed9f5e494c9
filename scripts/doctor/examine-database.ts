/** The database as the application sees it: who it is there, what it could do, and whether the tables are this release's. */
import { Client } from "pg";
import { declaredTables } from "../../packages/core/src/db/declared-tables.ts";
import type { Fault } from "./fault.ts";

const connectMsMax = 10_000;
const skewMsMax = 30_000;
/** What PostgreSQL keeps for its owner, and others for their tools. */
const connectionsSpare = 10;

type Asked = { url: string; connectionsMax: number; now: () => Date };

export async function examineDatabase({ url, connectionsMax, now }: Asked): Promise<Fault[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: connectMsMax });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return [
      ...(await examineRole(client)),
      ...(await examineTables(client)),
      ...(await examineServer(client, { connectionsMax, now })),
    ];
  } finally {
    await client.end();
  }
}

function fault(what: string, next: string): Fault {
  return { area: "database", what, next };
}

async function examineRole(client: Client): Promise<Fault[]> {
  const { rows } = await client.query<{ name: string; mighty: boolean; owns: number; timeout: string }>(`
    select rolname as name, rolsuper or rolbypassrls as mighty,
      (select count(*)::int from pg_class where relowner = r.oid and relkind = 'r') as owns,
      current_setting('statement_timeout') as timeout
    from pg_roles r where rolname = current_user`);
  const [role] = rows;
  const faults: Fault[] = [];
  if (role?.mighty || (role?.owns ?? 0) > 0) {
    faults.push(
      fault(
        `DATABASE_URL signs in as ${role?.name}, which can read past row-level security: one account could see another's`,
        "connect as vigil_app, whose password deploy/prepare-database.ts sets",
      ),
    );
  }
  if (role?.timeout === "0") {
    faults.push(
      fault(
        "a statement may take for ever: the role has no statement_timeout in this database",
        "run node deploy/prepare-database.ts, which sets it; a pooler must not reset it",
      ),
    );
  }
  return faults;
}

async function examineTables(client: Client): Promise<Fault[]> {
  const { rows } = await client.query<{ table: string; isolated: boolean; columns: string[] }>(`
    select c.relname as table, c.relrowsecurity as isolated, array_agg(a.attname::text) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') group by c.oid`);
  const found = new Map(rows.map((row) => [row.table, row]));
  const declared = await declaredTables();
  const missing = declared.flatMap(({ name, columns }) => {
    const table = found.get(name);
    if (!table) return [name];
    return columns.filter((column) => !table.columns.includes(column)).map((column) => `${name}.${column}`);
  });
  const open = declared
    .filter(({ name, isIsolated }) => isIsolated && found.get(name)?.isolated === false)
    .map(({ name }) => name);
  return [
    ...(missing.length === 0
      ? []
      : [
          fault(
            `this release's tables are not there: ${missing.slice(0, 5).join(", ")}${missing.length > 5 ? ` and ${missing.length - 5} more` : ""}`,
            "run node deploy/prepare-database.ts as the owner: it applies the migrations that are missing",
          ),
        ]),
    ...(open.length === 0
      ? []
      : [
          fault(
            `row-level security is off on ${open.join(", ")}: one account could see another's`,
            `as the owner: ${open.map((name) => `alter table "${name}" enable row level security`).join("; ")}`,
          ),
        ]),
  ];
}

async function examineServer(client: Client, { connectionsMax, now }: Omit<Asked, "url">): Promise<Fault[]> {
  const before = now().getTime();
  const { rows } = await client.query<{ at: Date; connections: number }>(
    "select clock_timestamp() as at, current_setting('max_connections')::int as connections",
  );
  const { at = now(), connections = 0 } = rows[0] ?? {};
  const skewMs = at.getTime() - (before + now().getTime()) / 2;
  const faults: Fault[] = [];
  if (Math.abs(skewMs) > skewMsMax) {
    faults.push(
      fault(
        `its clock is ${Math.round(Math.abs(skewMs) / 1000)} s ${skewMs > 0 ? "ahead of" : "behind"} this machine's`,
        "set both by NTP: signatures and deadlines are judged by the minute",
      ),
    );
  }
  if (connectionsMax > connections - connectionsSpare) {
    faults.push(
      fault(
        `one process may open ${connectionsMax} connections, and the server takes ${connections} in all`,
        "lower DATABASE_CONNECTIONS_MAX, put a pooler in between, or raise max_connections",
      ),
    );
  }
  return faults;
}
