import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';

/** Real tools run as child processes: started, watched, and always ended. */

const KILL_AFTER_MS = 3000;

export class Child {
  readonly #process: ChildProcess;
  /** Resolves with the exit code, or the signal's name. Never rejects. */
  readonly exited: Promise<number | string>;
  /** Standard output and error so far, for messages of failed tests. */
  output = '';

  private constructor(child: ChildProcess) {
    this.#process = child;
    this.exited = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('exit', (code, signal) => resolve(code ?? signal ?? 'gone'));
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data: Buffer) => (this.output = (this.output + data.toString('utf8')).slice(-100_000)));
  }

  static run(command: string, args: readonly string[], options: SpawnOptions = {}): Child {
    return new Child(spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] }));
  }

  /** Asks it to end, kills it when it does not, and waits until it has. */
  async stop(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) this.#process.kill('SIGTERM');
    const force = setTimeout(() => this.#process.kill('SIGKILL'), KILL_AFTER_MS);
    await this.exited;
    clearTimeout(force);
  }
}
