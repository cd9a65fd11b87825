import { mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Fixture } from '../fixture.js';

/** The folder of a recording: one fixture per file, numbered in the order of the requests. */
export class Shelf {
  #last = 0;

  constructor(private readonly folder: string) {}

  /** Continues the numbers of existing fixtures. */
  async open(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    const taken = (await readdir(this.folder)).map((name) => Number(/^(\d+)-.*\.json$/.exec(name)?.[1] ?? 0));
    this.#last = Math.max(0, ...taken);
  }

  /** The number of the next request. */
  next(): number {
    this.#last += 1;
    return this.#last;
  }

  async put(number: number, fixture: Fixture): Promise<string> {
    const { method, path: url } = fixture.request;
    const words = (url.split('?')[0] ?? '')
      .replace(/[^A-Za-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 40);
    const name = `${String(number).padStart(4, '0')}-${method}-${words || 'root'}.json`;
    await writeFile(path.join(this.folder, name), `${JSON.stringify(fixture, null, 2)}\n`, { flag: 'wx' });
    return name;
  }
}
