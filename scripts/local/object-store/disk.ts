/**
 * Objects on disk: bytes in one file, a record beside them. An object exists when its record does, and the record is
 * renamed into place after the bytes are whole, so that a reader sees the old object or the new one, never a mixture.
 */
import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";

export type ObjectRecord = {
  key: string;
  /** The name of the file with the bytes. */
  file: string;
  bytes: number;
  contentType: string;
  /** Hexadecimal MD5 in quotes, as S3 answers for an object put in one piece. */
  etag: string;
  /** Base64 by algorithm (`sha256`, `crc32`, …): what the writer announced and was verified. */
  checksums: Record<string, string>;
  lastModified: string;
};

export type ObjectDisk = {
  /** A file to write an object's bytes into before it exists. */
  begin(): Promise<{ file: string; handle: FileHandle }>;
  publish(record: ObjectRecord): Promise<void>;
  discard(file: string): Promise<void>;
  find(key: string): Promise<ObjectRecord | undefined>;
  read(record: ObjectRecord): Promise<FileHandle | undefined>;
  remove(key: string): Promise<void>;
  /** In the order of their keys, as S3 has it. */
  list(prefix: string): Promise<ObjectRecord[]>;
};

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT") return undefined;
  throw error;
}

export async function openDisk(dataDir: string): Promise<ObjectDisk> {
  const folders = {
    records: join(dataDir, "records"),
    bytes: join(dataDir, "bytes"),
    staged: join(dataDir, "staged"),
  };
  // What an interrupted upload left is nobody's.
  await rm(folders.staged, { recursive: true, force: true });
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  const recordFile = (key: string) =>
    join(folders.records, `${createHash("sha256").update(key).digest("hex")}.json`);
  const find = async (key: string): Promise<ObjectRecord | undefined> => {
    const text = await readFile(recordFile(key), "utf8").catch(absent);
    return text === undefined ? undefined : (JSON.parse(text) as ObjectRecord);
  };
  return {
    find,
    async begin() {
      const file = randomUUID();
      return { file, handle: await open(join(folders.staged, file), "wx") };
    },
    async publish(record) {
      const replaced = await find(record.key);
      await rename(join(folders.staged, record.file), join(folders.bytes, record.file));
      const staged = join(folders.staged, `${record.file}.json`);
      const handle = await open(staged, "wx");
      await handle.writeFile(JSON.stringify(record));
      await handle.close();
      await rename(staged, recordFile(record.key));
      if (replaced) await rm(join(folders.bytes, replaced.file), { force: true });
    },
    async discard(file) {
      await rm(join(folders.staged, file), { force: true });
    },
    async read(record) {
      return open(join(folders.bytes, record.file), "r").catch(absent);
    },
    async remove(key) {
      const record = await find(key);
      if (!record) return;
      await rm(recordFile(key), { force: true });
      await rm(join(folders.bytes, record.file), { force: true });
    },
    async list(prefix) {
      const found: ObjectRecord[] = [];
      for (const name of await readdir(folders.records)) {
        const text = await readFile(join(folders.records, name), "utf8").catch(absent);
        if (text === undefined) continue;
        const record = JSON.parse(text) as ObjectRecord;
        if (record.key.startsWith(prefix)) found.push(record);
      }
      return found.toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
    },
  };
}
