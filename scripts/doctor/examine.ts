/** All that the doctor looks at, in the order in which it is worth mending. */
import { checkSmtp } from "@vigil/core/platform/smtp";
import type { Config } from "../../functions/src/config.ts";
import { examineApi } from "./examine-api.ts";
import { examineDatabase } from "./examine-database.ts";
import { type Environment, readEnvironment } from "./examine-environment.ts";
import { examineEvidence } from "./examine-evidence.ts";
import { examineQueues } from "./examine-queues.ts";
import { type Area, type Examination, type Fault, runExamination } from "./fault.ts";

export type Patient = {
  /** As the functions have it. */
  env: Environment;
  /** Where the API is reached from outside; undefined: it is not asked. */
  apiUrl?: string | undefined;
  now: () => Date;
};

export type Report = { faults: Fault[]; examined: Area[] };

export async function examine({ env, apiUrl, now }: Patient): Promise<Report> {
  const { config, faults } = readEnvironment(env);
  const examinations = [
    ...(config ? examinationsOf(config, now) : []),
    ...(apiUrl === undefined ? [] : [apiExamination(apiUrl, env.SCRAPER_KEY)]),
  ];
  const found = await Promise.all(examinations.map(runExamination));
  return {
    faults: [...faults, ...found.flat()],
    examined: ["environment", ...examinations.map(({ area }) => area)],
  };
}

function examinationsOf(config: Config, now: () => Date): Examination[] {
  const { SMTP_URL: smtpUrl } = config;
  return [
    {
      area: "database",
      examine: () =>
        examineDatabase({
          url: config.DATABASE_URL,
          connectionsMax: config.DATABASE_CONNECTIONS_MAX,
          now,
        }),
      ifItThrows:
        "is it running, reachable from here, and are DATABASE_URL's name and password those of vigil_app?",
    },
    {
      area: "queues",
      examine: () => examineQueues(config),
      ifItThrows: "are the addresses of the queues and AWS_REGION right?",
    },
    {
      area: "evidence",
      examine: () => examineEvidence(config, now),
      ifItThrows:
        "is EVIDENCE_BUCKET there, in this region, and may this key put, get and delete objects in it?",
    },
    ...(smtpUrl === undefined
      ? []
      : [
          {
            area: "telling" as const,
            examine: async () => {
              await checkSmtp(smtpUrl);
              return [];
            },
            ifItThrows:
              "are the host, the port and the password of SMTP_URL right? No e-mail is sent, no code to sign in",
          },
        ]),
  ];
}

function apiExamination(url: string, scraperKey: string | undefined): Examination {
  return {
    area: "API",
    examine: () => examineApi(url, scraperKey),
    ifItThrows: `is ${url} deployed, and can this machine reach it?`,
  };
}
