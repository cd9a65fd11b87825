import { createHmac, timingSafeEqual } from 'node:crypto';

/** Older requests are rejected to prevent replay. */
const OLDEST_S = 5 * 60;

/**
 * Whether a request was signed with our key: https://www.standardwebhooks.com
 * @param key `whsec_<Base64>`, or any text
 */
export function isSigned(headers, body, key, nowS) {
  const { 'webhook-id': id, 'webhook-timestamp': at, 'webhook-signature': signatures = '' } = headers;
  if (Math.abs(nowS - Number(at)) > OLDEST_S || id === undefined) return false;
  const bytes = key.startsWith('whsec_') ? Buffer.from(key.slice('whsec_'.length), 'base64') : Buffer.from(key);
  const expected = createHmac('sha256', bytes).update(`${id}.${at}.${body}`).digest();
  return signatures.split(' ').some((signature) => {
    const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64');
    return signature.startsWith('v1,') && given.length === expected.length && timingSafeEqual(given, expected);
  });
}
