import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { audioPlaces, type AudioPlace } from '../company/audio-references.js';
import { fileExists } from '../lib/file-exists.js';
import { readDocument, type ReadDocument } from '../company/document/document.js';
import { Report } from '../company/lint/report.js';
import { hasErrors, type DocumentProblem } from '../company/problem.js';
import { AUDIO_REFERENCE } from '../prompts/schema.js';
import { CommandError, showProblems } from './command.js';

/** @throws {CommandError} when it cannot be read */
export async function readTextFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new CommandError(`${file} cannot be read: ${UNREADABLE[code] ?? message}`);
  }
}

const UNREADABLE: Record<string, string | undefined> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder; name the file in it',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EACCES: 'you may not read it',
};

/** @throws {CommandError} with every problem of an invalid document */
export async function openDocument(file: string): Promise<ReadDocument> {
  const result = readDocument(await readTextFile(file), file);
  if (!result.ok) throw new CommandError(showProblems(result.problems));
  return result.document;
}

/** Audio beside the document that must be uploaded. */
export type AudioFile = AudioPlace & { path: string };

export function audioFiles({ company, file }: ReadDocument): AudioFile[] {
  return audioPlaces(company)
    .filter(({ reference }) => !AUDIO_REFERENCE.test(reference))
    .map((place) => ({ ...place, path: path.resolve(path.dirname(file), place.reference) }));
}

export async function missingAudio(document: ReadDocument): Promise<DocumentProblem[]> {
  const report = new Report(document.company, { ...document, knownSounds: new Map() });
  for (const { pointer, path: name } of audioFiles(document)) {
    if (!(await fileExists(name)))
      report.error(pointer, `there is no file ${name}`, 'paths begin at the folder of this file');
  }
  return report.problems;
}

/** @throws {CommandError} when one of them is an error */
export function refuseErrors(problems: readonly DocumentProblem[]): void {
  if (hasErrors(problems)) throw new CommandError(showProblems(problems));
}
