import { describe, expect, test } from 'vitest';
import { popAddress } from '../../../src/integrations/gootax/pop.js';
import { dispatchOrigins, gootaxSchema } from '../../../src/integrations/gootax/schema.js';

const CALL = { id: 'c_cordboard-1795252530.12', number: '+79241234567', line: '+74212000000' };
const of = (pop: Record<string, unknown> = {}) => gootaxSchema.parse({ domain: 'taxi', pop });

describe('the page of a call', () => {
  test('has the address that the dispatch says', () => {
    expect(popAddress(of(), CALL, 'token of+eva', 'RU')).toBe(
      'https://taxi.gootax.pro/tenant/user/external-incoming-call?access_token=token%20of%2Beva&clid=79241234567&did=74212000000&call_id=c_cordboard-1795252530.12',
    );
  });

  test('writes numbers in the configured format', () => {
    const clid = (numbers: string, country = 'RU') =>
      new URL(popAddress(of({ numbers }), CALL, 't', country) ?? '').searchParams.get('clid');
    expect(['digits', 'e164', '00', 'national'].map((each) => clid(each))).toEqual([
      '79241234567',
      '+79241234567',
      '0079241234567',
      '9241234567',
    ]);
    expect(clid('national', 'CZ')).toBe('0079241234567');
  });

  test('holds nothing that a caller could add to it', () => {
    const address = popAddress(of(), { ...CALL, number: '&access_token=x#' }, 't', 'RU') ?? '';
    expect(new URL(address).searchParams.getAll('access_token')).toEqual(['t']);
    expect(new URL(address).searchParams.get('clid')).toBe('&access_token=x#');
  });

  test('does not exist without a token where one is required', () => {
    expect(popAddress(of(), CALL, undefined, 'RU')).toBeUndefined();
    expect(popAddress(of({ url: 'http://127.0.0.1:8090/pop?id={call_id}' }), CALL, undefined, 'RU')).toBe(
      'http://127.0.0.1:8090/pop?id=c_cordboard-1795252530.12',
    );
  });

  test('is http and knows its words', () => {
    for (const url of ['javascript:alert(1)', 'https://x.example/?t={token}', 'x.example/{clid}', 'https://x y/'])
      expect(gootaxSchema.safeParse({ domain: 'taxi', pop: { url } }).success).toBe(false);
    expect(gootaxSchema.safeParse({ domain: 'taxi.gootax.pro' }).success).toBe(false);
    expect(dispatchOrigins(of({ url: 'https://{domain}.example:444/x' }))).toEqual([
      'https://taxi.gootax.pro',
      'https://taxi.example:444',
    ]);
  });
});
