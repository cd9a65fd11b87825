import { expect, test } from 'vitest';
import { masksCallers } from '../../src/accounts/roles.js';

test('a handset is masked when the role of its operator lacks the right to see numbers', () => {
  const operators = [
    { handset: 'eva', role: 'operator' as const },
    { handset: 'jan', role: 'supervisor' as const },
    { role: 'supervisor' as const },
    { handset: 'boss', role: 'admin' as const },
  ];
  const masked = (roles: Parameters<typeof masksCallers>[0]['roles']) =>
    ['eva', 'jan', 'boss', 'nobody'].filter((handset) => masksCallers({ operators, roles }, handset));
  expect(masked({})).toEqual([]);
  expect(masked({ supervisor: { numbers: false } })).toEqual(['jan']);
  expect(masked({ supervisor: { numbers: false }, operator: { numbers: false } })).toEqual(['eva', 'jan']);
});
