import { czech } from './texts/cs.js';
import { english } from './texts/en.js';
import { russian } from './texts/ru.js';

/** The words of the pages, by language. */
export const texts = { cs: czech, ru: russian, en: english };
