import type { Language } from '../../../lib/language.js';
import { cs } from './cs.js';
import { en } from './en.js';
import type { Counting } from './grammar.js';
import { ru } from './ru.js';

/** The languages whose grammar is known. */
export const countings: Readonly<Record<string, Counting>> = { cs, ru, en } satisfies Record<Language, Counting>;
