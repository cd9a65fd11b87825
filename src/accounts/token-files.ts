import { readSecretFile, storeSecretFile } from '../lib/secret-file.js';
import type { Scope } from '../http/route.js';
import type { ApiTokens } from './api-tokens.js';

/** A token for a program beside the gateway, in a file that both can read. */
export interface TokenFile {
  name: string;
  file: string;
  scopes: readonly Scope[];
}

/**
 * Creates the tokens whose file does not exist. A token that was revoked stays so while its file exists.
 *
 * @param onError called for each file that cannot be written; its program then has no token
 */
export async function provideTokens(
  files: readonly TokenFile[],
  tokens: Pick<ApiTokens, 'createAll'>,
  onError: (error: unknown, file: string) => void,
): Promise<void> {
  for (const { name, file, scopes } of files)
    try {
      if ((await readSecretFile(file)) !== undefined) continue;
      // A token of this name whose file was lost is of no use any more.
      const created = await tokens.createAll([{ name, scopes, expiresAt: null }], { replace: true });
      await storeSecretFile(file, created.get(name) ?? '');
    } catch (error) {
      onError(error, file);
    }
}
