import { expect, it } from 'vitest';
import { Provisioner, type ProvisionerOptions } from '../../src/directory/provisioner.js';
import { createLogger } from '../../src/lib/logger.js';

/** The configuration is a number; a run lasts until the test releases it. */
class NumberProvisioner extends Provisioner<ProvisionerOptions> {
  wanted = 0;
  readonly put: number[] = [];
  #goOn: () => void = () => undefined;

  protected override async apply(): Promise<void> {
    this.put.push(this.wanted);
    await new Promise<void>((resolve) => (this.#goOn = resolve));
  }

  unblock(): void {
    this.#goOn();
  }
}

it('all changes made during a run are written in one further run', async () => {
  const asterisk = { usable: true, onEvent: () => () => undefined };
  const provisioner = new NumberProvisioner('numbers', { asterisk, logger: createLogger({ level: 'silent' }) });
  provisioner.wanted = 1;
  const first = provisioner.reconcile();
  await expect.poll(() => provisioner.put).toEqual([1]);
  const later = Array.from({ length: 100 }, (_, n) => {
    provisioner.wanted = n + 2;
    return provisioner.reconcile();
  });
  provisioner.unblock();
  await first;
  await expect.poll(() => provisioner.put).toEqual([1, 101]);
  provisioner.unblock();
  expect(await Promise.all(later)).toEqual(later.map(() => []));
  await provisioner.stop();
  expect(provisioner.put).toEqual([1, 101]);
});
