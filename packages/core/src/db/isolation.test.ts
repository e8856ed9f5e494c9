import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../testing/database.ts";
import { image } from "../../testing/images.ts";
import { arrange, findingsFor } from "../../testing/walk.ts";
import { reportDigest, requestReview } from "../flow/index.ts";
import { inAccount, raw } from "./index.ts";

describe("tenant isolation in PostgreSQL", () => {
  let base: TestDatabase;
  before(async () => {
    base = await createTestDatabase();
    for (const tier of ["guardian", "pro"] as const) {
      const walk = arrange(base, tier);
      const { sessionId } = await walk.post(walk.event({ type: "person" }), [await image("a.jpg", 1)]);
      await requestReview(walk.services, { accountId: walk.accountId, sessionId, actor: "test" });
      const [job] = await walk.receive();
      assert.ok(job);
      await walk.beat();
      await reportDigest(walk.services, findingsFor(job, []));
    }
  });
  after(() => base.close());

  /** Those of sign-in are shown to its own role alone, which has a test of its own. */
  const tables = async () =>
    (
      await base.owner<
        { name: string }[]
      >`select tablename as name from pg_tables where schemaname = 'public' order by 1`
    )
      .map((row) => row.name)
      .filter((name) => !name.startsWith("sign_in_"));

  it("shows the application role no row of any table while no account is set", async () => {
    const names = await tables();
    assert.ok(names.length >= 17);
    for (const name of names) {
      const rows = await base.database.sql`select * from ${raw(name)}`;
      assert.equal(rows.length, 0, name);
    }
    const [events] = await base.owner`select count(*)::int as count from event`;
    assert.equal(events?.count, 2);
  });

  it("shows an account its own rows and no others", async () => {
    const account = base.seeded.accounts.find((one) => one.tier === "pro");
    assert.ok(account);
    for (const name of (await tables()).filter(
      (table) =>
        ![
          "account",
          "worker",
          "system_state",
          "log_tile",
          "log_checkpoint",
          "deployment",
          "experiment",
          "experiment_pair",
          "model",
          "model_decision",
        ].includes(table),
    )) {
      const owners = await inAccount(
        base.database,
        account.accountId,
        async (_, sql) => sql<{ owner: string }[]>`select account_id as owner from ${raw(name)}`,
      );
      assert.ok(
        owners.every((row) => row.owner === account.accountId),
        name,
      );
    }
  });

  it("refuses to write a row for another account", async () => {
    const [mine, other] = base.seeded.accounts;
    assert.ok(mine && other);
    await assert.rejects(
      inAccount(base.database, mine.accountId, (tx) =>
        tx.execute(
          `insert into site (id, account_id, name) values ('sit_x', '${other.accountId}', 'theirs')`,
        ),
      ),
      (error: Error) => /row-level security/.test(String(error)),
    );
  });

  it("has row-level security on every table, and a role that cannot bypass it", async () => {
    const open =
      await base.owner`select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and not relrowsecurity`;
    assert.deepEqual([...open], []);
    const [role] =
      await base.owner`select rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = 'vigil_app'`;
    assert.deepEqual({ ...role }, { rolsuper: false, rolbypassrls: false, rolcreaterole: false });
    const [owned] =
      await base.owner`select count(*)::int as count from pg_tables where tableowner = 'vigil_app'`;
    assert.equal(owned?.count, 0);
  });

  it("crosses the tenant border in the listed functions only", async () => {
    const doors = await base.owner<
      { name: string }[]
    >`select proname as name from pg_proc where prosecdef and pronamespace = 'public'::regnamespace order by 1`;
    assert.deepEqual(
      doors.map((row) => row.name),
      [
        "account_of_review",
        "account_of_run",
        "account_of_session",
        "account_of_share",
        "account_of_upload",
        "answer_shadow_result",
        "append_to_log",
        "ask_enrolment",
        "authenticate_key",
        "change_deployment",
        "checkpoint_covering",
        "choose_language_of_person",
        "claim_chunks",
        "claim_deliveries",
        "claim_jobs",
        "claim_recordings",
        "count_dead_letters",
        "count_shadow_results",
        "current_model",
        "dead_letters",
        "decide_model",
        "deployments",
        "device_context",
        "devices_to_judge",
        "due_sessions",
        "erase_embeddings",
        "erase_from_report",
        "erase_rows",
        "events_left_announcing",
        "events_to_follow_up",
        "experiment_pairs",
        "experiments",
        "expired_exports",
        "finish_erasure",
        "fold_ledger",
        "forget_answers",
        "forget_earlier_leaves",
        "forget_shadow_results",
        "forget_sketches",
        "forget_stream_entries",
        "forget_workers",
        "grant_enrolment",
        "intake_context",
        "jobs_in_flight",
        "keep_time_stamp",
        "language_of_sign_in",
        "lease_deliveries",
        "lease_erasure",
        "lease_export",
        "lease_withdrawn_consent",
        "lock_enrolment",
        "lock_system_state",
        "memberships_of_sign_in",
        "model_decisions",
        "models_in_use",
        "move_experiment",
        "newest_checkpoint",
        "newest_model",
        "newest_stream_entries",
        "note_erasure_told",
        "note_sent_deliveries",
        "open_deployment",
        "open_experiment",
        "open_shadow_results",
        "operated_accounts",
        "overdue_jobs",
        "owed_leaves",
        "owners_to_tell",
        "pictures_past_keeping",
        "poll_enrolment",
        "queue_depth",
        "queue_position",
        "read_erasure",
        "read_ledger_of_all",
        "read_log_tiles",
        "read_system_state",
        "readers_of_erasure",
        "recent_admissions",
        "record_experiment_pairs",
        "record_heartbeat",
        "refuse_enrolment",
        "register_model",
        "registered_models",
        "release_overdue_chunks",
        "release_overdue_jobs",
        "reviews_with_deferred",
        "run_levels",
        "runs_to_group",
        "save_experiment_standing",
        "save_system_state",
        "settled_shadow_results",
        "shadow_wish",
        "shred_leaves",
        "summaries_due",
        "unstamped_checkpoints",
        "uploads_due",
        "waiting_accounts",
        "waiting_jobs",
        "worker_capacity",
      ],
    );
  });

  it("never changes what is appended", async () => {
    const [account] = base.seeded.accounts;
    assert.ok(account);
    for (const table of [
      "audit",
      "digest_part",
      "inspection",
      "manifest",
      "delivery_attempt",
      "stream_entry",
      "log_leaf",
      "log_tile",
      "log_checkpoint",
      "model_decision",
      "experiment_pair",
    ]) {
      await assert.rejects(
        inAccount(base.database, account.accountId, (tx) => tx.execute(`delete from ${table}`)),
        (error: Error) => /permission denied/.test(String(error)),
      );
    }
  });
});
