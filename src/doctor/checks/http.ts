import { checkPorts } from '../../http/port-check.js';
import { CERTIFICATE_REMEDY, isCertificateError } from '../../http/certificates.js';
import { messageOf } from '../../lib/error-message.js';
import { isLoopback } from '../../lib/loopback.js';
import { failed, ok, skipped, warning, type Finding } from '../finding.js';

interface HttpAddresses {
  host: string;
  port: number;
  publicUrl: string;
  outsideUrl: string;
}

const ANSWER_MS = 4_000;

/** Whether the gateway's own addresses lead to it. */
export async function checkHttp({ publicUrl, outsideUrl }: HttpAddresses): Promise<Finding> {
  const forAsterisk = await problemAt(publicUrl);
  if (forAsterisk !== undefined) return failed(`${publicUrl} (PUBLIC_URL): ${forAsterisk}`, 'http_public');
  if (outsideUrl === publicUrl) return ok(`${publicUrl} answers`);
  const outside = await problemAt(outsideUrl);
  if (outside !== undefined) return warning(`${outsideUrl} (OUTSIDE_URL): ${outside}`, 'http_outside');
  return ok(`${publicUrl} and ${outsideUrl} answer`);
}

/** Whether a gateway could listen: for when none runs. */
export async function checkFreePort({ host, port }: HttpAddresses): Promise<Finding> {
  try {
    await checkPorts([{ host, port }]);
    return ok(`${host}:${port}/tcp is free`);
  } catch (error) {
    return failed(`${host}:${port}/tcp: ${messageOf(error)}`, 'http_port_taken');
  }
}

/** Whether browsers may use a microphone at the outside address, and which servers help them through NAT. */
export function checkBrowsers(
  { outsideUrl }: Pick<HttpAddresses, 'outsideUrl'>,
  { stunUrls, turnUrls }: { stunUrls: readonly string[]; turnUrls: readonly string[] },
  handsets: number,
): Finding {
  if (handsets === 0) return skipped('no handset is for browsers');
  const servers = [...stunUrls, ...turnUrls];
  const value = `${outsideUrl}; STUN and TURN: ${servers.length === 0 ? 'none' : servers.join(', ')}`;
  return isSecure(outsideUrl) ? ok(value) : failed(value, 'browser_https');
}

/** Browsers open the microphone only there. */
function isSecure(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || isLoopback(hostname);
}

async function problemAt(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(ANSWER_MS), redirect: 'manual' });
    const body = await response.text();
    return response.ok && body.includes('"ok"') ? undefined : `answers ${response.status}, and is not this gateway`;
  } catch (error) {
    const { cause } = error as Error;
    const message = messageOf(cause ?? error);
    return isCertificateError(message) ? `${message}: ${CERTIFICATE_REMEDY}` : message;
  }
}
