import path from 'node:path';
import { explainStartError } from '../app/start-error.js';
import { databaseFile } from '../config.js';
import { fileExists } from '../lib/file-exists.js';
import { HOUR_MS } from '../lib/time.js';
import { openUnmigrated, type Database } from '../storage/database.js';
import { lastDatabase } from '../storage/installation.js';
import { moveDatabase, MoveRefused, type Moved } from '../storage/move/move-database.js';
import { databaseUrl } from '../storage/postgres/database-url.js';
import { openUnmigratedPostgres } from '../storage/postgres/open-postgres.js';
import { CommandError, EXIT, UsageError, type Terminal } from './command.js';

type Kind = Database['kind'];

const NAMES = { sqlite: 'SQLite', postgres: 'PostgreSQL' };
const PROGRESS_EVERY_MS = 2000;

/** `cordboard move-database --to postgres` and `--to sqlite`: between the data folder and the database of `DATABASE_URL`. */
export async function moveDatabaseTo(to: string | undefined, terminal: Terminal): Promise<number> {
  if (to !== 'postgres' && to !== 'sqlite')
    throw new UsageError('cordboard move-database needs --to postgres or --to sqlite');
  const folder = path.resolve(terminal.env['CORDBOARD_DATA'] ?? 'data');
  const file = databaseFile({ dataDir: folder });
  const url = urlOf(terminal);
  await refuseWrongFolder(folder, file, to);
  const moved = await explaining(folder, async () => {
    const databases: Record<Kind, Database> = {
      postgres: await openUnmigratedPostgres(url, HOUR_MS),
      sqlite: openUnmigrated(file),
    };
    try {
      const [source, target] = [databases[to === 'sqlite' ? 'postgres' : 'sqlite'], databases[to]];
      const onProgress = progressReport(terminal);
      return await moveDatabase({ source, target, folder, emptyTarget: remedy(to, file), onProgress });
    } finally {
      await Promise.all(Object.values(databases).map((database) => database.destroy()));
    }
  });
  terminal.out(report(moved, to, file));
  return EXIT.ok;
}

function urlOf({ env }: Terminal): string {
  const url = env['DATABASE_URL'];
  if (!url)
    throw new CommandError(
      'set DATABASE_URL, such as postgres://user:password@host:5432/cordboard: in .env, or for this command',
    );
  const parsed = databaseUrl.safeParse(url);
  if (!parsed.success)
    throw new CommandError(`DATABASE_URL: ${parsed.error.issues.map(({ message }) => message).join('; ')}`);
  return url;
}

async function refuseWrongFolder(folder: string, file: string, to: Kind): Promise<void> {
  const last = await lastDatabase(folder);
  if (last === undefined)
    throw new CommandError(`${folder} has no database of a gateway: set CORDBOARD_DATA, or start the gateway once`);
  if (last === to) throw new CommandError(`the database of ${folder} is in ${NAMES[to]} already`);
  if (to === 'postgres' && !(await fileExists(file))) throw new CommandError(`${file} is missing`);
}

const remedy = (to: Kind, file: string) =>
  to === 'sqlite'
    ? `Move ${file}, ${path.basename(file)}-wal and ${path.basename(file)}-shm away, or delete them, and try again.`
    : 'Name an empty database in DATABASE_URL, or drop that one and create it again.';

async function explaining<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MoveRefused) throw new CommandError(error.message);
    const text = explainStartError(error, { dataDir, http: { host: '', port: 0 } });
    throw text === undefined ? error : new CommandError(text);
  }
}

function progressReport(terminal: Terminal): (step: string, done: number, total: number) => void {
  let shownAt = performance.now();
  return (step, done, total) => {
    if (performance.now() - shownAt < PROGRESS_EVERY_MS) return;
    shownAt = performance.now();
    terminal.error(`${step}: ${done} of ${total} rows\n`);
  };
}

function report({ tables, wasCopied }: Moved, to: Kind, file: string): string {
  const width = Math.max(...tables.map(({ table }) => table.length));
  const lines = tables.map(
    ({ table, rows, checksum }) => `${table.padEnd(width)}  ${String(rows).padStart(9)}  ${checksum}  equal`,
  );
  const head = `${'table'.padEnd(width)}  ${'rows'.padStart(9)}  checksum of both databases`;
  const notes = [
    wasCopied ? 'An earlier move had copied everything; it was compared again.' : '',
    `The database is in ${NAMES[to]} now.`,
    to === 'sqlite' ? 'Unset DATABASE_URL and start the gateway.' : 'Start the gateway with DATABASE_URL set.',
    to === 'sqlite'
      ? 'The database in PostgreSQL is as it was: drop it when you no longer need it.'
      : `${file} is as it was: delete it when you no longer need it. Erasures no longer reach it.`,
  ];
  return `${[head, ...lines, '', ...notes.filter((note) => note !== '')].join('\n')}\n`;
}
