/** What policies allow, in lines that can be compared. */
type Statement = {
  Effect: "Allow" | "Deny";
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string[]>>;
};

export function statementsIn(policy: unknown): Statement[] {
  const document = JSON.parse(String(policy)) as { Statement: Statement[] };
  return document.Statement;
}

/** `Allow` statements as lines, e.g. `sqs:SendMessage Priority`, whatever their order and grouping. */
export function grants(statements: Statement[]): string[] {
  return statements
    .filter((statement) => statement.Effect === "Allow")
    .flatMap(({ Action, Resource }) =>
      Action.flatMap((action) => Resource.map((arn) => `${action} ${arn.replace(/^arn:[^/]*:/, "")}`)),
    )
    .toSorted();
}
