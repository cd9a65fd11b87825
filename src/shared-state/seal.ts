import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Encrypts what leaves the gateway for Redis, and hides what it is about: whoever reads or writes there without the secret of the
 * database learns nothing of people, and is not believed.
 */
export class Seal {
  readonly #key: Buffer;
  readonly #nameKey: Buffer;

  /** @param secret of all gateways on one database; at least 32 random bytes */
  constructor(secret: Buffer) {
    const derive = (use: string) => Buffer.from(hkdfSync('sha256', secret, '', use, KEY_BYTES));
    this.#key = derive('cordboard shared state: content');
    this.#nameKey = derive('cordboard shared state: names');
  }

  /** A name that tells nothing about the key, which may be a telephone number: those can all be tried against a plain hash. */
  nameOf(key: string): string {
    return createHmac('sha256', this.#nameKey).update(key).digest('base64url');
  }

  /** @param place where it will be; it cannot be opened elsewhere */
  close(place: string, text: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce).setAAD(Buffer.from(place));
    const content = [cipher.update(text, 'utf8'), cipher.final()];
    return Buffer.concat([nonce, cipher.getAuthTag(), ...content]).toString('base64');
  }

  /** Undefined for what was not closed with this secret and for this place. */
  open(place: string, sealed: string): string | undefined {
    const bytes = Buffer.from(sealed, 'base64');
    const content = NONCE_BYTES + TAG_BYTES;
    if (bytes.length < content) return undefined;
    const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(bytes.subarray(NONCE_BYTES, content));
    try {
      return decipher.update(bytes.subarray(content), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return undefined;
    }
  }
}
