import { messageOf } from '../../lib/error-message.js';
import { probeRedis } from '../../shared-state/probe.js';
import { ok, warning, type Finding } from '../finding.js';

/** Redis or Valkey. Calls work without it. */
export async function checkRedis(url: string): Promise<Finding> {
  const { host } = new URL(url);
  try {
    const { server, milliseconds } = await probeRedis(url);
    return ok(`${server} at ${host} answers in ${milliseconds.toFixed(1)} ms`);
  } catch (error) {
    return warning(`${host}: ${messageOf(error)}`, 'redis_away');
  }
}
