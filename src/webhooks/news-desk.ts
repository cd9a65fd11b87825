import type { News } from '../flows/news.js';
import type { NewDelivery, NewsDesk } from '../storage/flow-store.js';
import type { WebhookContract } from './contract.js';
import { eventId } from './event-id.js';
import { LIFETIME_MS } from './schedule.js';
import type { Webhook } from './schema.js';

/** What of the company's document says who hears what, and how. */
export interface Subscribers {
  webhooks: readonly Webhook[];
  country: string;
  time_zone: string;
  profiles: Record<string, Record<string, unknown>>;
}

export interface NewsDeskOptions {
  subscribers: () => Subscribers;
  contract: WebhookContract;
  onStored: () => void;
  onTrouble: (error: unknown) => void;
}

/** Turns news into deliveries: one for each webhook that wants to hear of it. */
export function newsDesk({ subscribers, contract, onStored, onTrouble }: NewsDeskOptions): NewsDesk {
  const delivery = (company: Subscribers, hook: Webhook, flowId: string, news: News): NewDelivery[] => {
    const { seq, at, event } = news;
    const id = eventId(flowId, seq, at);
    const { country, time_zone: timeZone, profiles } = company;
    try {
      const body = contract.body({ ...news, eventId: id, callId: flowId, country, timeZone }, profiles[hook.profile]);
      const fresh = { state: 'waiting', tries: 0, created_at: at, expires_at: at + LIFETIME_MS } as const;
      return [{ hook: hook.name, event_id: id, flow_id: flowId, seq, event, body, ...fresh }];
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
