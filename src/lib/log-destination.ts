import { writeSync } from 'node:fs';

const STDOUT = 1;
/** Further lines are dropped while the output is not writable. */
const MAX_WAITING_BYTES = 64 * 1024;
const NEWLINE = Buffer.from('\n');

interface LogDestinationOptions {
  /** Writes some of the bytes and returns how many. @throws as `fs.writeSync` */
  write?: (bytes: Buffer) => number;
  maxWaitingBytes?: number;
  now?: () => number;
}

/**
 * Writes log lines to standard output synchronously, so that a crash loses none.
 *
 * A log that cannot be written (disk full, reader gone) must not end the process. Lines wait in memory up to a limit and are
 * dropped beyond it. Each later line tries again; the first write that succeeds is followed by one line with the number
 * of lines that were dropped.
 */
export class LogDestination {
  readonly #write: (bytes: Buffer) => number;
  readonly #maxWaitingBytes: number;
  readonly #now: () => number;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #dropped = 0;

  constructor(options: LogDestinationOptions = {}) {
    this.#write = options.write ?? ((bytes) => writeSync(STDOUT, bytes));
    this.#maxWaitingBytes = options.maxWaitingBytes ?? MAX_WAITING_BYTES;
    this.#now = options.now ?? Date.now;
  }

  /** Writes one line, including its line break. Never throws. */
  write(line: string): void {
    const bytes = Buffer.from(line);
    if (this.#waitingBytes === 0) {
      this.#keep(bytes);
      this.flush();
      return;
    }
    this.flush();
    if (this.#waitingBytes + bytes.length > this.#maxWaitingBytes) {
      this.#dropped += 1;
      return;
    }
    this.#keep(bytes);
    this.flush();
  }

  /** Tries to write what waits. */
  flush(): void {
    while (this.#writeWaiting() && this.#dropped > 0) this.#reportDropped();
  }

  #keep(bytes: Buffer): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
  }

  /** False when something still waits. */
  #writeWaiting(): boolean {
    try {
      for (let [bytes] = this.#waiting; bytes !== undefined; [bytes] = this.#waiting) this.#advance(this.#write(bytes));
      return true;
    } catch {
      return false;
    }
  }

  /** A line may be written in part: the rest of it goes on where it was broken off. */
  #advance(written: number): void {
    const [bytes] = this.#waiting;
    if (bytes === undefined) return;
    this.#waitingBytes -= written;
    if (written < bytes.length) this.#waiting[0] = bytes.subarray(written);
    else this.#waiting.shift();
  }

  #reportDropped(): void {
    const fields = { level: 40, time: this.#now(), lost: this.#dropped };
    const line = JSON.stringify({ ...fields, msg: 'the log could not be written: lines are missing before this one' });
    this.#dropped = 0;
    this.#keep(Buffer.concat([Buffer.from(line), NEWLINE]));
  }
}
