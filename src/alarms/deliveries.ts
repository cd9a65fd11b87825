import { isSupportedLanguage, supportedLanguageOf, type Language } from '../lib/language.js';
import type { EventFanout } from '../storage/flow-store.js';
import type { NewDelivery } from '../storage/schema.js';
import type { ResourceEvent } from '../telephony/domain-events.js';
import { reportDelivery } from '../webhooks/webhook-fanout.js';
import { alarmMessage, testMessage, type AlarmMessage, type MessageSettings } from './message.js';
import { hookOfReceiver } from './receivers.js';
import type { Alarm, AlarmNews } from './rules.js';
import type { AlarmReceiver, AlarmSettings } from './schema.js';

export interface AlarmCompany {
  alarms: AlarmSettings;
  time_zone: string;
  languages: readonly string[];
}

/** The deliveries of an alarm: to webhooks that receive the event `alarm`, and to the receivers of alarms, in the language of each. */
export function alarmDeliveries(
  alarm: Alarm,
  news: AlarmNews,
  {
    company,
    outsideUrl,
    fanout,
  }: { company: AlarmCompany; outsideUrl: string; fanout: Pick<EventFanout, 'deliveries'> },
): NewDelivery[] {
  const flowId = `alarm:${alarm.id}`;
  const at = (news === 'fired' ? alarm.sentAt : alarm.resolvedAt) ?? alarm.begunAt;
  const eventIn = (language: Language): ResourceEvent => ({
    event: 'alarm',
    seq: news === 'fired' ? 1 : 2,
    at,
    fields: alarmMessage(alarm, news, { language, timeZone: company.time_zone, outsideUrl }),
    callbackUrl: null,
  });
  const toReceiver = (receiver: AlarmReceiver) =>
    reportDelivery(hookOfReceiver(receiver), flowId, eventIn(languageOf(receiver, company)));
  return [
    ...fanout.deliveries(flowId, [eventIn(languageOf({}, company))]),
    ...company.alarms.receivers.map(toReceiver),
  ];
}

/** The test message for a receiver. */
export function testFor(receiver: AlarmReceiver, company: AlarmCompany, outsideUrl: string, at: number): AlarmMessage {
  const settings: MessageSettings = {
    language: languageOf(receiver, company),
    timeZone: company.time_zone,
    outsideUrl,
  };
  return testMessage(settings, at);
}

function languageOf({ language }: Pick<AlarmReceiver, 'language'>, { languages }: AlarmCompany): Language {
  return language ?? supportedLanguageOf(languages.filter(isSupportedLanguage));
}
