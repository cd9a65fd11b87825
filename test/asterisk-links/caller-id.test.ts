import { expect, it } from 'vitest';
import type { AmiEvent } from '../../src/asterisk/ami/ami-connection.js';
import { snapshotOf } from '../../src/asterisk/ari/ari-schema.js';
import { QueueEvents } from '../../src/asterisk/queues/queue-events.js';
import { parseQueues } from '../../src/asterisk/queues/queue-listing.js';
import { AsteriskNames } from '../../src/asterisk/names.js';

const NAMES: [raw: string, shown: string][] = [
  ['Firma \\"U Lva\\"', 'Firma "U Lva"'],
  ['C:\\\\temp', 'C:\\temp'],
  ['\u001B[2JJan\u0000', '[2JJan'],
  ['Jan\u202Egnp.exe', 'Jangnp.exe'],
  ['\u2066Jan\u2069 \u200FNovák\u061C', 'Jan Novák'],
  ['Jan\r\nNovák\u2028x', 'Jan Novák x'],
  ['Žluťoučký – Иван 👨‍👩‍👧', 'Žluťoučký – Иван 👨‍👩‍👧'],
];

const NUMBER = '+420777\u001B123456';

it.each(NAMES)('a channel whose caller is named %j has the name %j', (name, shown) => {
  const { caller } = snapshotOf(
    {
      id: '1.1',
      name: 'PJSIP/trunk-1',
      state: 'Ring',
      caller: { name, number: NUMBER },
      dialplan: { context: 'cordboard-from-trunk', exten: '1', app_name: 'Stasis', app_data: 'cordboard' },
      creationtime: '2026-11-21T10:00:00.000+0000',
    },
    'cordboard',
  );
  expect(caller).toEqual({ number: '+420777123456', name: shown });
});

it.each(NAMES)('a queue reports the name %j of a joining or waiting caller as %j', (name, shown) => {
  const about = { queue: 'q12', uniqueid: '1.1', position: '1', count: '1', wait: '0' };
  const entry = { ...about, calleridnum: NUMBER, calleridname: name };
  const told: unknown[] = [];
  const clock = { now: () => 1000, wakeAt: () => () => undefined };
  new QueueEvents(new AsteriskNames(), clock, (event) => told.push(event)).fromAmi({
    ...entry,
    event: 'QueueCallerJoin',
  });
  const [queue] = parseQueues(
    [
      { event: 'QueueParams', queue: 'q12' },
      { ...entry, event: 'QueueEntry' },
    ] as AmiEvent[],
    0,
    new AsteriskNames(),
  );
  const caller = { number: '+420777123456', name: shown };
  expect(told).toEqual([expect.objectContaining({ type: 'queue_joined', caller })]);
  expect(queue?.waiting).toEqual([expect.objectContaining({ caller })]);
});
