/** The client's types of the API, from its OpenAPI document. Lives here because the generator is the client's dependency. */
import openapiTypescript, { astToString } from "openapi-typescript";

export async function apiTypes(document: object): Promise<string> {
  const types = await openapiTypescript(structuredClone(document) as Parameters<typeof openapiTypescript>[0]);
  return withoutNothing(astToString(types)).replaceAll(/^( {4})+/gm, (indent) =>
    " ".repeat(indent.length / 2),
  );
}

const noParameters = `/** Nothing may be given. */
type NoParameters = { query?: never; header?: never; path?: never; cookie?: never };
`;

/**
 * The generator writes a line for each thing that is not there: every method that a path does not have, every kind of
 * parameter that an operation does not take, headers of an answer of which nothing is said. To the client an absent line
 * says the same, unless all of an operation's parameters are absent: that is said in one word.
 */
function withoutNothing(text: string): string {
  const operationsAt = text.indexOf("export interface operations");
  const [paths, operations] = [text.slice(0, operationsAt), text.slice(operationsAt)];
  const kept = [
    paths.replaceAll(emptyParameters, ""),
    operations.replaceAll(emptyParameters, "$1NoParameters;\n"),
  ];
  return noParameters + kept.join("").replaceAll(absent, "").replaceAll(anyHeaders, "");
}

const emptyParameters = /^( +parameters: )\{\n(?: +\w+\?: never;\n)+ +\};\n/gm;
const absent = /^ +\w+\?: never;\n/gm;
const anyHeaders = /^ +headers: \{\n +\[name: string\]: unknown;\n +\};\n/gm;
