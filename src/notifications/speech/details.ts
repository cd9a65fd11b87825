import type { RecordedPiece } from '../../orders/speech-schema.js';
import type { StatusWords } from '../../orders/status-speech.js';
import { colourFragment, markFragment, modelFragment } from './names.js';
import { counted, MOST, plainNumber, type Case, type Counting } from './numbers/grammar.js';
import { plateWords } from './plates.js';
import type { SpokenPiece } from './spoken-piece.js';

/** Speaks in one language. */
export interface Voice {
  has(fragment: string): boolean;
  /** Undefined when one of them is not recorded. */
  recorded(pieces: readonly RecordedPiece[]): SpokenPiece[] | undefined;
  /** Free words; undefined when they cannot be spoken. `what`: of the order, for the log. */
  free(text: string, what: string): Promise<SpokenPiece[] | undefined>;
}

/** Longer words are no mark, model or colour. */
const MOST_CHARACTERS = 60;

/** What is known of an order, in words to be heard; each is spoken once however often it is asked for. */
export class Details {
  readonly #said = new Map<string, Promise<SpokenPiece[] | undefined>>();

  constructor(
    private readonly options: {
      words: Pick<StatusWords, 'details' | 'vars'>;
      /** Undefined: nobody taught us to count in that language. */
      counting: Counting | undefined;
      voice: Voice;
    },
  ) {}

  /** Undefined when it is unknown, or cannot be said. */
  spoken(name: string, grammaticalCase: Case): Promise<SpokenPiece[] | undefined> {
    const key = `${name} ${grammaticalCase}`;
    const said = this.#said.get(key) ?? this.#speak(name, grammaticalCase);
    this.#said.set(key, said);
    return said;
  }

  /** A text with `{names}` filled in, spoken; undefined when one of them is unknown. */
  async text(text: string): Promise<SpokenPiece[] | undefined> {
    const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    if (names.some((name) => this.#value(name) === undefined)) return undefined;
    const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => String(this.#value(name)));
    return this.options.voice.free(filled, 'a text');
  }

  async #speak(name: string, grammaticalCase: Case): Promise<SpokenPiece[] | undefined> {
    const { counting, voice } = this.options;
    const value = this.#value(name);
    if (value === undefined) return undefined;
    if (name === 'minutes') return typeof value === 'number' ? this.#minutes(value, grammaticalCase) : undefined;
    if (typeof value === 'number') {
      const sayable = counting && Number.isInteger(value) && value >= 0 && value <= MOST;
      return sayable ? voice.recorded(plainNumber(counting, value)) : voice.free(String(value), name);
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
        return voice.free(value, name);
    }
  }

  /** A car that is there in no time is not counted. */
  #minutes(minutes: number, grammaticalCase: Case): SpokenPiece[] | undefined {
    const { counting, voice } = this.options;
    const whole = Math.round(minutes);
    if (counting === undefined || !(whole > 0 && whole <= MOST)) return undefined;
    return voice.recorded(counted(counting, whole, counting.minute, grammaticalCase));
  }

  /** A plate of which a part cannot be said is not said: the wrong car would fit it. */
  #plate(plate: string): Promise<SpokenPiece[] | undefined> | SpokenPiece[] | undefined {
    const { counting, voice } = this.options;
    const words = counting && plateWords(counting, plate);
    if (words?.every((word) => voice.has(word)) === true) return voice.recorded(words);
    return voice.free(Array.from(plate).join(' '), 'plate');
  }

  #named(
    fragment: string,
    value: string,
    what: string,
  ): Promise<SpokenPiece[] | undefined> | SpokenPiece[] | undefined {
    const { voice } = this.options;
    return voice.has(fragment) ? voice.recorded([fragment]) : voice.free(value, what);
  }

  /** Details first, then the words that came with the request. */
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
    const words = value.trim().slice(0, MOST_CHARACTERS);
    return words === '' ? undefined : words;
  }
}
