import type { ProfileKind } from '../../directory/profiles.js';
import { gootaxProfile } from '../gootax/profile.js';
import { telfaHandOver } from '../telfa/hand-over.js';

const CHECKS: Record<ProfileKind, (changes: Record<string, unknown>) => unknown> = {
  telfa: (changes) => telfaHandOver.profile(changes),
  gootax: gootaxProfile,
};

/** @throws {Error} when the company's changes to a contract profile of this kind make no sense; the message says why */
export function checkProfile(changes: Record<string, unknown>, kind: ProfileKind): void {
  CHECKS[kind](changes);
}
