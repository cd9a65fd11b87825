import { isOrderStatus } from '../../orders/status.js';
import { templatePieces } from '../speech-prompts.js';
import type { Report } from './report.js';

const FRAGMENTS = 'status/';

/** Rules about order speech: recordings named by templates must exist. */
export function lintSpeech(report: Report): void {
  const { status_speech: settings } = report.company;
  if (settings === undefined) return;
  const own = new Set(Object.keys(settings.fragments));
  const known = knownFragments(report);
  const all = new Set([...[...known.values()].flatMap((names) => [...names]), ...own]);
  for (const { pointer, language, piece } of templatePieces(settings)) {
    if (typeof piece === 'number' || own.has(piece) || known.get(language)?.has(piece) === true) continue;
    if (!all.has(piece)) {
      const remedy = report.suggest(piece, all) ?? 'see docs/status-speech.md, or name a prompt for it under fragments';
      report.error(pointer, `there is no fragment "${piece}"`, remedy, { unknown_fragment: piece });
    } else
      report.error(
        pointer,
        `fragment "${piece}" is not recorded in ${language}`,
        'name a prompt for it under fragments',
      );
  }
  for (const status of settings.silent)
    if (isOrderStatus(status) && Object.hasOwn(settings.templates, status))
      report.warn(
        `status_speech/templates/${status}`,
        `nobody hears this template: ${status} is silent`,
        'take one of them away',
      );
}

/** Language -> names as templates write them: `closing`, `digits/5`. */
function knownFragments({ options: { knownSounds } }: Report): Map<string, Set<string>> {
  return new Map(
    [...knownSounds].map(([language, sounds]) => [
      language,
      new Set([...sounds].filter((name) => name.includes('/')).map((name) => name.replace(FRAGMENTS, ''))),
    ]),
  );
}
