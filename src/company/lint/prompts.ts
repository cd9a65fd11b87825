import type { Prompt } from '../../prompts/schema.js';
import { shopSteers } from '../action-facts.js';
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

/** Rules about prompts: prompts named by plans must exist, in the languages of the lines. */
export function lintPrompts(report: Report): void {
  const { prompts } = report.company;
  const places = [...walk(report.company)];
  const known = new Set(prompts.map(({ id }) => id));
  const remedy = remedyFor(prompts);
  const used = new Set<number>();
  const use = (pointer: string, prompt: number) => {
    used.add(prompt);
    if (!known.has(prompt)) report.error(pointer, `there is no prompt ${prompt}`, remedy, { unknown_prompt: prompt });
  };
  const { company } = report;
  const named = [rejectPrompts, queuePrompts, bridgePrompts, notificationPrompts, orderPrompts, speechPrompts].flatMap(
    (promptsIn) => promptsIn(company),
  );
  for (const { pointer, prompt } of named) use(pointer, prompt);
  for (const { pointer, action } of places) {
    for (const { setting, prompt } of promptsOf(action)) use(`${pointer}/${setting}`, prompt);
  }
  const shopChooses = places.some(({ action }) => shopSteers(action));
  const sound = { wanted: lineLanguages(report), shipped: shippedSounds(report.options.knownSounds) };
  for (const prompt of prompts) {
    lintAudio(report, prompt, used.has(prompt.id), sound);
    if (!used.has(prompt.id) && !shopChooses)
      report.warn(`prompts/${prompt.id}`, `no plan and no queue plays prompt ${prompt.id}`, 'remove it, or play it', {
        prompt_unused: prompt.id,
      });
  }
}

function remedyFor(prompts: readonly Prompt[]): string {
  const ids = prompts.map(({ id }) => id).sort((a, b) => a - b);
  return ids.length === 0
    ? 'there are none yet: add it under prompts'
    : `there are ${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ' …' : ''}`;
}

/** A prompt without a plan may have no audio yet: its id exists before the upload. */
function lintAudio(report: Report, prompt: Prompt, isUsed: boolean, { wanted, shipped }: SoundFacts): void {
  const { knownSounds } = report.options;
  const { id, sound } = prompt;
  const pointer = `prompts/${id}`;
  if (sound !== undefined && !shipped.has(sound))
    report.error(
      `${pointer}/sound`,
      `there is no sound "${sound}"`,
      report.suggest(sound, shipped) ?? 'see the folder sounds/',
      { unknown_sound: sound },
    );
  const spoken = languagesOf(prompt, knownSounds);
  const mute = wanted.find(({ languages }) => !languages.some((language) => spoken.has(language)));
  if (mute !== undefined) {
    const remedy = `add audio in ${mute.languages.join(' or ')}`;
    const message = `prompt ${id} has audio in none of the languages of ${mute.name}`;
    const kind = { prompt_without_audio: id };
    if (isUsed) report.error(pointer, message, remedy, kind);
    else report.warn(pointer, message, remedy, kind);
    return;
  }
  const missing = [...new Set(wanted.flatMap(({ languages }) => languages))].filter(
    (language) => !spoken.has(language),
  );
  if (missing.length > 0) {
    const remedy = 'add it; until then the next language of the line is played';
    report.warn(pointer, `prompt ${id} has no audio in ${missing.join(', ')}`, remedy, {
      languages_without_audio: missing.join(', '),
    });
  }
}

function languagesOf({ sound, audio = {} }: Prompt, knownSounds: KnownSounds): Set<string> {
  const shipped = [...knownSounds].filter(([, names]) => sound !== undefined && names.has(sound)).map(([name]) => name);
  return new Set([...Object.keys(audio), ...shipped]);
}

/** Lines and sounds, as the rules about each prompt's audio need them. */
interface SoundFacts {
  wanted: WantedLanguages[];
  shipped: ReadonlySet<string>;
}

interface WantedLanguages {
  /** Of the first line that has these languages. */
  name: string;
  languages: string[];
}

function shippedSounds(knownSounds: KnownSounds): Set<string> {
  const names = [...knownSounds].flatMap(([language, known]) => (language === 'music' ? [] : [...known]));
  return new Set(names.filter((name) => !name.includes('/')));
}

/** Any prompt may be played on any line: a shop names it by id. Lines with the same languages count once. */
function lineLanguages({ company }: Report): WantedLanguages[] {
  const wanted = new Map<string, WantedLanguages>();
  for (const { number, languages = company.languages } of company.lines) {
    const key = languages.join(' ');
    if (!wanted.has(key) && wanted.size < MOST_LANGUAGE_LISTS) wanted.set(key, { name: `line ${number}`, languages });
  }
  return wanted.size > 0 ? [...wanted.values()] : [{ name: 'the company', languages: company.languages }];
}

/** Maximum number of language lists that each prompt is compared with; further ones are ignored. */
const MOST_LANGUAGE_LISTS = 20;
