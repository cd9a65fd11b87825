import type { Dialect } from 'kysely';
import type { Statement } from './connection.js';
import { SerialDriver, type SerialDriverOptions } from './serial-driver.js';

/** Kysely on one connection. Also runs statements without Kysely, for frequent writes whose queries would cost more to build than to run. */
export abstract class SerialDialect implements Dialect {
  readonly #driver: SerialDriver;
  abstract createQueryCompiler: Dialect['createQueryCompiler'];
  abstract createAdapter: Dialect['createAdapter'];
  abstract createIntrospector: Dialect['createIntrospector'];

  protected constructor(options: SerialDriverOptions) {
    this.#driver = new SerialDriver(options);
  }

  createDriver = () => this.#driver;

  /** Runs statements in one transaction. @param statements called when the caller holds the connection */
  write(statements: () => readonly Statement[]): Promise<void> {
    return this.#driver.write(statements);
  }
}
