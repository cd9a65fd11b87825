import type { AsteriskPort } from '../asterisk/port.js';
import { atMost } from '../lib/at-most.js';
import type { Logger } from '../lib/logger.js';
import { Provisioner, unreachable } from './provisioner.js';

const AT_ONCE = 4;

interface LampProvisionerOptions {
  asterisk: Pick<AsteriskPort, 'usable' | 'onEvent' | 'putNewMessages'>;
  /** The handsets with a lamp, and how many new messages each has. */
  newMessages: () => Promise<ReadonlyMap<string, number>>;
  logger: Logger;
}

/** Writes how many new messages handsets have into Asterisk, after each connect and each change. */
export class LampProvisioner extends Provisioner<LampProvisionerOptions> {
  /** What Asterisk has, by handset. */
  readonly #shown = new Map<string, number>();

  constructor(options: LampProvisionerOptions) {
    super('message lamps', options);
  }

  override start(): void {
    // Asterisk may have restarted, and forgotten all.
    this.options.asterisk.onEvent(({ type }) => {
      if (type === 'link_down') this.#shown.clear();
    });
    super.start();
  }

  protected override async apply(): Promise<void> {
    const { asterisk, newMessages } = this.options;
    const wanted = new Map(await newMessages());
    // The lamp of a handset that has none any more goes out.
    for (const handset of this.#shown.keys()) if (!wanted.has(handset)) wanted.set(handset, 0);
    const changed = [...wanted].filter(([handset, count]) => this.#shown.get(handset) !== count);
    if (changed.length === 0) return;
    if (!asterisk.usable) throw unreachable();
    await atMost(AT_ONCE, changed, async ([handset, count]) => {
      await asterisk.putNewMessages(handset, count);
      this.#shown.set(handset, count);
    });
  }
}
