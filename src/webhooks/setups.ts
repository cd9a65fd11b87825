import { createHash } from 'node:crypto';
import type { Database } from '../storage/database.js';
import type { Statement } from '../storage/connection.js';
import type { LineSetup } from './contract.js';
import type { Webhook } from './schema.js';

/** A line setup in a delivery. */
export interface SetupMark {
  line: string;
  mark: string;
}

/**
 * The line setup that each webhook has received. Until a webhook has received the present setup of a line, every event of a call on that
 * line carries it, so a shop learns the configuration with the first call and after each change.
 */
export class Setups {
  /** Marks by webhook and line. */
  readonly #taken = new Map<string, string>();

  constructor(private readonly db: Database) {}

  async load(): Promise<void> {
    const rows = await this.db.selectFrom('webhook_setups').selectAll().execute();
    for (const { hook, line, mark } of rows) this.#taken.set(key(hook, line), mark);
  }

  /** The setup that the webhook, at its present address, has not received; null when it has. */
  owed({ name, url }: Webhook, setup: LineSetup): SetupMark | null {
    const line = setup.line.number;
    const mark = createHash('sha256')
      .update(JSON.stringify([url, setup]))
      .digest('hex')
      .slice(0, 16);
    return this.#taken.get(key(name, line)) === mark ? null : { line, mark };
  }

  /** After {@link setupStatement} was committed. */
  received(hook: string, { line, mark }: SetupMark): void {
    this.#taken.set(key(hook, line), mark);
  }
}

/** Stores that a webhook has received a setup. */
export function setupStatement(hook: string, { line, mark }: SetupMark): Statement {
  return {
    sql: 'insert into webhook_setups (hook, line, mark) values (?, ?, ?) on conflict (hook, line) do update set mark = excluded.mark',
    parameters: [hook, line, mark],
  };
}

function key(hook: string, line: string): string {
  return `${hook} ${line}`;
}
