/** Nothing that means something is nested more deeply. */
const DEEPEST = 100;

/** What was written is nested so deeply that walking through it could be too much for the stack. */
export class TooDeep extends SyntaxError {
  override readonly name = 'TooDeep';
}

/** JSON that others have written. @throws {SyntaxError} for what is none, and {@link TooDeep} */
export function parseForeign(text: string): unknown {
  const value: unknown = JSON.parse(text);
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > DEEPEST) throw new TooDeep(`it is nested more than ${DEEPEST} deep`);
    level = level.flatMap((each): unknown[] => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return value;
}

/** The same; undefined for what is none, or nested too deeply. */
export function parseUntrusted(text: string): unknown {
  try {
    return parseForeign(text);
  } catch {
    return undefined;
  }
}
