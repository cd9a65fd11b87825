import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from './config.js';
import { messageOf } from './lib/error-message.js';
import { readSecretFile, storeSecretFile } from './lib/secret-file.js';
import { SECRET_NAME } from './webhooks/schema.js';

type Environment = Record<string, string | undefined>;

const OWN = new Set([
  'CORDBOARD_API_TOKEN',
  'CORDBOARD_READER_TOKEN',
  'ARI_PASSWORD',
  'AMI_PASSWORD',
  'AMI_CONFIG_PASSWORD',
  'TURN_SECRET',
  // They can have a password.
  'DATABASE_URL',
  'REDIS_URL',
]);
const isSecret = (name: string) => OWN.has(name) || SECRET_NAME.test(name);

/**
 * Adds secrets that files hold to the environment, which takes precedence.
 *
 * - `CORDBOARD_SECRETS` names folders, separated by colons. A file with the name of a variable has its value: so Docker and Kubernetes
 *   mount secrets, and systemd credentials (`LoadCredential=`). The first folder with a file decides; a missing folder has none.
 * - The API token is otherwise that of the data folder, and generated there the first time.
 *
 * @throws ConfigError if a file cannot be read or written
 */
export async function withSecretFiles(env: Environment): Promise<Environment> {
  const folders = (env['CORDBOARD_SECRETS'] ?? '').split(':').filter((folder) => folder !== '');
  const stored = Object.fromEntries(folders.reverse().flatMap(secretsIn));
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const all: Environment = { ...stored, ...given };
  if (all['CORDBOARD_API_TOKEN'] !== undefined) return all;
  return { ...all, CORDBOARD_API_TOKEN: await ownApiToken(all['CORDBOARD_DATA'] ?? 'data') };
}

function secretsIn(folder: string): [string, string][] {
  try {
    const names = namesIn(folder).filter(isSecret);
    return names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8').trim()]);
  } catch (error) {
    throw unreadable(folder, error);
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The same file as `scripts/start` makes, and the command line reads. */
async function ownApiToken(dataDir: string): Promise<string> {
  const file = path.resolve(dataDir, 'secrets', 'api-token');
  try {
    const known = await readSecretFile(file);
    if (known !== undefined) return known.trim();
    const token = randomBytes(24).toString('hex');
    await storeSecretFile(file, token);
    return token;
  } catch (error) {
    throw unreadable(file, error);
  }
}

function unreadable(place: string, error: unknown): ConfigError {
  return new ConfigError(`Secrets cannot be read: ${place}: ${messageOf(error)}`);
}
