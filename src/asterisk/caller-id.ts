/** Control characters, line separators, and marks that change the direction of the text around them. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu;
/** Asterisk keeps the escapes of a quoted display name (RFC 3261, quoted-pair). */
const QUOTED_PAIR = /\\(["\\])/g;

/**
 * The caller ID of a channel, safe to display. The caller chooses the name freely, so characters that move a terminal's
 * cursor or reverse the following text are removed.
 */
export function callerIdOf(number: string, name: string): { number: string; name: string } {
  return { number: printable(number), name: printable(name.replace(QUOTED_PAIR, '$1')) };
}

/** Removes the characters that change how the surrounding text is displayed. */
function printable(text: string): string {
  return text.replace(UNPRINTABLE, (found) => (/\s/.test(found) ? ' ' : '')).trim();
}
