/** Where the API is and who asks: told, or from the environment, or the local stack of this folder. */
import { readFile } from "node:fs/promises";
import { type Client, createClient } from "@vigil/client";
import { Unclear } from "./options.ts";

type Local = { apiUrl?: string; consoleUrl?: string; accounts?: { memberToken?: string }[] };
/** Of the accounts that the local stack makes, the one that may do most. */
const localAccount = 2;

export type Connection = { client: Client; consoleUrl: string | undefined };

/** @throws Unclear when neither says where */
export async function connect(told: {
  url?: string | undefined;
  token?: string | undefined;
}): Promise<Connection> {
  const local = await readLocal();
  const url = told.url ?? process.env["VIGIL_URL"] ?? local?.apiUrl;
  const token = told.token ?? process.env["VIGIL_TOKEN"] ?? local?.accounts?.[localAccount]?.memberToken;
  if (!url || !token) {
    throw new Unclear("say where the API is and who asks: --url and --token, or VIGIL_URL and VIGIL_TOKEN");
  }
  return {
    client: createClient({ url, token }),
    consoleUrl: url === local?.apiUrl ? local.consoleUrl : undefined,
  };
}

/** Where a bucket's store is, unless it is AWS; the AWS SDK reads the rest itself. */
export function storeAddress(): string | undefined {
  return process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"];
}

async function readLocal(): Promise<Local | undefined> {
  try {
    return JSON.parse(await readFile(".vigil/local.json", "utf8")) as Local;
  } catch {
    return undefined;
  }
}
