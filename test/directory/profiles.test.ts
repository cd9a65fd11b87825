import { describe, expect, it } from 'vitest';
import { profileChanges } from '../../src/directory/profiles.js';

const profiles = {
  telfa: { numbers: 'e164', rename: { received_digits: 'digits', step: 'no' } },
  shop: { base: 'telfa', anonymous: 'hidden', rename: { step: 'turn' } },
  shop_two: { base: 'shop', numbers: '00' },
  alone: { numbers: 'national' },
};

describe('a profile', () => {
  it('has only its own changes without a base', () => {
    expect(profileChanges(profiles, 'alone')).toEqual({ numbers: 'national' });
    expect(profileChanges({}, 'telfa')).toEqual({});
  });

  it('inherits from its base and overrides it key by key', () => {
    expect(profileChanges(profiles, 'shop_two')).toEqual({
      numbers: '00',
      anonymous: 'hidden',
      rename: { received_digits: 'digits', step: 'turn' },
    });
  });

  it('can be based on the built-in one', () => {
    expect(profileChanges({ shop: { base: 'telfa', numbers: '00' } }, 'shop')).toEqual({ numbers: '00' });
  });

  it('is rejected with a missing base, or with itself as its base', () => {
    expect(() => profileChanges({ shop: { base: 'telfo' } }, 'shop')).toThrow('no profile "telfo"');
    expect(() => profileChanges({ a: { base: 'b' }, b: { base: 'a' } }, 'a')).toThrow('a is based on b is based on a');
    expect(() => profileChanges({ a: { base: 7 } }, 'a')).toThrow('the name of a profile');
  });
});
