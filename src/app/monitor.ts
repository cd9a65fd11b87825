import type { ScreenPopTokens } from '../accounts/screen-pop-tokens.js';
import type { Asterisk } from '../asterisk/asterisk.js';
import type { Config } from '../config.js';
import type { OutboundClient } from '../http/outbound.js';
import type { OrderBook } from '../orders/order-book.js';
import type { UpgradeRoute } from '../http/upgrade.js';
import type { Clock } from '../lib/clock.js';
import type { Logger } from '../lib/logger.js';
import { popAddress } from '../integrations/gootax/pop.js';
import { CallerLookups } from '../monitor/caller-lookups.js';
import { Hub } from '../monitor/hub.js';
import { Presenter } from '../monitor/present.js';
import type { State } from '../monitor/protocol.js';
import { ScreenPops } from '../monitor/screen-pops.js';
import { MonitorSockets } from '../monitor/sockets.js';
import type { Company } from '../company/company.js';
import type { CompanyStore } from '../company/store/company-store.js';
import type { Directory, LiveStateEvent } from '../live-state/live-state.js';
import type { Peers } from './peers.js';
import { createCustomers, type Customers } from './customers.js';
import { LiveStateTracker } from '../live-state/tracker.js';

export interface Monitor {
  /** Applies the summaries of flows and the state of the database. */
  apply: (event: LiveStateEvent) => void;
  state: () => State;
  customers: Customers;
  upgrades: UpgradeRoute[];
  start(): void;
  stop(): Promise<void>;
}

/** Composes the monitor: live state, feeds, WebSockets, screen pops and customer lookups. */
export function createMonitor(parts: {
  asterisk: Asterisk;
  companies: CompanyStore;
  orders: Pick<OrderBook, 'activeOf'>;
  config: Pick<Config, 'webhookSecrets'>;
  outbound: OutboundClient;
  dispatchTokens: Pick<ScreenPopTokens, 'reveal'>;
  peers: Pick<Peers, 'state' | 'changes'>;
  clock: Clock;
  logger: Logger;
}): Monitor {
  const { asterisk, companies, dispatchTokens, clock, logger } = parts;
  const customers = createCustomers(parts);
  const tracker = new LiveStateTracker({ asterisk, clock, logger });
  const presenter = new Presenter();
  const state = () => presenter.present(tracker.state);
  const hub = new Hub({ clock, state });
  const pops = new ScreenPops({
    state,
    trigger: () => companies.company.gootax?.pop.on ?? 'off',
    pageUrl({ id, number, line = '' }, operatorId) {
      const { gootax, country } = companies.company;
      return gootax && popAddress(gootax, { id, number, line }, dispatchTokens.reveal(operatorId), country);
    },
  });
  const sockets = new MonitorSockets({ hub, pops, clock, logger });
  const lookups = new CallerLookups({ find: customers.find, apply: (event) => tracker.apply(event) });
  const readDirectory = () => tracker.apply({ type: 'directory', directory: directoryOf(companies.company) });
  tracker.onChange(() => {
    hub.scheduleUpdate();
    pops.update();
  });
  tracker.onChange((change) => lookups.update(change));
  companies.onChange(readDirectory);
  return {
    apply: (event) => tracker.apply(event),
    state,
    customers,
    upgrades: [sockets.route],
    start() {
      readDirectory();
      tracker.start();
      hub.start();
    },
    async stop() {
      tracker.stop();
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
