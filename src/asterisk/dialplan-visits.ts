import type { AsteriskNames } from './names.js';
import type { DetectionRequest } from './port.js';
import type { QueueVisit } from './queue-port.js';

/** The channel variables that our dialplan reads (asterisk-config/extensions.conf). */

export function queueVariables(visit: QueueVisit, names: AsteriskNames): Record<string, string> {
  const { visitId, waitS, exitKey, once, shownNumber } = visit;
  const { record = false, priority = 0, language = '', rings = true, skip, keys = false } = visit;
  return {
    QUEUE_VISIT: visitId,
    QUEUE_WAIT: String(waitS),
    QUEUE_EXIT: { '*': 'star', '#': 'pound' }[exitKey ?? ''] ?? exitKey ?? '',
    QUEUE_ONCE: once ? '1' : '',
    QUEUE_SHOWN: shownNumber ?? '',
    QUEUE_RECORD: record ? '1' : '',
    QUEUE_PRIO: String(priority),
    QUEUE_LANGUAGE: language,
    QUEUE_RINGS: rings ? '1' : '',
    QUEUE_SKIP: skip === undefined ? '' : names.endpointOf(skip.handset),
    QUEUE_KEYS: keys ? '1' : '',
    QUEUE_SKIP_S: String(skip?.seconds ?? 0),
  };
}

export function detectionVariables({ visitId, waits }: DetectionRequest): Record<string, string> {
  return { DETECT_VISIT: visitId, DETECT_WAITS: waits ? '1' : '' };
}
