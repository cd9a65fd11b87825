/** Makes speech of text. */
export interface SpeechPort {
  /**
   * @param voice a language (`cs`), with a variant where the engine has such (`cs+f2`)
   * @returns a WAV file of whatever kind
   * @throws {SpeechError}
   */
  speak(text: string, voice: string): Promise<Buffer>;
}

/**
 * - `missing`: there is no engine, or it cannot be started.
 * - `busy`: too many texts wait already.
 * - `too_long`: it took too long, or there was too much of it.
 * - `failed`: the engine refused, such as a voice that it has not.
 */
export class SpeechError extends Error {
  override readonly name = 'SpeechError';
  constructor(
    readonly reason: 'missing' | 'busy' | 'too_long' | 'failed',
    message: string,
  ) {
    super(message);
  }
}

export const VOICE = /^[a-z]{2,3}(-[a-z0-9]{2,8}){0,3}(\+[a-z0-9_-]{1,20})?$/i;

/** Longer texts are recorded. */
export const MAX_TEXT = 1_000;
