/** The client's types of the API, from its OpenAPI document. Lives here because the generator is the client's dependency. */
import openapiTypescript, { astToString } from "openapi-typescript";

export async function apiTypes(document: object): Promise<string> {
  const types = await openapiTypescript(structuredClone(document) as Parameters<typeof openapiTypescript>[0]);
  return shortened(withoutNothing(astToString(types)));
}

/** What TypeScript says by itself, or the operation's own words say already, is not said in a comment too. */
function shortened(text: string): string {
  return text
    .replaceAll(answerComment, "")
    .replaceAll(tagOfType, "")
    .replaceAll("@description ", "")
    .replaceAll(exampleIndent, "$1 ")
    .replaceAll(anyKey, "Record<string, $1>")
    .replaceAll(commentOfOneLine, "$1/** $2 */\n")
    .replaceAll(commentOfTwoLines, "$1/** $2. $3 */\n")
    .replaceAll(/^( {4})+/gm, (indent) => "\t".repeat(indent.length / 4));
}

/** Before the status of an answer. */
const answerComment = /^ +\/\*\* @description .*\*\/\n(?= +\d+: )/gm;
const tagOfType = /^ +(?:\* @(?:enum .*|constant)|\/\*\* @(?:enum .*|constant) \*\/)\n/gm;
const exampleIndent = /^( +\*) {5,}/gm;
const anyKey = /\{\n +\[key: string\]: (\w+);\n +\}/g;
const commentOfOneLine = /^( +)\/\*\*\n +\* (.*)\n +\*\/\n/gm;
const commentOfTwoLines = /^( +)\/\*\*\n +\* ([^@].*?)\.?\n +\* ([^@].*)\n +\*\/\n/gm;

const noParameters = `/** Nothing may be given. */
type NoParameters = { query?: never; header?: never; path?: never; cookie?: never };
`;

/**
 * The generator writes a line for each thing that is not there: every method that a path does not have, every kind of
 * parameter that an operation does not take, headers of an answer of which nothing is said, webhooks and definitions. To the client an absent line
 * says the same, unless all of an operation's parameters are absent: that is said in one word.
 */
function withoutNothing(text: string): string {
  const operationsAt = text.indexOf("export interface operations");
  const [paths, operations] = [text.slice(0, operationsAt), text.slice(operationsAt)];
  const kept = [
    paths.replaceAll(emptyParameters, ""),
    operations.replaceAll(emptyParameters, "$1NoParameters;\n"),
  ];
  return (
    noParameters +
    kept.join("").replaceAll(absent, "").replaceAll(anyHeaders, "").replaceAll(noSuchThings, "")
  );
}

const emptyParameters = /^( +parameters: )\{\n(?: +\w+\?: never;\n)+ +\};\n/gm;
const absent = /^ +\w+\?: never;\n/gm;
const anyHeaders = /^ +headers: \{\n +\[name: string\]: unknown;\n +\};\n/gm;
const noSuchThings = /^export type \S+ = Record<string, never>;\n/gm;
