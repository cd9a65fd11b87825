import type { RecordedPiece } from '../../orders/speech-schema.js';
import type { StatusWords } from '../../orders/status-speech.js';
import { colourFragment, markFragment, modelFragment } from './names.js';
import { numberWithNoun, MAX_NUMBER, bareNumber, type Case, type Counting } from './numbers/grammar.js';
import { plateWords } from './plates.js';
import type { SpokenPiece } from './spoken-piece.js';

/** Recordings and speech of one language. */
export interface Voice {
  has(fragment: string): boolean;
  /** Undefined when a recording is missing. */
  recordingsOf(pieces: readonly RecordedPiece[]): SpokenPiece[] | undefined;
  /** Speaks free text; undefined when it cannot be spoken. @param what name of the detail, for the log */
  speak(text: string, what: string): Promise<SpokenPiece[] | undefined>;
}

/** Longer values are cut: no make, model or colour has such a name. */
const MAX_CHARACTERS = 60;

/** Speaks the details of an order. A detail that a template uses repeatedly is spoken once and reused. */
export class Details {
  readonly #said = new Map<string, Promise<SpokenPiece[] | undefined>>();

  constructor(
    private readonly options: {
      words: Pick<StatusWords, 'details' | 'vars'>;
      /** Undefined when the grammar of numbers in that language is not known. */
      counting: Counting | undefined;
      voice: Voice;
    },
  ) {}

  /** Undefined when the detail is unknown or cannot be spoken. */
  speak(name: string, grammaticalCase: Case): Promise<SpokenPiece[] | undefined> {
    const key = `${name} ${grammaticalCase}`;
    const said = this.#said.get(key) ?? this.#speakNew(name, grammaticalCase);
    this.#said.set(key, said);
    return said;
  }

  /** Speaks a text with its `{names}` filled in; undefined when a name is unknown. */
  async speakText(text: string): Promise<SpokenPiece[] | undefined> {
    const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    if (names.some((name) => this.#value(name) === undefined)) return undefined;
    const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => String(this.#value(name)));
    return this.options.voice.speak(filled, 'a text');
  }

  async #speakNew(name: string, grammaticalCase: Case): Promise<SpokenPiece[] | undefined> {
    const { counting, voice } = this.options;
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (name === 'minutes') return typeof value === 'number' ? this.#minutes(value, grammaticalCase) : undefined;
    if (typeof value === 'number') {
      const sayable = counting && Number.isInteger(value) && value >= 0 && value <= MAX_NUMBER;
      return sayable ? voice.recordingsOf(bareNumber(counting, value)) : voice.speak(String(value), name);
    }
    switch (name) {
      case 'mark':
        return this.#named(markFragment(value), value, name);
      case 'model':
        return this.#named(modelFragment(value), value, name);
      case 'colour':
        return this.#named(colourFragment(value), value, name);
      case 'plate':
        return this.#plate(value);
      default:
        return voice.speak(value, name);
    }
  }

  /** Zero minutes are not spoken. */
  #minutes(minutes: number, grammaticalCase: Case): SpokenPiece[] | undefined {
    const { counting, voice } = this.options;
    const whole = Math.round(minutes);
    if (counting === undefined || !(whole > 0 && whole <= MAX_NUMBER)) return undefined;
    return voice.recordingsOf(numberWithNoun(counting, whole, counting.minute, grammaticalCase));
  }

  /** A plate with a part that cannot be spoken is not spoken in part: it would match the wrong car. */
  #plate(plate: string): Promise<SpokenPiece[] | undefined> | SpokenPiece[] | undefined {
    const { counting, voice } = this.options;
    const words = counting && plateWords(counting, plate);
    if (words?.every((word) => voice.has(word)) === true) return voice.recordingsOf(words);
    return voice.speak(Array.from(plate).join(' '), 'plate');
  }

  #named(
    fragment: string,
    value: string,
    what: string,
  ): Promise<SpokenPiece[] | undefined> | SpokenPiece[] | undefined {
    const { voice } = this.options;
    return voice.has(fragment) ? voice.recordingsOf([fragment]) : voice.speak(value, what);
  }

  /** Details of the order first, then `vars` of the request. */
  #value(name: string): string | number | undefined {
    const { details, vars } = this.options.words;
    const detail = {
      mark: details.carMark,
      model: details.carModel,
      colour: details.carColor,
      plate: details.carPlate,
      minutes: details.minutes,
    }[name];
    const value = detail ?? (vars && Object.hasOwn(vars, name) ? vars[name] : undefined);
    if (typeof value !== 'string') return value;
    const words = value.trim().slice(0, MAX_CHARACTERS);
    return words === '' ? undefined : words;
  }
}
