import type { ServerMessage } from '../../../monitor/protocol.js';

export type Pop = Extract<ServerMessage, { type: 'pop' }>;

const AUTO_OPEN_KEY = 'cordboard-pops';
/** Ids of the calls whose pages this browser has received. */
const SEEN_KEY = 'cordboard-popped';
const MAX_SEEN = 50;

export function isAutoOpenOn(): boolean {
  return localStorage.getItem(AUTO_OPEN_KEY) === 'on';
}

export function setAutoOpen(open: boolean): void {
  localStorage.setItem(AUTO_OPEN_KEY, open ? 'on' : 'off');
}

/** Records that this browser has received the page. @returns false when it had been recorded before */
export function recordPop({ call }: Pop): boolean {
  const seen = JSON.parse(localStorage.getItem(SEEN_KEY) ?? '[]') as string[];
  if (seen.includes(call)) return false;
  localStorage.setItem(SEEN_KEY, JSON.stringify([...seen, call].slice(-MAX_SEEN)));
  return true;
}
