/** Nesting limit; legitimate documents stay far below it. */
const MAX_DEPTH = 100;

/** Thrown for JSON nested so deeply that recursion could overflow the stack. */
export class TooDeep extends SyntaxError {
  override readonly name = 'TooDeep';
}

/** Parses JSON from an external source. @throws {SyntaxError} for invalid JSON, and {@link TooDeep} */
export function parseUntrustedOrThrow(text: string): unknown {
  const value: unknown = JSON.parse(text);
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) throw new TooDeep(`it is nested more than ${MAX_DEPTH} deep`);
    level = level.flatMap((each): unknown[] => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return value;
}

/** As {@link parseUntrustedOrThrow}, but returns undefined for JSON that is invalid or nested too deeply. */
export function parseUntrusted(text: string): unknown {
  try {
    return parseUntrustedOrThrow(text);
  } catch {
    return undefined;
  }
}
