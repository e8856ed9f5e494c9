/** Every parser that faces the network, by name. Each is loaded when it is played. */
import type { Target } from "../target.ts";

const files = () => import("./files.ts");
const models = () => import("./models.ts");
const api = () => import("./api.ts");
const questions = () => import("./questions.ts");
const signed = () => import("./signed.ts");
const gateway = () => import("./gateway.ts");

export const targets: ReadonlyMap<string, () => Promise<Target>> = new Map([
  ["forms", async (): Promise<Target> => (await files()).forms],
  ["pictures", async (): Promise<Target> => (await files()).pictures],
  ["recordings", async (): Promise<Target> => (await files()).recordings],
  ["manifests", async (): Promise<Target> => (await files()).manifests],
  ["models", async (): Promise<Target> => (await models()).models],
  ["events", async (): Promise<Target> => (await api()).events],
  ["cursors", async (): Promise<Target> => (await api()).cursors],
  ["checked-texts", async (): Promise<Target> => (await api()).checkedTexts],
  ["reports", async (): Promise<Target> => (await api()).reports],
  ["questions", async (): Promise<Target> => (await questions()).questions],
  ["names", async (): Promise<Target> => (await questions()).names],
  ["jobs", async (): Promise<Target> => (await signed()).jobs],
  ["signed-requests", async (): Promise<Target> => (await signed()).signedRequests],
  ["sensors", async (): Promise<Target> => (await gateway()).sensors],
  ["frames", async (): Promise<Target> => (await gateway()).frames],
  ["notices", async (): Promise<Target> => (await gateway()).notices],
  ["challenges", async (): Promise<Target> => (await gateway()).challenges],
  ["reviews", async (): Promise<Target> => (await gateway()).reviews],
  ["mails", async (): Promise<Target> => (await gateway()).mails],
  ["ftp-lines", async (): Promise<Target> => (await gateway()).ftpLines],
  ["uploads", async (): Promise<Target> => (await gateway()).uploads],
  ["segments", async (): Promise<Target> => (await gateway()).segments],
]);
