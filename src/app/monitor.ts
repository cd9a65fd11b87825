import type { ScreenPopTokens } from '../accounts/screen-pop-tokens.js';
import type { Asterisk } from '../asterisk/asterisk.js';
import type { Config } from '../config.js';
import type { OutboundClient } from '../http/outbound.js';
import type { UpgradeRoute } from '../http/upgrade.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { popAddress } from '../integrations/gootax/pop.js';
import { Customers } from '../monitor/customers.js';
import { Hub } from '../monitor/hub.js';
import { CustomerLookup } from '../monitor/lookup.js';
import { Presenter } from '../monitor/present.js';
import type { State } from '../monitor/protocol.js';
import { ScreenPops } from '../monitor/screen-pops.js';
import { MonitorSockets } from '../monitor/sockets.js';
import type { Company } from '../company/company.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Directory, Sighting } from '../live-state/live-state.js';
import { QueueWatch } from '../live-state/watch.js';

export interface Monitor {
  /** What flows do is told here. */
  saw: (sighting: Sighting) => void;
  state: () => State;
  upgrades: UpgradeRoute[];
  start(): void;
  stop(): Promise<void>;
}

/** From what Asterisk and the flows tell to those who watch. */
export function createMonitor(parts: {
  asterisk: Asterisk;
  companies: CompanyStore;
  config: Pick<Config, 'webhookSecrets'>;
  outbound: OutboundClient;
  dispatchTokens: Pick<ScreenPopTokens, 'reveal'>;
  clock: Clock;
  logger: Logger;
}): Monitor {
  const { asterisk, companies, config, outbound, dispatchTokens, clock, logger } = parts;
  const watch = new QueueWatch({ asterisk, clock, logger });
  const presenter = new Presenter();
  const state = () => presenter.show(watch.picture);
  const hub = new Hub({ clock, state });
  const pops = new ScreenPops({
    state,
    on: () => companies.company.gootax?.pop.on ?? 'off',
    address({ id, number, line = '' }, operatorId) {
      const { gootax, country } = companies.company;
      return gootax && popAddress(gootax, { id, number, line }, dispatchTokens.reveal(operatorId), country);
    },
  });
  const sockets = new MonitorSockets({ hub, pops, clock, logger });
  const lookup = new CustomerLookup({
    settings: () => companies.company,
    secrets: config.webhookSecrets,
    outbound,
    clock,
    logger,
  });
  const customers = new Customers({ find: (number) => lookup.find(number), saw: (sighting) => watch.saw(sighting) });
  const readDirectory = () => watch.saw({ type: 'directory', directory: directoryOf(companies.company) });
  watch.onChange(() => {
    hub.changed();
    pops.look();
  });
  watch.onChange((picture) => customers.look(picture));
  companies.onChange(readDirectory);
  return {
    saw: (sighting) => watch.saw(sighting),
    state,
    upgrades: [sockets.route],
    start() {
      readDirectory();
      watch.start();
      hub.start();
    },
    async stop() {
      watch.stop();
      hub.stop();
      await sockets.stop();
    },
  };
}

function directoryOf({ queues, handsets, operators }: Company): Directory {
  return {
    queues: queues.map(({ id, name }) => ({ id, name })),
    handsets: handsets.map(({ name, display_name }) => ({
      name,
      displayName: display_name,
      operator: operators.find(({ handset }) => handset === name)?.name,
    })),
  };
}
