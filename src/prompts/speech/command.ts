import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SpeechError, type SpeechPort } from './port.js';

export interface CommandLimits {
  /** Limit of one text. */
  timeoutMs: number;
  maxBytes: number;
  /** Most processes at the same time; further texts wait. */
  maxConcurrent: number;
  /** Most waiting texts; further ones are refused. */
  maxWaiting: number;
}

export const defaultCommandLimits: CommandLimits = {
  timeoutMs: 30_000,
  maxBytes: 32 * 1024 * 1024,
  maxConcurrent: 2,
  maxWaiting: 20,
};

const MAX_STDERR_CHARACTERS = 2_000;

/** The bundled speech engine. It runs in its own process, so that it never blocks the gateway. */
export function builtInCommand(): string[] {
  const program = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? 'espeak.ts' : 'espeak.js', import.meta.url));
  return [process.execPath, ...(program.endsWith('.ts') ? ['--import', 'tsx'] : []), program, '{voice}'];
}

/** Speech by any program that reads UTF-8 text from standard input and writes a WAV file to standard output. */
export class CommandSpeech implements SpeechPort {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  /** @param command program and arguments, run without a shell; `{voice}` and `{language}` are replaced by those of the text */
  constructor(
    private readonly command: readonly string[],
    private readonly limits: CommandLimits = defaultCommandLimits,
  ) {}

  async speak(text: string, voice: string): Promise<Buffer> {
    if (this.#waiting.length >= this.limits.maxWaiting)
      throw new SpeechError('busy', 'too many texts are waiting for the speech engine');
    await this.#enter();
    try {
      return await this.#run(text, voice);
    } finally {
      this.#leave();
    }
  }

  #run(text: string, voice: string): Promise<Buffer> {
    const [program = '', ...given] = this.command;
    const language = /^[a-z]+/i.exec(voice)?.[0] ?? voice;
    const parameters = given.map((each) => each.replace('{voice}', voice).replace('{language}', language));
    const { timeoutMs, maxBytes } = this.limits;
    return new Promise((resolve, reject) => {
      const child = spawn(program, parameters, {
        stdio: ['pipe', 'pipe', 'pipe'],
        // The program must not see the secrets in the gateway's environment.
        env: { PATH: process.env['PATH'], LANG: 'C.UTF-8', HOME: process.env['HOME'] },
      });
      const pieces: Buffer[] = [];
      let [bytes, said] = [0, ''];
      let tooLong: string | undefined;
      const giveUp = (why: string) => {
        tooLong ??= why;
        child.kill('SIGKILL');
      };
      const timer = setTimeout(() => giveUp(`it took longer than ${timeoutMs} ms`), timeoutMs);
      child.stdout.on('data', (piece: Buffer) => {
        bytes += piece.length;
        if (bytes > maxBytes) giveUp(`it is longer than ${maxBytes} bytes`);
        else pieces.push(piece);
      });
      child.stderr
        .setEncoding('utf8')
        .on('data', (words: string) => (said = (said + words).slice(-MAX_STDERR_CHARACTERS)));
      child.once('error', (error) => {
        clearTimeout(timer);
        reject(new SpeechError('missing', `the speech engine cannot be started: ${error.message}`));
      });
      child.once('close', (code) => {
        clearTimeout(timer);
        if (tooLong !== undefined) reject(new SpeechError('too_long', tooLong));
        else if (code !== 0 || bytes === 0)
          reject(new SpeechError('failed', said.trim() || `it ended with ${code ?? 'a signal'} and no sound`));
        else resolve(Buffer.concat(pieces));
      });
      // The program may exit before it has read all input.
      child.stdin.on('error', () => undefined);
      child.stdin.end(text);
    });
  }

  async #enter(): Promise<void> {
    if (this.#running < this.limits.maxConcurrent) this.#running += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Passes the slot to the next waiting text. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running -= 1;
  }
}
