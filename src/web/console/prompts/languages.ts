import { session } from '../session.js';

/** The languages that callers of the company hear. */
export const companyLanguages: readonly string[] = session.languages;
