import type { Prompt } from '../../prompts/schema.js';
import { didYouMean } from '../nearest.js';
import { speechPrompts } from '../speech-prompts.js';
import {
  bridgePrompts,
  notificationPrompts,
  orderPrompts,
  promptsOf,
  queuePrompts,
  rejectPrompts,
  walk,
} from '../walk.js';
import type { KnownSounds, Report } from './report.js';

/** Rules about prompts: those that plans name must exist, and be there in the languages of the lines. */
export function lintPrompts(report: Report): void {
  const { prompts } = report.company;
  const places = [...walk(report.company)];
  const known = new Set(prompts.map(({ id }) => id));
  const used = new Set<number>();
  const use = (pointer: string, prompt: number) => {
    used.add(prompt);
    if (!known.has(prompt)) report.error(pointer, `there is no prompt ${prompt}`, remedyFor(prompts));
  };
  const { company } = report;
  const named = [rejectPrompts, queuePrompts, bridgePrompts, notificationPrompts, orderPrompts, speechPrompts].flatMap(
    (promptsIn) => promptsIn(company),
  );
  for (const { pointer, prompt } of named) use(pointer, prompt);
  for (const { pointer, action } of places) {
    for (const { setting, prompt } of promptsOf(action)) use(`${pointer}/${setting}`, prompt);
  }
  const shopChooses = places.some(({ action }) => 'hand_over' in action);
  for (const prompt of prompts) {
    lintAudio(report, prompt, used.has(prompt.id));
    if (!used.has(prompt.id) && !shopChooses)
      report.warn(`prompts/${prompt.id}`, `no plan and no queue plays prompt ${prompt.id}`, 'remove it, or play it');
  }
}

function remedyFor(prompts: readonly Prompt[]): string {
  const ids = prompts.map(({ id }) => id).sort((a, b) => a - b);
  return ids.length === 0
    ? 'there are none yet: add it under prompts'
    : `there are ${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ' …' : ''}`;
}

/** A prompt that no plan plays may wait for its audio: it has an id before there is anything to upload. */
function lintAudio(report: Report, prompt: Prompt, isUsed: boolean): void {
  const { knownSounds } = report.options;
  const { id, sound } = prompt;
  const pointer = `prompts/${id}`;
  const names = [...knownSounds].flatMap(([language, known]) => (language === 'music' ? [] : [...known]));
  const sounds = new Set(names.filter((name) => !name.includes('/')));
  if (sound !== undefined && !sounds.has(sound))
    report.error(
      `${pointer}/sound`,
      `there is no sound "${sound}"`,
      didYouMean(sound, [...sounds]) ?? 'see the folder sounds/',
    );
  const spoken = languagesOf(prompt, knownSounds);
  const wanted = lineLanguages(report);
  const mute = wanted.find(({ languages }) => !languages.some((language) => spoken.has(language)));
  if (mute !== undefined) {
    const remedy = `add audio in ${mute.languages.join(' or ')}`;
    const message = `prompt ${id} has audio in none of the languages of ${mute.name}`;
    if (isUsed) report.error(pointer, message, remedy);
    else report.warn(pointer, message, remedy);
    return;
  }
  const missing = [...new Set(wanted.flatMap(({ languages }) => languages))].filter(
    (language) => !spoken.has(language),
  );
  if (missing.length > 0) {
    const remedy = 'add it; until then the next language of the line is played';
    report.warn(pointer, `prompt ${id} has no audio in ${missing.join(', ')}`, remedy);
  }
}

function languagesOf({ sound, audio = {} }: Prompt, knownSounds: KnownSounds): Set<string> {
  const shipped = [...knownSounds].filter(([, names]) => sound !== undefined && names.has(sound)).map(([name]) => name);
  return new Set([...Object.keys(audio), ...shipped]);
}

/** Any prompt may be played on any line: a shop names it by id. */
function lineLanguages({ company }: Report): { name: string; languages: string[] }[] {
  const lines = company.lines.map(({ number, languages }) => ({
    name: `line ${number}`,
    languages: languages ?? company.languages,
  }));
  return lines.length > 0 ? lines : [{ name: 'the company', languages: company.languages }];
}
