import { describe, expect, it } from 'vitest';
import { findRoute, matchPath } from '../../../src/integrations/shared/path-template.js';

describe('a path template', () => {
  it.each([
    ['/calls', '/calls', {}],
    ['/calls', '/calls/', {}],
    ['/', '/', {}],
    ['/calls/:id', '/calls/c_1', { id: 'c_1' }],
    ['/calls/:id/:field', '/calls/a%2Fb/x%20y', { id: 'a/b', field: 'x y' }],
    ['/order/:id/call', '/order/7/call', { id: '7' }],
  ])('%s has %s', (template, path, params) => {
    expect(matchPath(template, path)).toEqual(params);
  });

  it.each([
    ['/calls', '/callers'],
    ['/calls/:id', '/calls'],
    ['/calls/:id', '/calls/'],
    ['/calls/:id', '/calls/1/2'],
    ['/calls/:id/hangup', '/calls//hangup'],
    ['/calls/:id', '/calls//1'],
    ['/calls/:id', '/calls/%E0%A4%A'],
  ])('%s does not have %s', (template, path) => {
    expect(matchPath(template, path)).toBeUndefined();
  });

  it('finds the first route of the method', () => {
    const routes = [
      ['POST /calls', 'create'],
      ['GET /calls/newest', 'newest'],
      ['GET /calls/:id', 'one'],
    ] as const;
    expect(findRoute('GET', '/calls/newest', routes)).toEqual({ target: 'newest', params: {} });
    expect(findRoute('GET', '/calls/7', routes)).toEqual({ target: 'one', params: { id: '7' } });
    expect(findRoute('GET', '/calls', routes)).toBeUndefined();
  });
});
