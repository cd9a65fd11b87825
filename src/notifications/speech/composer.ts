import { messageOf } from '../../lib/error-message.js';
import { within } from '../../lib/within.js';
import type {
  Occasions,
  SpeechPiece,
  RecordedPiece,
  SimplePiece,
  StatusSpeechSettings,
  Template,
} from '../../orders/speech-schema.js';
import type { StatusSpeech, StatusWords } from '../../orders/status-speech.js';
import { Details, type Voice } from './details.js';
import { countings } from './numbers/index.js';
import { defaultTemplate } from './templates.js';
import type { SpokenPiece } from './spoken-piece.js';

interface Composed {
  pieces: SpokenPiece[];
  /** Why pieces were left out; for people. */
  leftOut: string[];
}

interface Recordings {
  /** The prompt id of a fragment; undefined when there is no recording in that language. */
  find(language: string, name: string): number | undefined;
  textOf(language: string, name: string): string | undefined;
}

export interface ComposerOptions {
  recordings: Recordings;
  settings: () => StatusSpeechSettings;
  /** Converts free text to speech; resolves to a prompt id. @throws when the engine fails */
  speak: (text: string, language: string) => Promise<number>;
  /** Free text whose speech takes longer is left out. */
  speakWithinMs: number;
  /** Called for each piece left out. `why` holds no data of the order. */
  onLeftOut: (why: string) => void;
}

/** Composes the announcement of an order's status from recorded fragments and text to speech. */
export class StatusComposer implements StatusSpeech {
  constructor(private readonly options: ComposerOptions) {}

  async compose(words: StatusWords): Promise<{ prompts: number[] } | { silent: true } | { refused: string }> {
    const composed = await this.composeWithText(words);
    if (!('pieces' in composed)) return composed;
    for (const why of composed.leftOut) this.options.onLeftOut(why);
    return { prompts: composed.pieces.map(({ prompt }) => prompt) };
  }

  /** Like {@link compose}, with the text of each piece. @param pieces in place of those of the template, also for a silent status */
  async composeWithText(
    words: StatusWords,
    pieces?: Template,
  ): Promise<Composed | { silent: true } | { refused: string }> {
    const settings = this.options.settings();
    if (pieces === undefined && isSilent(settings, words)) return { silent: true };
    const template = pieces === undefined ? templateOf(settings, words) : { pieces };
    if ('refused' in template) return template;
    const voice = new FragmentVoice(this.options, words.language);
    const details = new Details({ words, counting: countings[words.language], voice });
    const spoken = (await Promise.all(template.pieces.map((piece) => speakPiece(piece, details, voice)))).flat();
    if (spoken.length === 0)
      return { refused: `no piece of the template can be spoken in ${words.language}: ${voice.leftOut.join('; ')}` };
    return { pieces: spoken, leftOut: [...new Set(voice.leftOut)] };
  }
}

function isSilent({ silent, unknown }: StatusSpeechSettings, { status, template }: StatusWords): boolean {
  if (template !== undefined) return false;
  return status === null ? unknown === 'silent' : silent.includes(status);
}

function templateOf(
  { templates }: StatusSpeechSettings,
  { template, status, language, occasion }: StatusWords,
): { pieces: Template } | { refused: string } {
  const name = template ?? status ?? 'unknown';
  const own = Object.hasOwn(templates, name) ? templates[name]?.[language] : undefined;
  const pieces =
    (own && forOccasion(own, occasion)) ?? (language in countings ? defaultTemplate(name, occasion) : undefined);
  if (pieces !== undefined) return { pieces };
  return { refused: `there is no template "${name}" in ${language}: add it under status_speech/templates` };
}

function forOccasion(own: Template | Occasions, occasion: keyof Occasions): Template | undefined {
  return Array.isArray(own) ? own : own[occasion];
}

async function speakPiece(piece: SpeechPiece, details: Details, voice: Voice): Promise<SpokenPiece[]> {
  if (typeof piece !== 'object' || !('choose' in piece)) return (await speakWhole(piece, details, voice)) ?? [];
  for (const pieces of piece.choose) {
    const all = await Promise.all(pieces.map((one) => speakWhole(one, details, voice)));
    if (all.every((one) => one !== undefined)) return all.flat();
  }
  return [];
}

/** Undefined when a part of the piece is unknown or cannot be spoken. */
async function speakWhole(piece: SimplePiece, details: Details, voice: Voice): Promise<SpokenPiece[] | undefined> {
  if (typeof piece !== 'object') return voice.recordingsOf([piece]);
  if ('text' in piece) return details.speakText(piece.text);
  const heard = await details.speak(piece.say, piece.case);
  const [before, after] = [voice.recordingsOf(piece.before), voice.recordingsOf(piece.after)];
  return heard && before && after && [...before, ...heard, ...after];
}

/** Finds recordings and speaks free text in one language; collects what could not be spoken. */
class FragmentVoice implements Voice {
  readonly leftOut: string[] = [];

  constructor(
    private readonly options: ComposerOptions,
    private readonly language: string,
  ) {}

  has(fragment: string): boolean {
    return this.#find(fragment) !== undefined;
  }

  recordingsOf(pieces: readonly RecordedPiece[]): SpokenPiece[] | undefined {
    const found = pieces.map((piece) =>
      typeof piece === 'number' ? { prompt: piece, text: `[${piece}]` } : this.#find(piece),
    );
    const missing = pieces.find((_, index) => found[index] === undefined);
    if (missing === undefined) return found.flatMap((one) => one ?? []);
    this.leftOut.push(`there is no recording ${missing} in ${this.language}`);
    return undefined;
  }

  async speak(text: string, what: string): Promise<SpokenPiece[] | undefined> {
    const { speak, speakWithinMs } = this.options;
    try {
      const prompt = await within(speak(text, this.language), speakWithinMs, () => {
        throw new Error(`no speech within ${speakWithinMs} ms`);
      });
      return [{ prompt, text }];
    } catch (error) {
      this.leftOut.push(`${what} was left out: ${messageOf(error)}`);
      return undefined;
    }
  }

  #find(name: string): SpokenPiece | undefined {
    const { settings, recordings } = this.options;
    const fragment = name.includes('/') ? name : `status/${name}`;
    const own = settings().fragments[fragment.replace(/^status\//, '')];
    if (own !== undefined) return { prompt: own, text: `[${own}]` };
    const prompt = recordings.find(this.language, fragment);
    return prompt === undefined ? undefined : { prompt, text: recordings.textOf(this.language, fragment) ?? fragment };
  }
}
