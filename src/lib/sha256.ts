import { createHash } from 'node:crypto';

/** The SHA-256 of a text, hexadecimal. Of secrets with enough entropy this is what a database stores in their place. */
export function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
