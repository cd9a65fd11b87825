import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { peerCertificate } from '../../http/served-certificate.js';
import { DAY_MS } from '../../lib/time.js';
import { messageOf } from '../../lib/error-message.js';
import { failed, ok, skipped, warning, type Finding } from '../finding.js';

const SOON_DAYS = 14;
const ANSWER_MS = 4_000;

/** The certificate that the gateway's outside address shows. */
export async function checkCertificate(outsideUrl: string, now: number): Promise<Finding> {
  const { protocol, hostname, port } = new URL(outsideUrl);
  if (protocol !== 'https:') return skipped('the outside address (OUTSIDE_URL) is without HTTPS');
  try {
    // Trust is not required: the remedy of an unknown issuer is another one.
    const shown = await peerCertificate({ host: hostname, port: port === '' ? 443 : Number(port) }, ANSWER_MS);
    return shown === undefined ? skipped('no certificate was shown') : judgeCertificate(factsOf(shown), hostname, now);
  } catch (error) {
    return failed(`${hostname}: ${messageOf(error)}`, 'certificate_no_answer');
  }
}

/** Whether a certificate is for this host, and how long it is still valid. */
export function judgeCertificate(
  { validToDate, subjectAltName, checkHost, checkIP }: CertificateFacts,
  hostname: string,
  now: number,
): Finding {
  const days = Math.floor((validToDate.getTime() - now) / DAY_MS);
  const value = `${subjectAltName ?? 'no names'}, valid until ${validToDate.toISOString().slice(0, 10)} (${days} days)`;
  if (days < 0) return failed(value, 'certificate_expired');
  const isForHost = isIP(hostname) === 0 ? checkHost(hostname) : checkIP(hostname);
  if (isForHost === undefined) return failed(`${value}, not for ${hostname}`, 'certificate_name');
  return days < SOON_DAYS ? warning(value, 'certificate_soon') : ok(value);
}

export interface CertificateFacts {
  validToDate: Date;
  subjectAltName: string | undefined;
  checkHost: (name: string) => string | undefined;
  checkIP: (address: string) => string | undefined;
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    validToDate: new Date(certificate.validTo),
    subjectAltName: certificate.subjectAltName,
    checkHost: (name) => certificate.checkHost(name),
    checkIP: (address) => certificate.checkIP(address),
  };
}
