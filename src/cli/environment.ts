import { readFileSync } from 'node:fs';
import path from 'node:path';

type Environment = Record<string, string | undefined>;

const SETTING = /^\s*([A-Z][A-Z0-9_]*)=(.*)$/;

/**
 * Merges the environment with the file `.env` of the gateway's folder, as `scripts/start` does; the environment wins. The data folder is
 * made absolute, so that commands work in any folder.
 *
 * @param home folder of the gateway
 */
export function withEnvFile(env: Environment, home: string): Environment {
  const merged: Environment = { ...env };
  for (const line of linesOf(path.join(home, '.env'))) {
    const [, name, value] = SETTING.exec(line) ?? [];
    if (name !== undefined && !merged[name]) merged[name] = value;
  }
  if (!env['CORDBOARD_DATA']) {
    const usual = merged['SAMPLE'] === 'dispatch' ? 'data/dispatch' : 'data';
    merged['CORDBOARD_DATA'] = path.resolve(home, merged['CORDBOARD_DATA'] ?? usual);
  }
  return merged;
}

/** The secrets that `scripts/start` generates, by the name of their file in the data folder. */
export const SECRET_FILES = {
  CORDBOARD_API_TOKEN: 'api-token',
  ARI_PASSWORD: 'ari',
  AMI_PASSWORD: 'ami',
  AMI_CONFIG_PASSWORD: 'ami-config',
} as const;

/** Adds the generated secrets that the environment does not set, as `scripts/start` does. */
export function withStoredSecrets(env: Environment): Environment {
  const merged: Environment = { ...env };
  for (const [name, file] of Object.entries(SECRET_FILES)) {
    const [secret] = linesOf(path.join(env['CORDBOARD_DATA'] ?? 'data', 'secrets', file));
    if (!merged[name] && secret) merged[name] = secret;
  }
  return merged;
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
