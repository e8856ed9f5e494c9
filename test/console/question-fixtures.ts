/** Questions of a run and sources, as the API would answer of them: what was answered is open no longer. */
import { problem } from "@vigil/core/problem";
import { AnswerInput, QuestionPage, QuestionView, type Verdict } from "@vigil/core/question/wire";
import { SourceChange, SourceList, SourceView } from "@vigil/core/source/wire";
import { present } from "./fixtures.ts";
import { runId } from "./run-fixtures.ts";

type Asked = { id: string; name: string; isRepeat: boolean; answers: (Verdict | null)[] };
export type Asking = { questions: Asked[]; sources: SourceView[] };

const day = 24 * 3_600_000;
const share = (fault: SourceView["shares"][number]["fault"], found: number, of: number) => ({
  fault,
  found,
  of,
  low: 0.3346,
  high: 0.4692,
  probationFrom: 0.2,
  blockedFrom: 0.3,
});

const blocked: SourceView = {
  id: `src_${"0".repeat(31)}1`,
  kind: "run",
  name: "Harbour archive",
  device: null,
  state: "blocked",
  since: new Date(present.getTime() - day).toISOString(),
  reasons: [share("off-topic", 80, 200)],
  shares: [share("off-topic", 80, 200), { ...share("duplicates", 0, 200), low: 0, high: 0.0188 }],
  wayBack: { until: new Date(present.getTime() + 6 * day).toISOString(), judged: 0, wanted: 20 },
  quota: { itemsPerRun: null, itemsPerDay: null },
  overruled: null,
};

/** `count` questions, of which the last are those that are asked twice. */
export function asking(count: number): Asking {
  const twice = Math.ceil(count / 20);
  return {
    questions: Array.from({ length: count + twice }, (_, no) => ({
      id: `qst_${`${no}`.padStart(32, "0")}`,
      name: `quay/${no < count ? no : (no - count) * 7}.jpg`,
      isRepeat: no >= count,
      answers: [],
    })),
    sources: [blocked],
  };
}

/** @returns undefined for what is not about them */
export function questionRoutes(
  data: Asking,
  {
    method,
    path,
    body,
    query,
    url,
  }: { method: string; path: string; body: unknown; query: URLSearchParams; url: string },
): { body: unknown } | undefined {
  const [, , noun, id] = path.split("/");
  if (noun === "sources") return { body: sourceRoutes(data, method, body) };
  if (noun !== "questions") return undefined;
  const counts = {
    open: data.questions.filter(isOpen).length,
    answered: data.questions.filter(isAnswered).length,
  };
  if (id === undefined) {
    const firsts = data.questions.filter((one) => isOpen(one) && !one.isRepeat);
    const next = firsts.length > 0 ? firsts : data.questions.filter(isOpen);
    const items = next.slice(0, Number(query.get("limit"))).map((one) => viewOf(one, url));
    return { body: QuestionPage.parse({ items, ...counts }) };
  }
  const found = data.questions.find((one) => one.id === id);
  if (!found) throw problem("not-found", `no question ${id}`);
  found.answers.push(method === "DELETE" ? null : AnswerInput.parse(body).answer);
  return { body: viewOf(found, url) };
}

function isAnswered({ answers }: Asked): boolean {
  return (answers.at(-1) ?? null) !== null;
}

function isOpen(one: Asked): boolean {
  return !isAnswered(one);
}

function viewOf({ id, name, answers }: Asked, url: string): QuestionView {
  return QuestionView.parse({
    id,
    run: runId,
    name,
    asks: { kind: "requires", label: "person", confidenceMin: 0.5 },
    answer: answers.at(-1) ?? null,
    answeredAt: null,
    picture: {
      url: `${url}/pictures/${id}?signature=good`,
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    },
  });
}

function sourceRoutes(data: Asking, method: string, body: unknown): unknown {
  const [source] = data.sources;
  if (method === "PATCH" && source) {
    const { state = source.state, reason } = SourceChange.parse(body);
    const overruled = reason === undefined ? null : { by: "mbr", reason, at: present.toISOString() };
    data.sources = [{ ...source, state, reasons: [], wayBack: null, overruled }];
    return SourceView.parse(data.sources[0]);
  }
  return SourceList.parse({ items: data.sources });
}
