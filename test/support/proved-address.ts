import type { TestAsterisk } from './asterisk.js';
import { becomes } from './becomes.js';

/**
 * Waits until the gateway has stored that a handset proved its password at its address: it rings only there; a crash
 * before that is a separate case.
 */
export async function addressIsStored(asterisk: Pick<TestAsterisk, 'cli'>, handset: string): Promise<void> {
  await becomes(`the address of ${handset} is stored`, async () =>
    (await asterisk.cli('database show cordboard-phones')).includes(`/${handset} `),
  );
}
