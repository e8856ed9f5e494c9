/** Sites of an account, each with one camera: whatever happens at one is a happening of its own. */
import * as Id from "@vigil/core/id";
import { generate, hash } from "@vigil/core/key";
import type { SeededAccount } from "@vigil/core/seed";
import type { TestDatabase } from "../../packages/core/testing/database.ts";

/** @returns the cameras' keys */
export async function plantDevices(
  { owner }: Pick<TestDatabase, "owner">,
  { accountId }: Pick<SeededAccount, "accountId">,
  count: number,
): Promise<string[]> {
  const rows = Array.from({ length: count }, (_, index) => {
    const key = generate("device");
    const ids = { site: Id.create("site"), device: Id.create("device"), keyId: Id.create("key") };
    return { key, row: { ...ids, name: `House ${index + 1}`, hash: Buffer.from(hash(key)).toString("hex") } };
  });
  const planted = JSON.stringify(rows.map(({ row }) => row));
  await owner.begin(async (sql) => {
    await sql`create temp table planted on commit drop as
      select * from jsonb_to_recordset(${planted}::text::jsonb)
        as row (site text, device text, "keyId" text, name text, hash text)`;
    await sql`insert into site (id, account_id, name) select site, ${accountId}, name from planted`;
    await sql`insert into device (id, account_id, site_id, name, zone)
      select device, ${accountId}, site, 'Door camera', 'front_door' from planted`;
    await sql`insert into api_key (id, account_id, kind, subject_id, hash)
      select "keyId", ${accountId}, 'device', device, decode(hash, 'hex') from planted`;
  });
  return rows.map(({ key }) => key);
}
