import { readFileSync } from 'node:fs';

/**
 * The token for the gateway: GATEWAY_API_KEY, else what the file GATEWAY_API_KEY_FILE has. The gateway writes it at its first start, which may
 * come after that of the program.
 */
export function gatewayKey({ GATEWAY_API_KEY: key, GATEWAY_API_KEY_FILE: file }) {
  if (key || !file) return key || undefined;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}
