/** A shop's possible responses to a hand-over: the contract's actions, and typical failures of web applications. */

export type ShopAnswer = {
  /** Delays the response by this much. */
  delayMs?: number;
} & (
  | { status: number; headers: Record<string, string>; body: string | Uint8Array }
  /** `reset`: the connection is reset at once; `reset_mid_answer`: in the middle of the body; `never`: no response ever. */
  | { fault: 'reset' | 'reset_mid_answer' | 'never' }
);

const MEGABYTE = 1024 * 1024;

/** The contract's actions. Values are sent as strings, as the known shops do. Further keys come back in the next request. */
export const say = {
  answer: (more: Record<string, unknown> = {}) => json({ action: 'answer', ...more }),
  play: (prompt: number, more: Record<string, unknown> = {}) =>
    json({ action: 'play', recording_id: String(prompt), ...more }),
  menu: (
    prompt: number,
    { timeoutS = 5, max = 20, ...more }: { timeoutS?: number; max?: number; [key: string]: unknown } = {},
  ) =>
    json({
      action: 'menu',
      recording_id: String(prompt),
      menu_timeout: String(timeoutS),
      max: String(max),
      ...more,
    }),
  hangUp: () => json({ action: 'hangup' }),
  goOn: () => json({ action: 'return' }),
};

/** Any object as the response, sent as JSON. */
export function json(value: unknown): ShopAnswer {
  return text(JSON.stringify(value), 'application/json');
}

/** Any text as the response. */
export function text(body: string, contentType = 'text/plain; charset=utf-8', status = 200): ShopAnswer {
  return { status, headers: { 'content-type': contentType }, body };
}

export const faults = {
  slow: (delayMs: number, answer: ShopAnswer): ShopAnswer => ({ ...answer, delayMs }),
  status: (status: number): ShopAnswer => text('Internal Server Error', 'text/plain', status),
  redirect: (status: 301 | 302 | 307 | 308, location: string): ShopAnswer => ({
    status,
    headers: { location },
    body: '',
  }),
  html: () => text('<!DOCTYPE html><html><body><h1>Údržba</h1></body></html>', 'text/html; charset=utf-8'),
  brokenJson: () => text('{"action":"play","recording_id":', 'application/json'),
  /** One valid JSON object of one megabyte. */
  megabyte: () => json({ action: 'hangup', padding: 'x'.repeat(MEGABYTE) }),
  unknownAction: () => json({ action: 'sing', recording_id: '20' }),
  emptyBody: () => text('', 'application/json'),
  nullBody: () => text('null', 'application/json'),
  /** The response with a byte order mark in front. */
  withBom: (answer: ShopAnswer): ShopAnswer =>
    'body' in answer ? { ...answer, body: `\uFEFF${answer.body.toString()}` } : answer,
  /** The response with a wrong Content-Type. */
  labelled: (contentType: string, answer: ShopAnswer): ShopAnswer =>
    'headers' in answer ? { ...answer, headers: { 'content-type': contentType } } : answer,
  reset: (): ShopAnswer => ({ fault: 'reset' }),
  resetMidAnswer: (): ShopAnswer => ({ fault: 'reset_mid_answer' }),
  never: (): ShopAnswer => ({ fault: 'never' }),
};
