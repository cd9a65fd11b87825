import type { Section } from '../ami/config-file.js';
import type { AsteriskNames } from '../names.js';
import { RETRY_S, NO_SOUNDS, type QueueAccount, type QueueSounds } from '../queue-port.js';

/** A queue's section in Asterisk's file. */
export function queueSection(queue: QueueAccount, names: AsteriskNames): Section {
  const settings = [...settingsOf(queue, names), ...soundsOf(queue.sounds ?? NO_SOUNDS, names)];
  return { name: names.queue(queue.id), settings };
}

function settingsOf(queue: QueueAccount, names: AsteriskNames): Section['settings'] {
  return [
    ['strategy', queue.strategy],
    ['timeout', String(queue.ringTimeoutS)],
    // The caller's maximum wait also ends while handsets ring.
    ['timeoutpriority', 'app'],
    ['retry', String(queue.retryS ?? RETRY_S)],
    ['wrapuptime', String(queue.wrapUpS)],
    ['weight', String(queue.weight)],
    ['maxlen', String(queue.maxLength)],
    [
      'joinempty',
      { always: 'yes', registered: UNAVAILABLE_STATES, free: `${UNAVAILABLE_STATES},inuse,ringing,wrapup` }[
        queue.joinWhen
      ],
    ],
    ['leavewhenempty', { always: 'no', registered: UNAVAILABLE_STATES }[queue.stayWhen]],
    ['ringinuse', 'no'],
    ['autopause', 'no'],
    ['context', names.contexts.queueExit],
  ];
}

/** Omitted settings fall back to Asterisk's defaults: silence. */
function soundsOf({ music, periodic, standing }: QueueSounds, names: AsteriskNames): Section['settings'] {
  return [
    ...(music === null ? [] : [['musicclass', names.musicClass(music)] as [string, string]]),
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

/** Prompts of sounds/, worded for a number alone; Asterisk's additional words are turned off. */
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

/** States of handsets that will not become free while a caller waits. */
const UNAVAILABLE_STATES = 'paused,invalid,unavailable';
