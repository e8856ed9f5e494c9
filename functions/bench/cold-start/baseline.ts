/** What a function with Hono and one question to the database costs, and no less: the baseline of cold starts. */
import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { Pool } from "pg";

const pool = new Pool({ connectionString: process.env.DATABASE_URL });
const app = new Hono();
app.get("/", async (c) => c.json((await pool.query("select 1 as one")).rows));

export const handler = handle(app);
