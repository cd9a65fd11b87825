import { SaxesParser } from 'saxes';

/** Fields of a request. They have no prototype, since names come from outside. */
export interface Element {
  [name: string]: Value;
}
export type Value = string | null | Element | Value[];

interface Document {
  root: string;
  content: Value;
}

interface XmlLimits {
  depth: number;
  elements: number;
}

const xmlLimits: XmlLimits = { depth: 16, elements: 5_000 };

/** An unsupported document; the message has the cause without any content. */
export class XmlRefused extends Error {
  override readonly name = 'XmlRefused';
}

interface Open {
  name: string;
  children: [name: string, value: Value][];
  text: string;
  isArray: boolean;
  isNil: boolean;
}

/**
 * Reads a small data document as Rails writes it: elements contain text or elements; `type="array"` or a repeated name makes a list;
 * `nil="true"` is null. Refused: everything that can make a parser fetch or expand content (DOCTYPE with entities and external DTDs,
 * processing instructions), and documents above the limits of depth and size.
 *
 * @throws {XmlRefused}
 */
export function readXml(text: string, limits: XmlLimits = xmlLimits): Document {
  const open: Open[] = [];
  let elements = 0;
  let document: Document | undefined;
  const parser = new SaxesParser({ xmlns: false, position: false });
  parser.on('error', (error) => refuse(`it is not well-formed: ${kindOf(error)}`));
  parser.on('doctype', () => refuse('DOCTYPE is not accepted; leave it out'));
  parser.on('processinginstruction', () => refuse('processing instructions are not accepted; leave them out'));
  parser.on('opentag', ({ name, attributes }) => {
    elements += 1;
    if (elements > limits.elements) refuse(`more than ${limits.elements} elements`);
    if (open.length >= limits.depth) refuse(`elements more than ${limits.depth} deep`);
    open.push({
      name,
      children: [],
      text: '',
      isArray: attributes['type'] === 'array',
      isNil: attributes['nil'] === 'true',
    });
  });
  const addText = (piece: string) => {
    const element = open.at(-1);
    if (element) element.text += piece;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (!element) return;
    const value = valueOf(element);
    const parent = open.at(-1);
    if (parent) parent.children.push([element.name, value]);
    else document = { root: element.name, content: value };
  });
  parser.write(text).close();
  return document ?? refuse('it has no element');
}

function valueOf({ children, text, isArray, isNil }: Open): Value {
  if (isNil) return null;
  if (isArray) return children.map(([, value]) => value);
  if (children.length === 0) return text.trim();
  const fields = Object.create(null) as Element;
  for (const [name, value] of children) {
    const before = fields[name];
    if (before === undefined) fields[name] = value;
    else if (Array.isArray(before)) before.push(value);
    else fields[name] = [before, value];
  }
  return fields;
}

/** The kind of a parser error, without the names that its message quotes. */
function kindOf(error: Error): string {
  const [kind = ''] = error.message.replace(/^\d+:\d+: /, '').split(/[:.]/);
  return /undefined entity/.test(error.message) ? 'an entity other than XML’s five' : kind.slice(0, 80);
}

function refuse(why: string): never {
  throw new XmlRefused(why);
}
