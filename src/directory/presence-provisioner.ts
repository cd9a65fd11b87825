import type { AsteriskPort, PresenceKey } from '../asterisk/port.js';
import type { Logger } from '../lib/logger.js';
import { Provisioner, unreachable } from './provisioner.js';
import type { Handset, Queue } from './schema.js';

interface PresenceProvisionerOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent' | 'putPresence'>;
  company: () => { handsets: Pick<Handset, 'name' | 'extension'>[]; queues: Pick<Queue, 'id' | 'extension'>[] };
  logger: Logger;
}

/** Writes what phones can subscribe to into Asterisk, after each connect and each change. */
export class PresenceProvisioner extends Provisioner<PresenceProvisionerOptions> {
  constructor(options: PresenceProvisionerOptions) {
    super('presence', options);
  }

  protected override async apply(): Promise<void> {
    const { asterisk, company } = this.options;
    if (!asterisk.usable) throw unreachable();
    await asterisk.putPresence(presenceKeysOf(company()));
  }
}

/** Handsets by name and extension, queues by `queue-ID` and extension. A name that is taken twice belongs to the first. */
export function presenceKeysOf(company: ReturnType<PresenceProvisionerOptions['company']>): PresenceKey[] {
  const ofHandsets = company.handsets.flatMap(({ name: handset, extension }) =>
    namesOf(handset, extension).map((name) => ({ name, handset })),
  );
  const ofQueues = company.queues.flatMap(({ id: queue, extension }) =>
    namesOf(`queue-${queue}`, extension).map((name) => ({ name, queue })),
  );
  const keys = new Map<string, PresenceKey>();
  for (const key of [...ofHandsets, ...ofQueues]) if (!keys.has(key.name)) keys.set(key.name, key);
  return [...keys.values()];
}

function namesOf(name: string, extension: string | undefined): string[] {
  return extension === undefined ? [name] : [name, extension];
}
