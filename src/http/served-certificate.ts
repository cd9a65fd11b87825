import { once } from 'node:events';
import { connect } from 'node:tls';

/** The certificate that a server presents. */
export interface ServedCertificate {
  /** SHA-256, as {@link CertificatePair} has it. */
  fingerprint: string;
  expiresAt: number;
}

const CONNECT_MS = 3_000;

/** Connects with TLS and looks at the certificate, whoever issued it. Rejects when nothing answers in time. */
export async function servedCertificate(address: { host: string; port: number }): Promise<ServedCertificate> {
  const socket = connect({ ...address, rejectUnauthorized: false, timeout: CONNECT_MS });
  socket.once('timeout', () => socket.destroy(new Error('no answer')));
  try {
    await once(socket, 'secureConnect');
    const { fingerprint256, valid_to } = socket.getPeerCertificate();
    return { fingerprint: fingerprint256, expiresAt: Date.parse(valid_to) };
  } finally {
    socket.destroy();
  }
}
