import { hash } from 'node:crypto';
import type { Row } from './rows.js';
import type { TableShape } from './tables.js';

/**
 * The number of a table's rows and a checksum of their contents, which is the same in both databases. It does not depend on the order of the
 * rows: keys that are numbers in SQLite and texts in PostgreSQL are sorted differently.
 */
export class TableSum {
  rows = 0;
  #sum = 0n;

  constructor(private readonly shape: TableShape) {}

  add(rows: readonly Row[]): void {
    const { columns, untyped } = this.shape;
    for (const row of rows) {
      const values = row.map((value, at) => (value !== null && untyped.has(columns[at] ?? '') ? String(value) : value));
      const digest = hash('sha256', JSON.stringify(values));
      this.#sum = BigInt.asUintN(128, this.#sum + BigInt(`0x${digest.slice(0, 32)}`));
    }
    this.rows += rows.length;
  }

  /** 32 hexadecimal digits. */
  get checksum(): string {
    return this.#sum.toString(16).padStart(32, '0');
  }

  equals(other: TableSum): boolean {
    return this.rows === other.rows && this.#sum === other.#sum;
  }
}
