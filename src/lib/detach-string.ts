/** Copies a substring, so that V8 does not keep the whole parent string alive. */
export function detachString(text: string): string {
  return Buffer.from(text).toString();
}
