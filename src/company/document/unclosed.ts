import { isCollection, isScalar, visit, type Document, type YAMLError } from 'yaml';

const UNCLOSED = /end with a [\]}]|^Missing closing/;

/**
 * Position of the unclosed bracket or quote behind a parse error: the parser reports the end of the text, which may be far below.
 * Undefined for errors of another kind.
 */
export function findUnclosed(document: Document.Parsed, { message, pos }: YAMLError): number | undefined {
  if (!UNCLOSED.test(message)) return undefined;
  let opened: number | undefined;
  visit(document, {
    Node: (_, node) => {
      const [start, , end] = node.range ?? [];
      if (start === undefined || end === undefined || start >= pos[1] || end < pos[0]) return;
      const isQuoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
      if (isQuoted || (isCollection(node) && node.flow === true)) opened = start;
    },
  });
  return opened;
}
