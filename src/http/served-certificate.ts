import type { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { isIP } from 'node:net';
import { connect } from 'node:tls';

/** The certificate that a server presents. */
export interface ServedCertificate {
  /** SHA-256, as {@link CertificatePair} has it. */
  fingerprint: string;
  expiresAt: number;
}

const CONNECT_MS = 3_000;

/** The certificate that a server presents, whoever issued it. Rejects when nothing answers in time. */
export async function peerCertificate(
  { host, port }: { host: string; port: number },
  timeoutMs: number,
): Promise<X509Certificate | undefined> {
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket = connect({ host, port, rejectUnauthorized: false, timeout: timeoutMs, ...name });
  socket.once('timeout', () => socket.destroy(new Error('no answer')));
  try {
    await once(socket, 'secureConnect');
    return socket.getPeerX509Certificate();
  } finally {
    socket.destroy();
  }
}

/** As {@link peerCertificate}. Rejects also without a certificate. */
export async function servedCertificate(address: { host: string; port: number }): Promise<ServedCertificate> {
  const found = await peerCertificate(address, CONNECT_MS);
  if (found === undefined) throw new Error('no certificate was presented');
  return { fingerprint: found.fingerprint256, expiresAt: Date.parse(found.validTo) };
}
