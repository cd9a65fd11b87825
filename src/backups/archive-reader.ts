import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import type { z } from 'zod';
import { messageOf } from '../lib/error-message.js';
import { BackupError } from './backup-error.js';
import { AGE_MAGIC, decryptionStage, unchanged, type DecryptionKeys } from './encryption.js';
import {
  FORMAT_VERSION,
  HEAD,
  headSchema,
  isContentName,
  MANIFEST,
  manifestSchema,
  type Head,
  type Manifest,
  type Member,
} from './format.js';

type Bytes = AsyncIterable<Buffer>;

export interface ReadOptions {
  file: string;
  keys: DecryptionKeys;
  /** Names of the migrations that this version knows. */
  knownSchemas: readonly string[];
  /** Called before the first member, to refuse a backup early. */
  onHead?: (head: Head) => Promise<void>;
  /** Must consume the content. */
  onMember: (name: string, content: Bytes) => Promise<void>;
}

/**
 * Reads a backup to its end and compares every member with its checksum. The members that {@link ReadOptions.onMember} gets are
 * verified only when it resolves.
 *
 * @throws {BackupError} naming what is wrong, and the remedy
 */
export async function readBackup(options: ReadOptions): Promise<Manifest> {
  const { file, keys } = options;
  const isEncrypted = await startsEncrypted(file);
  const decrypt = isEncrypted ? await decryptionStage(keys) : unchanged;
  let manifest: Manifest | undefined;
  const tar = extract();
  try {
    await Promise.all([
      pipeline(createReadStream(file), decrypt, createGunzip(), tar),
      readMembers(tar, options).then((found) => (manifest = found)),
    ]);
  } catch (error) {
    throw faultOf(error, file);
  }
  return complete(manifest, file);
}

async function readMembers(tar: ReturnType<typeof extract>, options: ReadOptions): Promise<Manifest | undefined> {
  const { file, onMember } = options;
  const read: Member[] = [];
  let head: Head | undefined;
  let manifest: Manifest | undefined;
  for await (const entry of tar) {
    const { name, type } = entry.header;
    const content = entry as unknown as Bytes;
    if (head === undefined) {
      if (name !== HEAD) throw notABackup(file);
      head = await readHead(content, options);
    } else if (manifest === undefined && name === MANIFEST) {
      manifest = parse(manifestSchema, await textOf(content), file);
    } else if (manifest === undefined && type === 'file' && isContentName(name)) {
      const hashed = new HashedContent(content);
      await onMember(name, hashed.bytes());
      read.push({ name, bytes: hashed.size, sha256: hashed.digest() });
    } else throw damaged(file, `it has an unexpected member ${name}`);
  }
  if (head === undefined) throw notABackup(file);
  if (manifest !== undefined) compare(read, manifest.members, file);
  return manifest;
}

/** The content of a member, with its size and checksum once it was consumed. */
class HashedContent {
  size = 0;
  readonly #hash = createHash('sha256');

  constructor(private readonly content: Bytes) {}

  async *bytes(): Bytes {
    for await (const chunk of this.content) {
      this.#hash.update(chunk);
      this.size += chunk.length;
      yield chunk;
    }
  }

  digest(): string {
    return this.#hash.digest('hex');
  }
}

async function readHead(content: Bytes, { file, knownSchemas, onHead }: ReadOptions): Promise<Head> {
  const head = parse(headSchema, await textOf(content), file);
  const { format, schema, product_version } = head;
  if (format > FORMAT_VERSION || !knownSchemas.includes(schema))
    throw new BackupError(
      'newer',
      `${file} was made by a newer version of the gateway (${product_version}, database ${schema}): install that version or a newer one, and restore it there`,
    );
  await onHead?.(head);
  return head;
}

function compare(read: readonly Member[], listed: readonly Member[], file: string): void {
  const expected = new Map(listed.map((member) => [member.name, member]));
  for (const { name, bytes, sha256 } of read) {
    const member = expected.get(name);
    if (member?.bytes !== bytes || member.sha256 !== sha256) throw damaged(file, `${name} does not match its checksum`);
    expected.delete(name);
  }
  const [missing] = expected.keys();
  if (missing !== undefined) throw damaged(file, `${missing} is missing`);
}

function complete(manifest: Manifest | undefined, file: string): Manifest {
  if (manifest === undefined) throw cut(file);
  return manifest;
}

async function startsEncrypted(file: string): Promise<boolean> {
  const start = Buffer.alloc(AGE_MAGIC.length);
  const handle = await open(file, 'r').catch((error: unknown) => {
    throw new BackupError('failed', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  });
  try {
    await handle.read(start, 0, start.length, 0);
  } finally {
    await handle.close();
  }
  if (start.toString('latin1') === AGE_MAGIC) return true;
  const isGzip = start[0] === 0x1f && start[1] === 0x8b;
  if (!isGzip) throw notABackup(file);
  return false;
}

async function textOf(content: Bytes): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function parse<T>(schema: z.ZodType<T>, text: string, file: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new BackupError('damaged', damaged(file, messageOf(error)).message, { cause: error });
  }
}

const CUT = /unexpected end|unexpected eof|premature close|stream ended|truncat/i;
/** Errors of the libraries that unpack: anything else is an error of a disk or of this program. */
const UNPACKING = /^(Z_|ERR_)|tar|header|checksum|chunk|tag|decrypt|stream|final/i;

function faultOf(error: unknown, file: string): unknown {
  if (error instanceof BackupError || !(error instanceof Error)) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code !== undefined && /^E[A-Z]+$/.test(code)) return error;
  const words = `${code ?? ''} ${error.message}`;
  if (CUT.test(words)) return cut(file, error);
  return UNPACKING.test(words) ? damaged(file, error.message, error) : error;
}

const ANOTHER = 'take another backup, or another copy of this one';

function notABackup(file: string): BackupError {
  return new BackupError('not_a_backup', `${file} is not a backup made by cordboard backup`);
}

function cut(file: string, cause?: Error): BackupError {
  return new BackupError('incomplete', `${file} is incomplete, its end is missing: ${ANOTHER}`, { cause });
}

function damaged(file: string, what: string, cause?: Error): BackupError {
  return new BackupError('damaged', `${file} is damaged (${what}): ${ANOTHER}`, { cause });
}
