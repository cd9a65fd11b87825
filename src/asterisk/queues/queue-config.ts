import type { Section } from '../ami/config-file.js';
import { contexts } from '../contexts.js';
import { musicClass } from './music.js';
import { RETRY_S, SILENT, type QueueAccount, type QueueSounds } from '../queue-port.js';

/** Included by `queues.conf`. */
export const QUEUES_FILE = 'cordboard-queues.conf';

/** Name of a queue in Asterisk. */
export const queueName = (id: number): string => `q${id}`;

/** The id of a queue of ours; undefined for any other. */
export function queueIdOf(name: string): number | undefined {
  const digits = /^q([1-9]\d*)$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** A queue as it stands in Asterisk's file. */
export function queueSection(queue: QueueAccount): Section {
  return { name: queueName(queue.id), settings: [...settingsOf(queue), ...soundsOf(queue.sounds ?? SILENT)] };
}

function settingsOf(queue: QueueAccount): Section['settings'] {
  return [
    ['strategy', queue.strategy],
    ['timeout', String(queue.ringTimeoutS)],
    // The caller's time to wait ends also while handsets ring.
    ['timeoutpriority', 'app'],
    ['retry', String(queue.retryS ?? RETRY_S)],
    ['wrapuptime', String(queue.wrapUpS)],
    ['weight', String(queue.weight)],
    ['maxlen', String(queue.maxLength)],
    [
      'joinempty',
      { always: 'yes', registered: NOBODY_THERE, free: `${NOBODY_THERE},inuse,ringing,wrapup` }[queue.joinWhen],
    ],
    ['leavewhenempty', { always: 'no', registered: NOBODY_THERE }[queue.stayWhen]],
    ['ringinuse', 'no'],
    ['autopause', 'no'],
    ['context', contexts.queueExit],
  ];
}

/** Settings that are left out go back to Asterisk's own: silence. */
function soundsOf({ music, periodic, standing }: QueueSounds): Section['settings'] {
  return [
    ...(music === null ? [] : [['musicclass', musicClass(music)] as [string, string]]),
    ...(periodic === null ? [] : periodicSettings(periodic)),
    ...(standing === null ? [] : standingSettings(standing)),
  ];
}

function periodicSettings({ urls, everyS, firstAfterS }: NonNullable<QueueSounds['periodic']>): Section['settings'] {
  return [
    ['periodic-announce', urls.join(',')],
    ['periodic-announce-frequency', String(everyS)],
    ['periodic-announce-startdelay', String(firstAfterS === 0 ? everyS : firstAfterS)],
  ];
}

/** Sounds of sounds/, worded so that a bare number fits; what Asterisk would say besides is left out. */
function standingSettings(standing: NonNullable<QueueSounds['standing']>): Section['settings'] {
  const { everyS, position, positionLimit, holdTime, thanks } = standing;
  return [
    ['announce-frequency', String(everyS)],
    ['min-announce-frequency', String(Math.min(everyS, 15))],
    ['announce-position', { off: 'no', on: 'yes', limit: 'limit', more: 'more' }[position]],
    ['announce-position-limit', String(positionLimit)],
    ['announce-holdtime', { off: 'no', on: 'yes', once: 'once' }[holdTime]],
    ['queue-youarenext', 'queue-next'],
    ['queue-thereare', 'queue-position'],
    ['queue-callswaiting', ''],
    ['queue-quantity1', 'queue-position-beyond'],
    ['queue-quantity2', ''],
    ['queue-holdtime', 'queue-wait-minutes'],
    ['queue-minute', ''],
    ['queue-minutes', ''],
    ['queue-thankyou', thanks ? 'queue-thanks' : ''],
  ];
}

/** States of handsets that can take no call, however long one waits. */
const NOBODY_THERE = 'paused,invalid,unavailable';
