import type { RemedyCode } from './remedies.js';

/** `skipped`: it could not be looked at, for the reason in `value`. */
type Status = 'ok' | 'warning' | 'failed' | 'skipped';

/** What a check found. */
export interface Finding {
  status: Status;
  /** In English: what is there, or why it was not looked at. Without secrets and telephone numbers. */
  value: string;
  remedy?: RemedyCode | undefined;
}

export const ok = (value: string): Finding => ({ status: 'ok', value });
export const warning = (value: string, remedy: RemedyCode): Finding => ({ status: 'warning', value, remedy });
export const failed = (value: string, remedy: RemedyCode): Finding => ({ status: 'failed', value, remedy });
export const skipped = (value: string): Finding => ({ status: 'skipped', value });

const GRAVITY: readonly Status[] = ['skipped', 'ok', 'warning', 'failed'];

/** The gravest of several findings of one check, with the values of all. */
export function joined(findings: readonly Finding[]): Finding {
  const gravest = findings.toSorted((a, b) => GRAVITY.indexOf(b.status) - GRAVITY.indexOf(a.status))[0];
  if (gravest === undefined) return skipped('nothing to look at');
  return { ...gravest, value: findings.map(({ value }) => value).join('; ') };
}
