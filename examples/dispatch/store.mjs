import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A file that is read once and written whole or not at all; undefined: nothing is kept. */
export class Store {
  constructor(file) {
    this.file = file;
  }

  read() {
    if (this.file === undefined) return undefined;
    try {
      return JSON.parse(readFileSync(this.file, 'utf8'));
    } catch {
      return undefined;
    }
  }

  write(what) {
    if (this.file === undefined) return;
    try {
      writeFileSync(`${this.file}.part`, JSON.stringify(what));
      renameSync(`${this.file}.part`, this.file);
    } catch (error) {
      console.error(`not kept: ${error.message}`);
    }
  }
}
