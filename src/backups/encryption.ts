import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { Decrypter } from 'age-encryption';
import { messageOf } from '../lib/error-message.js';
import { BackupError } from './backup-error.js';

/** How backups are encrypted: with the passphrase in a file, or for the holder of a key (`age1…`). */
export type Encryption = { passphraseFile: string } | { recipient: string };

/** What decrypts a backup: files with a passphrase and with keys (`AGE-SECRET-KEY-1…`). */
export interface DecryptionKeys {
  passphraseFile?: string | undefined;
  identityFile?: string | undefined;
}

/** The first bytes of a file in the age format, https://age-encryption.org/v1. */
export const AGE_MAGIC = 'age-encryption.org/v1';

/** The work of guessing a passphrase, as a power of two: takes 64 MB beside the running gateway. A passphrase in a file can be long. */
const WORK_FACTOR = 16;

type Bytes = AsyncIterable<Buffer>;
type Stage = (source: Bytes) => Bytes;

/** The stage of a backup that is not encrypted. */
export const unchanged: Stage = (source) => source;

// The library and its cryptography are loaded when they are needed.
const load = () => import('age-encryption');

/** A stage of a pipeline that encrypts. @throws {BackupError} for an unusable passphrase file or key */
export async function encryptionStage(encryption: Encryption): Promise<Stage> {
  const { Encrypter } = await load();
  const encrypter = new Encrypter();
  if ('passphraseFile' in encryption) {
    encrypter.setPassphrase(await readSecret(encryption.passphraseFile));
    encrypter.setScryptWorkFactor(WORK_FACTOR);
  } else
    try {
      encrypter.addRecipient(encryption.recipient);
    } catch (error) {
      throw new BackupError('failed', `BACKUP_RECIPIENT is not a public key of age (age1…): ${messageOf(error)}`, {
        cause: error,
      });
    }
  return stageOf((source) => encrypter.encrypt(source));
}

/** A stage of a pipeline that decrypts. @throws {BackupError} without a usable key */
export async function decryptionStage({ passphraseFile, identityFile }: DecryptionKeys): Promise<Stage> {
  if (passphraseFile === undefined && identityFile === undefined)
    throw new BackupError(
      'key_needed',
      'the backup is encrypted: give its passphrase with --passphrase-file FILE, or its key with --identity-file FILE',
    );
  const { Decrypter } = await load();
  const decrypter = new Decrypter();
  if (passphraseFile !== undefined) decrypter.addPassphrase(await readSecret(passphraseFile));
  if (identityFile !== undefined) await addIdentities(decrypter, identityFile);
  return stageOf((source) =>
    decrypter.decrypt(source).catch((error: unknown) => {
      throw new BackupError(
        'wrong_key',
        `the passphrase or key does not decrypt the backup (${messageOf(error)}): use that of the time when it was made`,
        { cause: error },
      );
    }),
  );
}

/** The format of the files of `age-keygen`: a key a line, and comments. */
async function addIdentities(decrypter: Decrypter, file: string): Promise<void> {
  const keys = (await readSecret(file)).split('\n').map((line) => line.trim());
  try {
    for (const key of keys.filter((line) => line !== '' && !line.startsWith('#'))) decrypter.addIdentity(key);
  } catch (error) {
    throw new BackupError('wrong_key', `${file} has no key of age (AGE-SECRET-KEY-1…): ${messageOf(error)}`, {
      cause: error,
    });
  }
}

async function readSecret(file: string): Promise<string> {
  let text: string;
  try {
    text = (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new BackupError('failed', `${file} cannot be read: ${messageOf(error)}`, { cause: error });
  }
  if (text === '') throw new BackupError('failed', `${file} is empty: write a passphrase or a key into it`);
  return text;
}

type WebStream = ReadableStream<Uint8Array<ArrayBuffer>>;

function stageOf(convert: (source: never) => Promise<unknown>): Stage {
  return async function* (source) {
    const converted = (await convert(Readable.toWeb(Readable.from(source)) as never)) as WebStream;
    for await (const chunk of converted) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  };
}
