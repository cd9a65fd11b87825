import { checkProfile } from '../integrations/shared/check-profile.js';
import { readKnownSounds } from '../company/lint/known-sounds.js';
import { lint } from '../company/lint/linter.js';
import { byPlace, hasErrors, type DocumentProblem } from '../company/problem.js';
import type { ReadDocument } from '../company/document/document.js';
import { EXIT, showProblems, type Terminal } from './command.js';
import { missingAudio, openDocument } from './file.js';
import { soundsFolder } from './sounds.js';

export async function lintFile(file: string, terminal: Terminal): Promise<number> {
  const found = await problemsOf(await openDocument(file), terminal);
  terminal.out(found.length === 0 ? `${file}: no problems\n` : `${showProblems(found)}\n`);
  return hasErrors(found) ? EXIT.problems : EXIT.ok;
}

export async function problemsOf(document: ReadDocument, terminal: Terminal): Promise<DocumentProblem[]> {
  const knownSounds = await readKnownSounds(soundsFolder(terminal));
  const found = lint(document.company, { ...document, knownSounds, checkProfile });
  return [...found, ...(await missingAudio(document))].sort(byPlace);
}
