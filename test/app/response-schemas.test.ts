import { expect, test } from 'vitest';
import { gatewayRoutes } from '../../src/app/routes.js';

/** Stands for every feature: the routes are only described, their handlers never run. */
const anything: unknown = new Proxy(() => undefined, {
  get: (_target, name) =>
    name === Symbol.toPrimitive ? () => '' : name === Symbol.iterator ? () => [].values() : anything,
  apply: () => anything,
});

test('every GET route of the API describes its response', () => {
  const { routes } = gatewayRoutes(anything as Parameters<typeof gatewayRoutes>[0]);
  const read = routes.filter(({ method, kind }) => method === 'GET' && kind !== 'page');
  const undescribed = read.filter(
    ({ answers = {} }) =>
      !Object.values(answers).some(({ schema, type }) => schema !== undefined || type !== undefined),
  );
  expect(read.length).toBeGreaterThan(40);
  expect(undescribed.map(({ path }) => path)).toEqual([]);
});
