#!/usr/bin/env node
/** The `vigil` command. Exit code: 0 when all is well, 1 when not, 2 when the question makes no sense, 130 after Ctrl-C. */
import { importPictures } from "./import-pictures.ts";
import { fetchManifest } from "./manifest.ts";
import { Unclear } from "./options.ts";

const help = `vigil <command>

  import <folder | list.csv | s3://bucket/prefix> --source NAME
                   takes pictures in, has them inspected, and groups them
    --dry-run      only says what there is to take in
    --resume       goes on with the run of this source that was interrupted
    --seal         seals the run when it is done
  manifest <run> --to <folder>               downloads what a run was sealed into; --seal seals it first
  verify <folder> --key <public key>         checks what was downloaded, without a network

  --url, --token   where the API is, and a member's token; else VIGIL_URL and VIGIL_TOKEN, else the local stack of this folder
  --help           this

list.csv has one path a line, in the order of time; a first line "path" is a heading, and further columns are not read.
A bucket is listed and read from here, with what the AWS SDK finds: AWS_PROFILE, or AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and
AWS_REGION; for R2 and other stores AWS_ENDPOINT_URL_S3 as well. Its order is that of its keys.
`;

async function main([command, ...rest]: readonly string[]): Promise<number> {
  if (command === undefined || command === "--help" || command === "-h") {
    process.stdout.write(help);
    return command === undefined ? 2 : 0;
  }
  if (rest.includes("--help") || rest.includes("-h")) {
    process.stdout.write(help);
    return 0;
  }
  if (command === "import") return importPictures(rest);
  if (command === "manifest") return fetchManifest(rest);
  if (command === "verify") {
    process.argv.splice(2, 1);
    await import("@vigil/verify/cli");
    return Number(process.exitCode ?? 0);
  }
  throw new Unclear(`there is no command ${command}`);
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof Unclear ? 2 : 1;
  if (error instanceof Unclear) process.stderr.write("\nvigil --help says what there is.\n");
}
