import { ASK_PROMPT, STATUS_PROMPTS } from './tones.js';

export const LINE = '+420222333444';
/** Of a company with this line: its callers hear one prompt and are held until they hang up. */
export const HOLD_LINE = '+420222333445';

/** A company with the plan of the order-status call. Its prompts are served from `cs/bench-ID.wav` of the sounds' folder. */
export function orderStatusCompany(shopUrl: string): { lines: object[] } & Record<string, unknown> {
  return {
    version: 1,
    country: 'CZ',
    languages: ['cs'],
    prompts: [ASK_PROMPT, ...STATUS_PROMPTS].map((id) => ({ id, name: `Prompt ${id}`, sound: `bench-${id}` })),
    lines: [{ number: LINE, name: 'Benchmark', plan: ['answer', { hand_over: { url: shopUrl } }, 'hang_up'] }],
  };
}

/** The same with a line that holds its callers. */
export function holdingCompany(shopUrl: string): Record<string, unknown> {
  const company = orderStatusCompany(shopUrl);
  const menu = { prompt: ASK_PROMPT, timeout: '3600s', retries: 0, keys: { '9': ['hang_up'] } };
  return {
    ...company,
    lines: [...company.lines, { number: HOLD_LINE, name: 'Hold', plan: ['answer', { menu }, 'hang_up'] }],
  };
}
