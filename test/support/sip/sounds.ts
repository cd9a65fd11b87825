import { sameSound, type Heard, type Sound } from './recogniser.js';

/** Words for what a test expects to hear. */

export const prompt = (id: number, language = 'cs'): Sound => ({ kind: 'prompt', prompt: id, language });
export const ringback: Sound = { kind: 'ringback' };
export const silence: Sound = { kind: 'silence' };

/** For messages: `prompt 20 cs`, `silence`. */
export function describeSound(sound: Sound): string {
  return sound.kind === 'prompt' ? `prompt ${sound.prompt} ${sound.language}` : sound.kind;
}

/** For messages: `prompt 20 cs 0-1000 ms, silence 1000-1500 ms`. */
export function describeHeard(heard: readonly Heard[]): string {
  const told = heard.map((part) => `${describeSound(part)} ${Math.round(part.fromMs)}-${Math.round(part.toMs)} ms`);
  return told.length === 0 ? 'nothing' : told.join(', ');
}

/** The sounds without times and silences: what most tests compare. */
export function soundsOf(heard: readonly Heard[]): string[] {
  return heard.filter((part) => part.kind !== 'silence').map(describeSound);
}

export interface Expectation {
  /** Other sounds before it are let pass; otherwise the very next sound has to be it. Silence always passes. */
  skipping: boolean;
  /** Waits for the sound's end, so that its length is known. */
  toItsEnd: boolean;
}

/** Follows one call's sounds: each expectation goes on behind the sound that met the one before. */
export class SoundCursor {
  #next = 0;

  /** Undefined while it may still come. Throws when another sound came in its place. */
  find(
    expected: Sound,
    heard: readonly Heard[],
    { skipping, toItsEnd }: Expectation,
    isOver: boolean,
  ): Heard | undefined {
    for (let index = this.#next; index < heard.length; index += 1) {
      const sound = heard[index]!;
      if (sameSound(sound, expected)) {
        if (toItsEnd && index === heard.length - 1 && !isOver) return undefined;
        this.#next = index + 1;
        return sound;
      }
      if (sound.kind !== 'silence' && !skipping)
        throw new Error(
          `Expected ${describeSound(expected)}, heard ${describeSound(sound)}; all: ${describeHeard(heard)}`,
        );
    }
    return undefined;
  }
}
