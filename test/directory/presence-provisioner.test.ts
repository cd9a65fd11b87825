import { expect, it } from 'vitest';
import { presenceKeysOf } from '../../src/directory/presence-provisioner.js';

it('phones can subscribe to handsets and queues by name and extension; a name belongs to one only', () => {
  const handsets = [{ name: 'sales', extension: '101' }, { name: 'queue-7' }];
  const queues = [
    { id: 3, extension: '201' },
    { id: 7, extension: '101' },
  ];
  expect(presenceKeysOf({ handsets, queues })).toEqual([
    { name: 'sales', handset: 'sales' },
    { name: '101', handset: 'sales' },
    { name: 'queue-7', handset: 'queue-7' },
    { name: 'queue-3', queue: 3 },
    { name: '201', queue: 3 },
  ]);
});
