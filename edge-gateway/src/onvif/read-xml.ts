/**
 * What a camera answers as XML, into a small tree, within bounds. A DOCTYPE is refused: entities of its own are how a short
 * text becomes an endless one, and SOAP (1.2, 5) forbids it.
 */
import { SaxesParser } from "saxes";

export type Element = {
  /** Without its prefix, and the namespace that the prefix stands for. */
  name: string;
  namespace: string;
  attributes: ReadonlyMap<string, string>;
  /** Its own text, without that of its children. */
  text: string;
  children: Element[];
};

const elementsMax = 20_000;
const depthMax = 64;

function refuse(why: string): never {
  throw new RangeError(`it answered ${why}`);
}

/** @throws a RangeError that says what is wrong with the text */
export function readXml(text: string): Element {
  const parser = new SaxesParser({ xmlns: true });
  const open: Element[] = [];
  let [root, elements]: [Element | undefined, number] = [undefined, 0];
  parser.on("error", () => refuse("what is no XML"));
  parser.on("doctype", () => refuse("XML with a DOCTYPE, which SOAP forbids"));
  parser.on("opentag", ({ local, uri, attributes }) => {
    if (++elements > elementsMax) refuse(`more than ${elementsMax} elements`);
    if (open.length >= depthMax) refuse(`elements deeper than ${depthMax}`);
    const named = Object.values(attributes).map((one) => [one.local, one.value] as const);
    const element = { name: local, namespace: uri, attributes: new Map(named), text: "", children: [] };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const take = (piece: string) => {
    const element = open.at(-1);
    if (element) element.text += piece;
  };
  parser.on("text", take);
  parser.on("cdata", take);
  parser.on("closetag", () => void open.pop());
  parser.write(text).close();
  return root ?? refuse("nothing");
}

/** The children of that name, of every namespace: cameras differ in theirs. */
export const childrenOf = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((child) => child.name === name) ?? [];

/** The first child of a first child; undefined where the path ends. */
export const within = (element: Element | undefined, ...path: readonly string[]): Element | undefined =>
  path.reduce((found, name) => childrenOf(found, name)[0], element);

/** Trimmed; empty where there is none. */
export const textAt = (element: Element | undefined, ...path: readonly string[]): string =>
  within(element, ...path)?.text.trim() ?? "";

/** The first one of that name, however deep. */
export function findDeep(element: Element | undefined, name: string): Element | undefined {
  if (!element || element.name === name) return element;
  for (const child of element.children) {
    const found = findDeep(child, name);
    if (found) return found;
  }
  return undefined;
}

const escapes: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text that stands in XML as itself. */
export const escapeXml = (text: string) =>
  text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? character);
