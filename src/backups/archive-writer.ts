import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { pack, type Headers } from 'tar-stream';
import type { ContentFile } from './content-files.js';
import type { Member } from './format.js';
import { ignoreMissing } from './ignore-missing.js';

const CHUNK_BYTES = 256 * 1024;
const FILE_MODE = 0o600;

type Entry = ReturnType<ReturnType<typeof pack>['entry']>;

/** Writes the members of a tar archive one after another, and remembers their checksums. */
export class ArchiveWriter {
  readonly members: Member[] = [];
  readonly #pack = pack();

  /** The bytes of the archive. Must be consumed while members are added. */
  get bytes(): AsyncIterable<Buffer> {
    return this.#pack;
  }

  /** Adds a member that {@link members} does not list. */
  addText(name: string, text: string): Promise<void> {
    const content = Buffer.from(text);
    return this.#write({ name, size: content.length }, [content]);
  }

  /**
   * Adds a file, unless it was removed meanwhile. @param onBytes called with the number of bytes of each chunk
   * @throws when the file becomes shorter while it is read
   */
  async addFile({ name, file }: Pick<ContentFile, 'name' | 'file'>, onBytes: (bytes: number) => void): Promise<void> {
    const handle = await open(file).catch(ignoreMissing);
    if (handle === undefined) return;
    try {
      const { size, mtime } = await handle.stat();
      const hash = createHash('sha256');
      let read = 0;
      const chunks = async function* () {
        if (size === 0) return;
        const stream = handle.createReadStream({
          autoClose: false,
          highWaterMark: CHUNK_BYTES,
          start: 0,
          end: size - 1,
        });
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          hash.update(chunk);
          read += chunk.length;
          onBytes(chunk.length);
          yield chunk;
        }
        if (read < size) throw new Error(`${name} became shorter while it was read`);
      };
      await this.#write({ name, size, mtime }, chunks());
      this.members.push({ name, bytes: size, sha256: hash.digest('hex') });
    } finally {
      await handle.close();
    }
  }

  /** Ends the archive. */
  end(): void {
    this.#pack.finalize();
  }

  /** Ends the archive early; {@link bytes} fails with the error. */
  fail(error: Error): void {
    this.#pack.destroy(error);
  }

  async #write(header: Headers, chunks: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
    let onDone: (error?: Error | null) => void = () => undefined;
    const done = new Promise<void>((resolve, reject) => {
      onDone = (error) => {
        if (error) reject(error);
        else resolve();
      };
    });
    done.catch(() => undefined);
    const entry = this.#pack.entry({ mode: FILE_MODE, mtime: new Date(), ...header }, (error) => onDone(error));
    entry.on('error', onDone);
    try {
      for await (const chunk of chunks) if (!entry.write(chunk)) await drained(entry);
    } catch (error) {
      entry.destroy();
      throw error;
    }
    entry.end();
    await done;
  }
}

function drained(entry: Entry): Promise<void> {
  return new Promise((resolve, reject) => {
    const onClose = () => reject(new Error('the archive was closed'));
    entry.once('close', onClose);
    entry.once('drain', () => {
      entry.off('close', onClose);
      resolve();
    });
  });
}
