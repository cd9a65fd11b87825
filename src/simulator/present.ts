import { AUDIO_REFERENCE, type Prompt } from '../prompts/schema.js';
import type { LogEntry } from '../kernel/flow.js';
import type { Company } from '../company/company.js';
import type { SimulatedCallAnswer } from '../company/simulate-routes.js';
import { walk } from '../company/walk.js';
import { reportCall } from './report.js';
import type { SimulatedCall } from './simulate.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

/** A simulated call as the API returns it. */
export function presentCall(
  call: SimulatedCall,
  company: Company,
  { isRealShop }: { isRealShop: boolean },
): SimulatedCallAnswer {
  const { waiting } = call;
  const timeline = withPlaces(call.timeline);
  const place = timeline.at(-1)?.place ?? null;
  return {
    line: call.line,
    caller: call.caller,
    time_zone: call.timeZone,
    started_at: iso(call.startedAt),
    ended_at: iso(call.endedAt),
    ended_by: call.endedBy,
    keys_left: call.keysLeft,
    shop: isRealShop ? 'real' : 'stub',
    waiting: waiting
      ? {
          place,
          keys: keysAt(company, place),
          typed: waiting.typed,
          max: waiting.max,
          hash_ends: waiting.hashEnds,
          until: waiting.until === null ? null : iso(waiting.until),
        }
      : null,
    places: timeline.flatMap((entry) => (entry.kind === 'action' && entry.place !== null ? [entry.place] : [])),
    prompts: promptsIn(call.timeline, company),
    timeline: timeline.map(({ at, ...entry }, seq) => ({ seq, at: iso(at), offset_ms: at - call.startedAt, ...entry })),
    text: reportCall(call),
  };
}

type PlacedEntry = LogEntry & { place: string | null };

/** Adds to each entry the place of the action that was running. */
function withPlaces(timeline: readonly LogEntry[]): PlacedEntry[] {
  let place: string | null = null;
  return timeline.map((entry) => {
    if (entry.kind === 'action' && typeof entry.data['at'] === 'string') place = entry.data['at'];
    return { ...entry, place };
  });
}

/** The keys of a menu; all keys for other inputs. */
function keysAt(company: Company, place: string | null): string[] {
  for (const { pointer, action } of walk(company))
    if (pointer === place && 'menu' in action) return Object.keys(action.menu.keys);
  return KEYS;
}

/** Every prompt that was played, in each language, once. */
function promptsIn(timeline: readonly LogEntry[], { prompts }: Company): SimulatedCallAnswer['prompts'] {
  const named = new Map(prompts.map((prompt) => [prompt.id, prompt]));
  const found = new Map<string, SimulatedCallAnswer['prompts'][number]>();
  for (const { kind, data } of timeline) {
    if (kind !== 'prompt') continue;
    const { prompts: ids, languages } = data as { prompts: number[]; languages: string[] | null };
    for (const [index, id] of ids.entries()) {
      const language = languages?.[index];
      if (language === undefined) continue;
      const prompt = named.get(id);
      const audio = prompt === undefined ? null : audioPath(prompt, language);
      found.set(`${id}/${language}`, { id, language, name: prompt?.name ?? null, audio });
    }
  }
  return [...found.values()];
}

/** A draft's own audio has no prompt in the published configuration yet, so it is addressed by its hash. */
function audioPath({ id, audio }: Prompt, language: string): string {
  const sha256 = AUDIO_REFERENCE.exec(audio?.[language] ?? '')?.[1];
  return sha256 === undefined ? `/api/v1/prompts/${id}/audio/${language}` : `/media/${sha256}.wav`;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
