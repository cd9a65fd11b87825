import type { ProfileKind } from '../../directory/profiles.js';
import { gootaxProfile } from '../gootax/profile.js';
import { telfaHandOver } from '../telfa/hand-over.js';

const CHECKS: Record<ProfileKind, (changes: Record<string, unknown>) => unknown> = {
  telfa: (changes) => telfaHandOver.profile(changes),
  gootax: gootaxProfile,
};

/** @throws {Error} that explains why the company's changes to a profile are invalid */
export function checkProfile(changes: Record<string, unknown>, kind: ProfileKind): void {
  CHECKS[kind](changes);
}
