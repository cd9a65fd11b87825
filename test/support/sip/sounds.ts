import { sameSound, type Heard, type Sound } from './recogniser.js';

/** Descriptions of expected sounds. */

export const prompt = (id: number, language = 'cs'): Sound => ({ kind: 'prompt', prompt: id, language });
export const ringback: Sound = { kind: 'ringback' };
export const silence: Sound = { kind: 'silence' };

/** For messages: `prompt 20 cs`, `silence`. */
export function describeSound(sound: Sound): string {
  return sound.kind === 'prompt' ? `prompt ${sound.prompt} ${sound.language}` : sound.kind;
}

/** For messages: `prompt 20 cs 0-1000 ms, silence 1000-1500 ms`. */
export function describeHeard(heard: readonly Heard[]): string {
  const parts = heard.map((part) => `${describeSound(part)} ${Math.round(part.fromMs)}-${Math.round(part.toMs)} ms`);
  return parts.length === 0 ? 'nothing' : parts.join(', ');
}

/**
 * A sound may arrive in pieces: a busy machine, and a key sent by INFO, make Asterisk pause a playback.
 * Pieces that follow each other this soon are one sound.
 */
const LONGEST_PAUSE_MS = 600;
/** The rest of a sound at the edge of a pause is too short to identify. */
const SCRAP_MS = 120;

const lasts = (part: Heard) => part.toMs - part.fromMs;
const isScrap = (part: Heard) => part.kind === 'unknown' && lasts(part) < SCRAP_MS;

/** True when `heard[index]` continues the sound `before`, after a short pause at most. */
function continues(before: Sound | undefined, heard: readonly Heard[], index: number): boolean {
  const part = heard[index];
  if (before === undefined || part === undefined || !sameSound(before, part)) return false;
  let pauseMs = 0;
  for (let at = index - 1; at >= 0 && !sameSound(before, heard[at]!); at -= 1) pauseMs += lasts(heard[at]!);
  return pauseMs <= LONGEST_PAUSE_MS;
}

/** The sounds without times, silences and scraps: the usual comparison. */
export function soundsOf(heard: readonly Heard[]): string[] {
  const whole: Heard[] = [];
  for (const [index, part] of heard.entries()) {
    if (part.kind !== 'silence' && !isScrap(part) && !continues(whole.at(-1), heard, index)) whole.push(part);
  }
  return whole.map(describeSound);
}

export interface Expectation {
  /** Skips other sounds before it; otherwise the very next sound must be it. Silence is always skipped. */
  skipping: boolean;
  /** Waits for the sound's end, so that its length is known. */
  toItsEnd: boolean;
}

/** Follows one call's sounds: each expectation starts after the sound that met the one before. */
export class SoundCursor {
  #next = 0;
  #last: Sound | undefined;

  /** Undefined while it may still come. @throws when another sound came instead */
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
        this.#last = sound;
        return sound;
      }
      if (sound.kind === 'silence' || skipping || continues(this.#last, heard, index)) continue;
      if (isScrap(sound) && index === heard.length - 1 && !isOver) return undefined;
      if (!isScrap(sound))
        throw new Error(
          `Expected ${describeSound(expected)}, heard ${describeSound(sound)}; all: ${describeHeard(heard)}`,
        );
    }
    return undefined;
  }
}
