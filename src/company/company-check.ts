import { AUDIO_REFERENCE } from '../prompts/schema.js';
import { audioPlaces } from './audio-references.js';
import type { Company } from './company.js';
import type { ReadDocument } from './document/document.js';
import { documentPath, Report, type LintOptions } from './lint/report.js';
import { lintAll } from './lint/linter.js';
import type { DocumentProblem } from './problem.js';
import { reusedIds, type PromptIds } from './store/retired-prompts.js';

/** Audio of the gateway's own that a document names. */
export interface AudioUse extends Pick<DocumentProblem, 'file' | 'line' | 'column' | 'path'> {
  sha256: string;
}

/** The problems of a company that can be found without the gateway's files. Plain data: it is sent between threads. */
export interface CheckedCompany {
  problems: DocumentProblem[];
  audio: AudioUse[];
}

/** The ids of removed and existing prompts: none is reused. */
export interface PromptFacts {
  ids: PromptIds;
  /** Ids of the existing prompts. */
  present: readonly number[];
  /** The next free one. */
  next: number;
}

export type CheckOptions = Pick<LintOptions, 'knownSounds' | 'checkProfile' | 'secrets'> & {
  promptFacts: PromptFacts;
};

/** Lints a company and finds reused prompt ids. Runs in time linear in the document. */
export function checkCompany(
  { company, file, position }: Pick<ReadDocument, 'company'> & Partial<ReadDocument>,
  { promptFacts, ...options }: CheckOptions,
): CheckedCompany {
  const report = new Report(company, { ...options, file, position });
  lintAll(report);
  report.apply(() => lintPromptIds(report, promptFacts));
  report.apply(lintAudioReferences);
  const { names } = report;
  const at = position ?? (() => ({ line: 1, column: 1 }));
  const audio = ownAudio(company).map(({ pointer, sha256 }) => ({
    file: file ?? 'configuration',
    path: pointer,
    sha256,
    ...at(documentPath(names, pointer)),
  }));
  return { problems: report.problems, audio };
}

function lintPromptIds(report: Report, { ids, present, next }: PromptFacts): void {
  for (const { id, was } of reusedIds(report.company, present, ids)) {
    const remedy = `the next free id is ${next}`;
    report.error(`prompts/${id}/id`, `prompt ${id} was "${was}"; ids of prompts are not used again`, remedy, {
      prompt_id_retired: id,
    });
  }
}

function lintAudioReferences(report: Report): void {
  for (const { pointer, reference } of audioPlaces(report.company))
    if (!AUDIO_REFERENCE.test(reference))
      report.error(
        pointer,
        `"${reference}" is not audio of the gateway`,
        '"cordboard apply" uploads files; or POST /api/v1/audio',
      );
}

function ownAudio(company: Company): { pointer: string; sha256: string }[] {
  return audioPlaces(company).flatMap(({ pointer, reference }) => {
    const sha256 = AUDIO_REFERENCE.exec(reference)?.[1];
    return sha256 === undefined ? [] : [{ pointer, sha256 }];
  });
}
