import { profileChanges, type Profiles } from '../directory/profiles.js';
import type { News } from '../flows/news.js';
import type { NewDelivery, NewsDesk } from '../storage/flow-store.js';
import type { LineSetup, WebhookContract } from './contract.js';
import { eventId } from './event-id.js';
import { LIFETIME_MS } from './schedule.js';
import type { Webhook } from './schema.js';
import type { Setups } from './setups.js';

/** What of the company's document says who hears what, and how. */
export interface Subscribers {
  webhooks: readonly Webhook[];
  country: string;
  time_zone: string;
  profiles: Profiles;
}

export interface NewsDeskOptions {
  subscribers: () => Subscribers;
  /** Undefined: there is no such line (any more). */
  setupOf: (line: string) => LineSetup | undefined;
  setups: Pick<Setups, 'owed'>;
  contract: WebhookContract;
  onStored: () => void;
  onTrouble: (error: unknown) => void;
}

/** Turns news into deliveries: one for each webhook that wants to hear of it. */
export function newsDesk({ subscribers, setupOf, setups, contract, onStored, onTrouble }: NewsDeskOptions): NewsDesk {
  const delivery = (company: Subscribers, hook: Webhook, flowId: string, news: News): NewDelivery[] => {
    const { seq, at, event } = news;
    const id = eventId(flowId, seq, at);
    const { country, time_zone: timeZone, profiles } = company;
    try {
      const setup = setupOf(news.line) ?? null;
      const owed = setup && setups.owed(hook, setup);
      const told = { ...news, eventId: id, callId: flowId, country, timeZone, setup: owed && setup };
      const { contentType, body } = contract.write(told, profileChanges(profiles, hook.profile));
      const fresh = { state: 'waiting', tries: 0, created_at: at, expires_at: at + LIFETIME_MS } as const;
      const carried = { content_type: contentType, setup_line: owed?.line ?? null, setup_mark: owed?.mark ?? null };
      return [{ hook: hook.name, event_id: id, flow_id: flowId, seq, event, body, ...fresh, ...carried }];
    } catch (error) {
      onTrouble(error);
      return [];
    }
  };
  return {
    deliveries(flowId, news) {
      const company = subscribers();
      return news.flatMap((piece) =>
        company.webhooks
          .filter(({ events }) => events?.includes(piece.event) ?? true)
          .flatMap((hook) => delivery(company, hook, flowId, piece)),
      );
    },
    stored: onStored,
  };
}
