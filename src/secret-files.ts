import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError } from './config.js';
import { SECRET_NAME } from './webhooks/schema.js';

type Environment = Record<string, string | undefined>;

const OWN = new Set([
  'CORDBOARD_API_TOKEN',
  'CORDBOARD_READER_TOKEN',
  'ARI_PASSWORD',
  'AMI_PASSWORD',
  'AMI_CONFIG_PASSWORD',
  'TURN_SECRET',
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
export function withSecretFiles(env: Environment): Environment {
  const folders = (env['CORDBOARD_SECRETS'] ?? '').split(':').filter((folder) => folder !== '');
  const stored = Object.fromEntries(folders.reverse().flatMap(secretsIn));
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const all: Environment = { ...stored, ...given };
  if (all['CORDBOARD_API_TOKEN'] !== undefined) return all;
  return { ...all, CORDBOARD_API_TOKEN: ownApiToken(all['CORDBOARD_DATA'] ?? 'data') };
}

function secretsIn(folder: string): [string, string][] {
  return orConfigError(folder, () => {
    const names = namesIn(folder).filter(isSecret);
    return names.map((name) => [name, readFileSync(path.join(folder, name), 'utf8').trim()]);
  });
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
function ownApiToken(dataDir: string): string {
  const file = path.resolve(dataDir, 'secrets', 'api-token');
  return orConfigError(file, () => {
    try {
      return readFileSync(file, 'utf8').trim();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    const token = randomBytes(24).toString('hex');
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(`${file}.part`, `${token}\n`, { mode: 0o600 });
    renameSync(`${file}.part`, file);
    return token;
  });
}

function orConfigError<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new ConfigError(`Secrets cannot be read: ${place}: ${(error as Error).message}`);
  }
}
