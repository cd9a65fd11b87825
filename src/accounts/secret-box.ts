import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const IV_BYTES = 12;
const KEY_LINE = /^[A-Za-z0-9+/]{43}=$/;

/**
 * Keeps secrets that have to be read again, encrypted with keys of a file that only the gateway's user reads: one a line, in base64.
 * The first seals; the others open what was sealed before the first was put there.
 */
export class SecretBox {
  private constructor(private readonly keys: Buffer[]) {}

  /** Makes the file with a first key when there is none. @throws when it holds anything but keys */
  static async open(file: string): Promise<SecretBox> {
    const lines = (await read(file)).split('\n').filter((line) => line.trim() !== '');
    if (lines.length === 0 || lines.some((line) => !KEY_LINE.test(line.trim())))
      throw new Error(
        `${file} has to hold keys of ${KEY_BYTES} bytes in base64, one a line: openssl rand -base64 ${KEY_BYTES}`,
      );
    return new SecretBox(lines.map((line) => Buffer.from(line.trim(), 'base64')));
  }

  /** @param label what it is: it is opened under the same label only */
  seal(secret: string, label: string): string {
    const key = this.keys[0] as Buffer;
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, key, iv).setAAD(Buffer.from(label));
    const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return [nameOf(key), ...[iv, cipher.getAuthTag(), sealed].map((part) => part.toString('base64url'))].join('.');
  }

  /** Undefined when its key is not there any more, and when somebody has changed it. */
  unseal(text: string, label: string): string | undefined {
    const [name, ...parts] = text.split('.');
    const [iv, tag, sealed] = parts.map((part) => Buffer.from(part, 'base64url'));
    const key = this.keys.find((one) => nameOf(one) === name);
    if (key === undefined || iv === undefined || tag?.length !== 16 || sealed === undefined) return undefined;
    try {
      const decipher = createDecipheriv(CIPHER, key, iv).setAAD(Buffer.from(label)).setAuthTag(tag);
      return Buffer.concat([decipher.update(sealed), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }

  /** Sealed with the key that seals now. */
  isCurrent(text: string): boolean {
    return text.split('.')[0] === nameOf(this.keys[0] as Buffer);
  }
}

/** Says which key it was, and nothing of the key. */
function nameOf(key: Buffer): string {
  return createHash('sha256').update('key').update(key).digest('hex').slice(0, 8);
}

async function read(file: string): Promise<string> {
  const fresh = `${randomBytes(KEY_BYTES).toString('base64')}\n`;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  try {
    await writeFile(file, fresh, { mode: 0o600, flag: 'wx' });
    return fresh;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFile(file, 'utf8');
    // What a full disk has left of it would be taken for the key.
    await rm(file, { force: true });
    throw error;
  }
}
