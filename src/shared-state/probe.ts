import { Redis } from 'ioredis';

/** Begins the names of all keys and channels. */
export const PREFIX = 'cordboard';
const TIMEOUT_MS = 2_000;

/** Connects once, and writes and reads a value. @returns the name and version of the server @throws when that does not work */
export async function probeRedis(url: string): Promise<{ server: string; milliseconds: number }> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: TIMEOUT_MS,
    commandTimeout: TIMEOUT_MS,
    retryStrategy: null,
    disableClientInfo: true,
    protocol: 2,
  });
  let cause: Error | undefined;
  redis.on('error', (error: Error) => (cause = error));
  try {
    await redis.connect();
    const info = await redis.info('server');
    const begun = performance.now();
    await redis.set(`${PREFIX}:doctor`, '1', 'PX', TIMEOUT_MS);
    return { server: serverIn(info), milliseconds: performance.now() - begun };
  } catch (error) {
    // The error of the connection says more than that of the command.
    throw cause ?? error;
  } finally {
    redis.disconnect();
  }
}

/** Valkey reports both its own version and that of the Redis it is compatible with. */
function serverIn(info: string): string {
  const valkey = /^valkey_version:(\S+)/m.exec(info)?.[1];
  if (valkey !== undefined) return `Valkey ${valkey}`;
  return `Redis ${/^redis_version:(\S+)/m.exec(info)?.[1] ?? 'of an unknown version'}`;
}
