import { spawn } from 'node:child_process';
import type { AudioType } from './sniff.js';
import { SAMPLE_RATE } from './wav.js';

export class SoxError extends Error {
  constructor(
    readonly reason: 'missing' | 'timeout' | 'failed',
    message: string,
  ) {
    super(message);
    this.name = 'SoxError';
  }
}

const MAX_STDERR_CHARACTERS = 4_000;

/** Converts a file with the program `sox` to raw 8 kHz mono 16-bit samples, at most `maxSeconds` of it. */
export async function soxToSamples(options: {
  input: string;
  type: AudioType;
  /** Ignores the length in the header and reads to the end of the file. */
  ignoreLength?: boolean;
  /** Uses the first channel instead of a mix of all. */
  firstChannel?: boolean;
  output: string;
  maxSeconds: number;
  timeoutMs: number;
}): Promise<void> {
  const { input, type, ignoreLength = false, firstChannel = false, output, maxSeconds, timeoutMs } = options;
  // The explicit type keeps sox from interpreting the file as a playlist, or by its name.
  const format = ['-t', 'raw', '-r', String(SAMPLE_RATE), '-c', '1', '-b', '16', '-e', 'signed-integer', '-L'];
  const read = [...(ignoreLength ? ['--ignore-length'] : []), '-t', type, input];
  const effects = [...(firstChannel ? ['remix', '1'] : []), 'trim', '0', String(maxSeconds)];
  await run(['-V1', '-G', ...read, ...format, output, ...effects], timeoutMs);
}

function run(parameters: string[], timeoutMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('sox', parameters, {
      stdio: ['ignore', 'ignore', 'pipe'],
      // sox reads untrusted files and must not see the secrets in the gateway's environment.
      env: { PATH: process.env['PATH'], LANG: 'C.UTF-8' },
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-MAX_STDERR_CHARACTERS)));
    child.once('error', (error: NodeJS.ErrnoException) => {
      const missing = error.code === 'ENOENT';
      reject(new SoxError(missing ? 'missing' : 'failed', missing ? 'sox is not installed' : error.message));
    });
    child.once('close', (code, signal) => {
      if (signal === 'SIGKILL') reject(new SoxError('timeout', `sox took longer than ${timeoutMs} ms`));
      else if (code !== 0 || said.includes('FAIL'))
        reject(new SoxError('failed', said.trim() || `sox ended with ${code ?? 'a signal'}`));
      else resolve();
    });
  });
}
