import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Database } from './database.js';
import type { DatabaseIdentity, Engine } from './engine.js';
import { keyOfNode, readMeta, writeMeta } from './meta.js';
import { MAIN_NODE } from './node-lease/lease-rows.js';

/** Marker file beside the database: identifies the database file of the last run. Each node has its own, and its own entry of the database. */
const markerOf = (node: string) => (node === MAIN_NODE ? 'installation.json' : `installation-${node}.json`);
/** Created by `cordboard adopt`: the folder was moved here and is not a copy. */
export const ADOPT_FILE = 'adopt';
const KEY = 'installation';

const storedSchema = z.object({ id: z.string(), run: z.number(), copied: z.boolean() });
const markerSchema = z.object({ id: z.string(), run: z.number(), inode: z.string(), bornAt: z.string().nullable() });

type Stored = z.output<typeof storedSchema>;
type Marker = z.output<typeof markerSchema>;

interface InstallationOptions {
  db: Database;
  /** The data folder. */
  folder: string;
  /** Default: that of a company with one Asterisk. */
  node?: string;
  /** Called when a part of the identity could not be stored; the next start tries again. */
  onError: (error: unknown) => void;
}

/**
 * The identity of a data folder. The database holds an id and counts the starts; a marker file beside it holds the same, and
 * identifies the database file (inode and birth time). A copy of the folder or of the database has another file, and a
 * restored database has counted fewer starts than the marker.
 */
export class Installation {
  private constructor(
    private readonly options: InstallationOptions,
    private stored: Stored,
    /** Calls in progress in this folder belong to another installation. */
    readonly isNewCopy: boolean,
  ) {}

  static async read(options: InstallationOptions): Promise<Installation> {
    const { db, folder, node } = options;
    const [stored, marker, file] = [await readStored(db, node), await readMarker(folder, node), await db.identity()];
    const adopted = await isAdopted(folder);
    const isCopy = !isSame(stored, marker, file) && !adopted;
    const run = Math.max(stored?.run ?? 0, marker?.run ?? 0) + 1;
    return isCopy
      ? new Installation(options, { id: randomUUID(), run, copied: true }, true)
      : new Installation(
          options,
          { id: stored?.id ?? randomUUID(), run, copied: !adopted && stored?.copied === true },
          false,
        );
  }

  get id(): string {
    return this.stored.id;
  }

  /** A copy yields to the gateway of its original installation until it has owned an Asterisk. */
  get mustYield(): boolean {
    return this.stored.copied;
  }

  /** Makes this folder the installation's. For a copy: after the calls in progress were closed. */
  async settle(): Promise<void> {
    const { db, folder, node, onError } = this.options;
    try {
      await this.#store();
      // The marker must not reach the disk before the row.
      await db.flush();
      await writeMarker(folder, { id: this.id, run: this.stored.run, ...(await db.identity()) }, node);
      await rm(path.join(folder, ADOPT_FILE), { force: true });
    } catch (error) {
      if (this.isNewCopy) throw error;
      onError(error);
    }
  }

  /** The installation owns an Asterisk: it is no longer treated as a copy. */
  async hasAsterisk(): Promise<void> {
    if (!this.stored.copied) return;
    this.stored = { ...this.stored, copied: false };
    await this.#store().catch((error: unknown) => this.options.onError(error));
  }

  async #store(): Promise<void> {
    const { db, node = MAIN_NODE } = this.options;
    await writeMeta(db, keyOfNode(KEY, node), JSON.stringify(this.stored));
  }
}

/** Neither exists: the folder is new, or was written by a version without identities. */
function isSame(stored: Stored | undefined, marker: Marker | undefined, file: DatabaseIdentity): boolean {
  if (stored === undefined || marker === undefined) return stored === undefined && marker === undefined;
  if (stored.id !== marker.id || stored.run < marker.run || file.inode !== marker.inode) return false;
  return file.bornAt === null || marker.bornAt === null || file.bornAt === marker.bornAt;
}

async function readStored(db: Database, node = MAIN_NODE): Promise<Stored | undefined> {
  const text = await readMeta(db, keyOfNode(KEY, node));
  return text === undefined ? undefined : storedSchema.parse(JSON.parse(text));
}

async function readMarker(folder: string, node = MAIN_NODE): Promise<Marker | undefined> {
  const file = path.join(folder, markerOf(node));
  try {
    return markerSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`${file} cannot be read: remove it and run cordboard adopt`, { cause: error });
  }
}

/** Whether the last run in a data folder had this database, which is not a copy. */
export async function isOwnDatabase(db: Database, folder: string): Promise<boolean> {
  const stored = await readStored(db);
  return stored !== undefined && isSame(stored, await readMarker(folder), await db.identity());
}

/** Whether a database is that of the last run in a data folder, or has everything that it had. */
export async function isSameInstallation(db: Database, folder: string): Promise<boolean> {
  const [stored, marker] = [await readStored(db), await readMarker(folder)];
  return stored !== undefined && stored.id === marker?.id && stored.run === marker.run;
}

/** Makes a database, into which that of the last run was moved, the database of a data folder. */
export async function changeDatabase(db: Database, folder: string): Promise<void> {
  const stored = await readStored(db);
  if (stored === undefined) throw new Error('the database has no installation');
  await db.flush();
  await writeMarker(folder, { id: stored.id, run: stored.run, ...(await db.identity()) });
}

/** The kind of database of the last run in a data folder; undefined for a new folder. */
export async function lastDatabase(folder: string): Promise<Engine['kind'] | undefined> {
  const marker = await readMarker(folder);
  return marker && (marker.inode.startsWith('postgres ') ? 'postgres' : 'sqlite');
}

async function writeMarker(folder: string, marker: Marker, node = MAIN_NODE): Promise<void> {
  const file = path.join(folder, markerOf(node));
  const part = `${file}.part`;
  try {
    await writeFile(part, `${JSON.stringify(marker)}\n`, { mode: 0o600, flush: true });
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function isAdopted(folder: string): Promise<boolean> {
  return stat(path.join(folder, ADOPT_FILE)).then(
    () => true,
    () => false,
  );
}
