/** `vigil manifest`: what a run was sealed into, as files that `vigil verify` checks. */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { settled } from "@vigil/client";
import { connect } from "./config.ts";
import { clear, onlyOne, Unclear } from "./options.ts";

export async function fetchManifest(args: readonly string[]): Promise<number> {
  const { values, positionals } = clear(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        to: { type: "string" },
        seal: { type: "boolean", default: false },
        url: { type: "string" },
        token: { type: "string" },
      },
    }),
  );
  const id = onlyOne("run", positionals);
  const { to } = values;
  if (to === undefined) throw new Unclear("say where to put it: --to FOLDER");
  const { client } = await connect(values);
  const path = { id };
  if (values.seal) {
    await settled(client.POST("/v1/runs/{id}/actions", { params: { path }, body: { action: "seal" } }));
  }
  const ask = () => settled(client.GET("/v1/runs/{id}/manifest", { params: { path } }));
  const { manifest, publicKey, version, segments } = await ask();
  await mkdir(to, { recursive: true });
  await writeFile(join(to, "manifest.json"), `${JSON.stringify(manifest)}\n`);
  for (const { name } of segments) {
    // Asked for anew one by one: URLs live for a minute, and there may be hundreds of segments.
    const fresh = (await ask()).segments.find((segment) => segment.name === name);
    const answer = await fetch(fresh?.url ?? "");
    if (!answer.ok) throw new Error(`the store answered ${answer.status} for segment ${name}`);
    await writeFile(join(to, name), new Uint8Array(await answer.arrayBuffer()));
  }
  process.stdout.write(
    `version ${version}, ${segments.length} segments in ${to}\nsigned by ${publicKey}\n` +
      `vigil verify ${to} --key ${publicKey}\n`,
  );
  return 0;
}
