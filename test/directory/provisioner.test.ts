import { expect, it } from 'vitest';
import { Provisioner, type ProvisionerOptions } from '../../src/directory/provisioner.js';
import { createLogger } from '../../src/lib/logger.js';

/** The configuration is a number; a run lasts until the test releases it. */
class NumberKeeper extends Provisioner<ProvisionerOptions> {
  wanted = 0;
  readonly put: number[] = [];
  #goOn: () => void = () => undefined;

  protected override async apply(): Promise<void> {
    this.put.push(this.wanted);
    await new Promise<void>((resolve) => (this.#goOn = resolve));
  }

  letGoOn(): void {
    this.#goOn();
  }
}

it('all changes made during a run are written in one further run', async () => {
  const asterisk = { usable: true, onEvent: () => () => undefined };
  const keeper = new NumberKeeper('numbers', { asterisk, logger: createLogger({ level: 'silent' }) });
  keeper.wanted = 1;
  const first = keeper.reconcile();
  await expect.poll(() => keeper.put).toEqual([1]);
  const later = Array.from({ length: 100 }, (_, n) => {
    keeper.wanted = n + 2;
    return keeper.reconcile();
  });
  keeper.letGoOn();
  await first;
  await expect.poll(() => keeper.put).toEqual([1, 101]);
  keeper.letGoOn();
  expect(await Promise.all(later)).toEqual(later.map(() => []));
  await keeper.stop();
  expect(keeper.put).toEqual([1, 101]);
});
