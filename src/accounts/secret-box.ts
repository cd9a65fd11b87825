import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const KEY_LINE = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Encrypts secrets with keys of a file that only the gateway's user can read: one key per line, in base64. The first key encrypts; the
 * others decrypt older secrets.
 */
export class SecretBox {
  private constructor(private readonly keys: Buffer[]) {}

  /** Creates the file with one key when it does not exist. @throws {Error} when the file contains anything but keys */
  static async open(file: string): Promise<SecretBox> {
    const lines = (await readOrCreate(file)).split('\n').filter((line) => line.trim() !== '');
    if (lines.length === 0 || lines.some((line) => !KEY_LINE.test(line.trim())))
      throw new Error(
        `${file} must contain keys of ${KEY_BYTES} bytes in base64, one per line: openssl rand -base64 ${KEY_BYTES}`,
      );
    return new SecretBox(lines.map((line) => Buffer.from(line.trim(), 'base64')));
  }

  /** @param label purpose of the secret; {@link unseal} needs the same label */
  seal(secret: string, label: string): string {
    const key = this.keys[0] as Buffer;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(label));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return [nameOf(key), ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.');
  }

  /** @returns undefined when the key is missing, or when the text was modified */
  unseal(text: string, label: string): string | undefined {
    const [name, ...parts] = text.split('.');
    const [iv, tag, sealed] = parts.map((part) => Buffer.from(part, 'base64url'));
    const key = this.keys.find((candidate) => nameOf(candidate) === name);
    if (key === undefined || iv === undefined || tag?.length !== 16 || sealed === undefined) return undefined;
    try {
      const decipher = createDecipheriv(CIPHER, key, iv).setAAD(Buffer.from(label)).setAuthTag(tag);
      return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }

  /** Whether the text is sealed with the current key. */
  isCurrent(text: string): boolean {
    return text.split('.')[0] === nameOf(this.keys[0] as Buffer);
  }
}

/** An identifier of the key that reveals nothing of it. */
function nameOf(key: Buffer): string {
  return createHash('sha256').update('key').update(key).digest('hex').slice(0, 8);
}

async function readOrCreate(file: string): Promise<string> {
  const fresh = `${randomBytes(KEY_BYTES).toString('base64')}\n`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, fresh, { mode: 0o600, flag: 'wx' });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFile(file, 'utf8');
    // A partly written file (disk full) would later be read as a key.
    await rm(file, { force: true });
    throw error;
  }
}
