import type { TestAsterisk } from './asterisk.js';
import { becomes } from './becomes.js';

/**
 * Waits until the gateway has stored that a handset proved its password at its address: it rings there alone, and a crash
 * before that is stored is a case of its own.
 */
export async function addressIsStored(asterisk: Pick<TestAsterisk, 'cli'>, handset: string): Promise<void> {
  await becomes(`the address of ${handset} is stored`, async () =>
    (await asterisk.cli('database show cordboard-phones')).includes(`/${handset} `),
  );
}
