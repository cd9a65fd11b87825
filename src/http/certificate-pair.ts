import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { messageOf } from '../lib/error-message.js';

/** A certificate with its chain, and its key. */
export interface CertificatePair {
  /** PEM. */
  certificate: string;
  /** PEM. */
  key: string;
  /** SHA-256 of the certificate. */
  fingerprint: string;
  expiresAt: number;
}

/** Thrown for files that cannot be used. The message names the file and the reason. */
export class CertificateError extends Error {
  override readonly name = 'CertificateError';
}

const CERTIFICATE_FILE = 'certificate.pem';
const KEY_FILE = 'key.pem';

/** Reads `certificate.pem` and `key.pem`. @throws {CertificateError} when one is missing or unreadable, or they do not match */
export async function readPair(folder: string): Promise<CertificatePair> {
  const [certificate, key] = await Promise.all([readText(folder, CERTIFICATE_FILE), readText(folder, KEY_FILE)]);
  const parsed = parse(CERTIFICATE_FILE, () => new X509Certificate(certificate));
  const privateKey = parse(KEY_FILE, () => createPrivateKey(key));
  if (!parsed.checkPrivateKey(privateKey))
    throw new CertificateError(`${KEY_FILE} is not the key of ${CERTIFICATE_FILE}`);
  // What OpenSSL refuses besides, such as a chain that it cannot read.
  parse(CERTIFICATE_FILE, () => createSecureContext({ cert: certificate, key }));
  return { certificate, key, fingerprint: parsed.fingerprint256, expiresAt: Date.parse(parsed.validTo) };
}

async function readText(folder: string, name: string): Promise<string> {
  try {
    return await readFile(path.join(folder, name), 'utf8');
  } catch (error) {
    throw new CertificateError(`${name} cannot be read: ${messageOf(error)}`);
  }
}

function parse<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new CertificateError(`${name} cannot be used: ${messageOf(error)}`);
  }
}
