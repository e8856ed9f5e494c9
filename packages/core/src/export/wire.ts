/** Everything of an account, in archives. */
import * as z from "zod";
import { Instant } from "../event/wire.ts";
import * as Id from "../id.ts";
import { exportStates } from "./state.ts";

export const ExportVolume = z
  .object({
    no: z.int().min(1),
    name: z.string().describe("What a browser keeps it as"),
    bytes: z.int(),
    sha256: z.string().describe("Of the archive, hex"),
    files: z.int(),
    url: z.url().nullable().describe("Good for a minute; null: this answer gives none, or it is deleted"),
  })
  .meta({
    id: "ExportVolume",
    description: "One archive (ZIP). What does not fit into one goes on in the next.",
  });
export type ExportVolume = z.infer<typeof ExportVolume>;

export const AccountExport = z
  .object({
    id: Id.of("export"),
    state: z.enum(exportStates),
    askedAt: Instant,
    readyAt: Instant.nullable(),
    expiresAt: Instant.nullable().describe("When its archives are deleted"),
    rows: z.int().describe("Written until now"),
    objects: z.int().describe("Pictures and other objects, written until now"),
    volumes: z.array(ExportVolume),
  })
  .meta({
    id: "AccountExport",
    description: "Everything of an account, in archives. docs/account.md says what is in them.",
  });
export type AccountExport = z.infer<typeof AccountExport>;
