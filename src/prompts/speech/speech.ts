import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { invalid, Problem } from '../../http/problem.js';
import type { Clock } from '../../lib/clock.js';
import type { CleanupJob } from '../../lib/janitor.js';
import type { Database } from '../../storage/database.js';
import type { AudioStore } from '../audio-store.js';
import type { AudioConverter } from '../convert.js';
import type { Prompt } from '../schema.js';
import { MAX_TEXT, SpeechError, VOICE, type SpeechPort } from './port.js';
import { DAY_MS } from '../../lib/time.js';

/** First prompt id of spoken texts; ids from here on are not in company documents. */
export const FIRST_SPOKEN_ID = 1_000_000_000;

/** Characters that are audible: punctuation and spaces are silent, symbols such as € have names. */
const SPEAKABLE = /[\p{L}\p{N}\p{S}]/u;
const NOTHING_TO_SAY = 'the text has nothing that can be spoken; write words or numbers';

/** How long an unused text is kept: far longer than any call that may still play it. */
const KEEP_MS = 7 * DAY_MS;

interface SpokenText {
  id: number;
  language: string;
  sha256: string;
}

interface SpeechOptions {
  db: Database;
  engine: SpeechPort;
  converter: AudioConverter;
  audio: AudioStore;
  /** The company's languages; the first one is the default. */
  languages: () => readonly string[];
  /** Whether a configuration uses audio, which may have been made from the same text. Default: no. */
  isUsed?: (sha256: string) => Promise<boolean>;
  /** Texts that are the same in every call, and the voices that speak them. Default: none. */
  fixed?: () => readonly { text: string; voice: string }[];
  clock: Clock;
}

/**
 * Text to speech with a store: each text is spoken once for each voice. A spoken text has a prompt id of its own, so that a
 * flow can refer to it durably; it is removed a week after its last use.
 */
export class Speech {
  /** By id. */
  readonly #spoken = new Map<number, SpokenText>();
  readonly #inWork = new Map<string, Promise<SpokenText>>();
  /** Ids of the fixed texts that have been spoken. */
  #fixed: readonly number[] = [];

  constructor(private readonly options: SpeechOptions) {}

  async start(): Promise<void> {
    for (const row of await this.#rows.execute()) this.#keep(row);
  }

  async stop(): Promise<void> {
    await Promise.allSettled(this.#inWork.values());
  }

  /** A spoken text as a prompt; undefined for other ids. */
  async prompt(id: number): Promise<Prompt | undefined> {
    if (id < FIRST_SPOKEN_ID) return undefined;
    const spoken = this.#spoken.get(id) ?? (await this.#read(id));
    return spoken && promptOf(spoken);
  }

  /** Speaks a text or finds its audio. @param voice default: the company's first language. @throws {Problem} 422 naming the field, 503 without an engine */
  async speak(text: string, voice: string = this.options.languages()[0] ?? 'en'): Promise<SpokenText> {
    const clean = cleaned(text);
    if (clean === '' || clean.length > MAX_TEXT)
      throw invalid([{ field: 'text', detail: `between 1 and ${MAX_TEXT} characters` }]);
    if (!SPEAKABLE.test(clean)) throw invalid([{ field: 'text', detail: NOTHING_TO_SAY }]);
    if (!VOICE.test(voice))
      throw invalid([{ field: 'voice', detail: 'a language such as cs, or one with a variant such as cs+f2' }]);
    const key = keyOf(clean, voice);
    const working = this.#inWork.get(key) ?? this.#speakNew(key, clean, voice).finally(() => this.#inWork.delete(key));
    this.#inWork.set(key, working);
    return working;
  }

  /**
   * Speaks the fixed texts that have not been spoken yet, one after another, while `mayGoOn` allows it.
   * @param onFailure gets the error of a text that cannot be spoken; the others are spoken all the same
   */
  async speakFixed(mayGoOn: () => boolean, onFailure: (error: unknown) => void): Promise<void> {
    const ids: number[] = [];
    for (const { text, voice } of this.options.fixed?.() ?? []) {
      if (!mayGoOn()) return;
      await this.speak(text, voice).then(({ id }) => ids.push(id), onFailure);
    }
    this.#fixed = ids;
  }

  /** The fixed texts that have been spoken, as prompts. */
  fixedPrompts(): Prompt[] {
    return this.#fixed.flatMap((id) => this.#spoken.get(id) ?? []).map(promptOf);
  }

  /** Hashes of the audio of all spoken texts, whichever gateway spoke them. */
  async audioInUse(): Promise<string[]> {
    return (await this.#rows.execute()).map(({ sha256 }) => sha256);
  }

  /** Removes texts that were not used for a week, except the fixed ones; their audio is then unused. */
  get cleanupJob(): CleanupJob {
    return {
      name: 'spoken texts',
      run: async (now) => {
        const { db, fixed } = this.options;
        const kept = (fixed?.() ?? []).map(({ text, voice }) => keyOf(cleaned(text), voice));
        const old = await db
          .deleteFrom('spoken_texts')
          .where('used_at', '<', now - KEEP_MS)
          .where('key', 'not in', kept)
          .returning('id')
          .execute();
        // Another gateway may have removed more.
        const left = new Set((await this.#rows.execute()).map(({ id }) => FIRST_SPOKEN_ID + id));
        for (const id of [...this.#spoken.keys()].filter((one) => !left.has(one))) this.#spoken.delete(id);
        return old.length;
      },
    };
  }

  /** Removes spoken texts, and their audio unless it is used elsewhere. @param ids prompt ids. @returns the number removed */
  async removeTexts(ids: readonly number[]): Promise<number> {
    const { db, audio, isUsed = () => Promise.resolve(false) } = this.options;
    let removed = 0;
    for (const id of ids) {
      const row = await db
        .deleteFrom('spoken_texts')
        .where('id', '=', id - FIRST_SPOKEN_ID)
        .returning('sha256')
        .executeTakeFirst();
      this.#spoken.delete(id);
      if (row === undefined) continue;
      // Another text, or a prompt of the company, can have the same audio.
      const { sha256 } = row;
      if (!(await this.audioInUse()).includes(sha256) && !(await isUsed(sha256))) await audio.remove(sha256);
      removed += 1;
    }
    return removed;
  }

  async #speakNew(key: string, text: string, voice: string): Promise<SpokenText> {
    const { db, audio, clock } = this.options;
    const used_at = clock.now();
    const known = await db
      .updateTable('spoken_texts')
      .set({ used_at })
      .where('key', '=', key)
      .returning(['id', 'language', 'sha256'])
      .executeTakeFirst();
    if (known && (await audio.find(known.sha256))) return this.#keep(known);
    const { sha256 } = await audio.add(await this.#synthesize(text, voice));
    const language = languageOf(voice, this.options.languages());
    const { id } = await db
      .insertInto('spoken_texts')
      .values({ key, language, sha256, used_at })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ sha256, used_at }))
      .returning('id')
      .executeTakeFirstOrThrow();
    return this.#keep({ id, language, sha256 });
  }

  get #rows() {
    return this.options.db.selectFrom('spoken_texts').select(['id', 'language', 'sha256']);
  }

  /** Another gateway may have spoken the text. */
  async #read(id: number): Promise<SpokenText | undefined> {
    const row = await this.#rows.where('id', '=', id - FIRST_SPOKEN_ID).executeTakeFirst();
    return row && this.#keep(row);
  }

  #keep({ id, language, sha256 }: SpokenText): SpokenText {
    const spoken = { id: FIRST_SPOKEN_ID + id, language, sha256 };
    this.#spoken.set(spoken.id, spoken);
    return spoken;
  }

  async #synthesize(text: string, voice: string): Promise<Buffer> {
    const { engine, converter } = this.options;
    try {
      return await converter.convert(Readable.from([await engine.speak(text, voice)]), 'text', NOTHING_TO_SAY);
    } catch (error) {
      throw error instanceof SpeechError ? asProblem(error) : error;
    }
  }
}

function promptOf({ id, language, sha256 }: SpokenText): Prompt {
  return { id, name: 'spoken text', audio: { [language]: `sha256:${sha256}` } };
}

function cleaned(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();
}

function keyOf(clean: string, voice: string): string {
  return createHash('sha256').update(`${voice}\n${clean}`).digest('hex');
}

/** The two-letter language of a voice: prompts have audio by such codes. */
function languageOf(voice: string, languages: readonly string[]): string {
  const language = voice.split(/[-+]/)[0]?.toLowerCase() ?? '';
  return language.length === 2 ? language : (languages[0] ?? 'en');
}

function asProblem({ reason, message }: SpeechError): Problem {
  switch (reason) {
    case 'missing':
      return new Problem(503, 'No speech', `${message}; install the optional package or set SPEECH_COMMAND`);
    case 'busy':
      return new Problem(503, 'Busy', message, { headers: { 'retry-after': '5' } });
    case 'too_long':
      return invalid([{ field: 'text', detail: `the text could not be spoken: ${message}; make it shorter` }]);
    case 'failed':
      return invalid([{ field: 'voice', detail: `the text could not be spoken: ${message.slice(0, 200)}` }]);
  }
}
