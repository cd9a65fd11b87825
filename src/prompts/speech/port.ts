/** Text to speech. */
export interface SpeechPort {
  /** @param voice a language (`cs`), optionally with a variant of the engine (`cs+f2`)
   * @returns a WAV file of any format
   * @throws {SpeechError}
   */
  speak(text: string, voice: string): Promise<Buffer>;
}

/**
 * - `missing`: there is no engine, or it cannot be started.
 * - `busy`: too many texts are waiting.
 * - `too_long`: the engine took too long, or its audio is too long.
 * - `failed`: the engine failed, for example because of an unknown voice.
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

/** Characters of a text; longer texts should be recorded. */
export const MAX_TEXT = 1_000;
