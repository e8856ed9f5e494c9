/** The client's types of the API, from its OpenAPI document. Lives here because the generator is the client's dependency. */
import openapiTypescript, { astToString } from "openapi-typescript";

export async function apiTypes(document: object): Promise<string> {
  const types = await openapiTypescript(structuredClone(document) as Parameters<typeof openapiTypescript>[0]);
  return astToString(types).replaceAll(/^( {4})+/gm, (indent) => " ".repeat(indent.length / 2));
}
