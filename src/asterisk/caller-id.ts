/** Control characters, line separators, and marks that change the direction of the text around them. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]+/gu;
/** Asterisk passes the display name of a SIP header on as it was quoted there (RFC 3261, quoted-pair). */
const QUOTED_PAIR = /\\(["\\])/g;

/**
 * The caller ID of a channel as people may be shown it. The name is free text chosen by the caller, so nothing in it may
 * move a terminal's cursor or reverse the text that follows.
 */
export function callerIdOf(number: string, name: string): { number: string; name: string } {
  return { number: printable(number), name: printable(name.replace(QUOTED_PAIR, '$1')) };
}

/** Text from outside, without the characters that change how the text around it is displayed. */
function printable(text: string): string {
  return text.replace(UNPRINTABLE, (found) => (/\s/.test(found) ? ' ' : '')).trim();
}
