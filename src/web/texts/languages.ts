// One line for each of `supportedLanguages` (lib/language.ts); a missing language does not compile.
export { texts as cs } from './cs/index.js';
export { texts as ru } from './ru/index.js';
export { texts as en } from './en/index.js';
