import { profileChanges, type Profiles } from '../directory/profiles.js';
import {
  isResourceEvent,
  resourceEventNames,
  type CallEvent,
  type CallEventName,
  type ResourceEvent,
  type ResourceEventName,
  type DomainEvent,
} from '../telephony/domain-events.js';
import type { EventFanout } from '../storage/flow-store.js';
import type { NewDelivery } from '../storage/schema.js';
import { callbackFor, hookOf } from './callbacks.js';
import type { LineSetup, WebhookContract } from './contract.js';
import { eventId } from './event-id.js';
import { writeReport } from './report.js';
import { LIFETIME_MS } from './schedule.js';
import type { Callback, Webhook } from './schema.js';
import type { Setups } from './setups.js';

/** The parts of the company's document that decide the recipients. */
interface Subscribers {
  webhooks: readonly Webhook[];
  callbacks: readonly Callback[];
  country: string;
  time_zone: string;
  profiles: Profiles;
}

interface WebhookFanoutOptions {
  subscribers: () => Subscribers;
  /** Undefined: the line does not exist (any more). */
  setupOf: (line: string) => LineSetup | undefined;
  setups: Pick<Setups, 'owed'>;
  contract: WebhookContract;
  /** Webhooks have new deliveries. Undefined: any of them. */
  onStored: (hooks?: ReadonlySet<string>) => void;
  onError: (error: unknown) => void;
}

/** Turns a domain event into deliveries: one for each subscribed webhook, and one for its callback. */
export function webhookFanout({
  subscribers,
  setupOf,
  setups,
  contract,
  onStored,
  onError,
}: WebhookFanoutOptions): EventFanout {
  const ofCall = (company: Subscribers, hook: Webhook, flowId: string, event: CallEvent): NewDelivery => {
    const { country, time_zone: timeZone, profiles } = company;
    const setup = setupOf(event.line) ?? null;
    const owed = setup && setups.owed(hook, setup);
    const subject = { ...event, eventId: idOf(flowId, event), callId: flowId, country, timeZone, setup: owed && setup };
    const { contentType, body } = contract.write(subject, profileChanges(profiles, hook.profile));
    const carried = { content_type: contentType, setup_line: owed?.line ?? null, setup_mark: owed?.mark ?? null };
    return { ...freshRow(hook.name, flowId, event), body, ...carried };
  };
  const deliveriesOf = (company: Subscribers, flowId: string, event: DomainEvent): (() => NewDelivery)[] => {
    const hooks = company.webhooks.filter((hook) => wants(hook, event.event));
    if (!isResourceEvent(event)) return hooks.map((hook) => () => ofCall(company, hook, flowId, event));
    const { callbackUrl: url } = event;
    const callback = url === null ? undefined : callbackFor(url, company.callbacks);
    return [
      ...hooks.map((hook) => () => reportDelivery(hook.name, flowId, event)),
      ...(callback === undefined ? [] : [() => ({ ...reportDelivery(hookOf(callback), flowId, event), url })]),
    ];
  };
  const writeOrReport = (write: () => NewDelivery): NewDelivery[] => {
    try {
      return [write()];
    } catch (error) {
      onError(error);
      return [];
    }
  };
  return {
    deliveries(flowId, events) {
      const company = subscribers();
      return events.flatMap((event) => deliveriesOf(company, flowId, event).flatMap(writeOrReport));
    },
    stored: onStored,
  };
}

/** The delivery of a resource event. @param hook name of the webhook */
export function reportDelivery(hook: string, flowId: string, report: ResourceEvent): NewDelivery {
  const { contentType, body } = writeReport(report, idOf(flowId, report));
  return { ...freshRow(hook, flowId, report), body, content_type: contentType };
}

/** Without `events` a webhook receives all call events. */
function wants({ events }: Webhook, event: CallEventName | ResourceEventName): boolean {
  return events?.includes(event) ?? !isReportEvent(event);
}

function isReportEvent(event: CallEventName | ResourceEventName): event is ResourceEventName {
  return (resourceEventNames as readonly string[]).includes(event);
}

function idOf(flowId: string, { seq, at }: DomainEvent): string {
  return eventId(flowId, seq, at);
}

function freshRow(hook: string, flowId: string, event: DomainEvent) {
  const { seq, at, event: name } = event;
  const fresh = { state: 'waiting', tries: 0, created_at: at, expires_at: at + LIFETIME_MS } as const;
  return { hook, event_id: idOf(flowId, event), flow_id: flowId, seq, event: name, ...fresh };
}
