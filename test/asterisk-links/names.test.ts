import { describe, expect, it } from 'vitest';
import { AsteriskNames } from '../../src/asterisk/names.js';

const foreign = () => [
  { name: 'eva', endpoint: '101', masksCallers: false },
  { name: 'jan', endpoint: '102', masksCallers: true },
];

describe('the names of a gateway in Asterisk', () => {
  it('are those of earlier versions for the default application, and have a prefix for others', () => {
    const [first, other] = [new AsteriskNames(), new AsteriskNames('shop-2')];
    expect([first.queue(12), first.musicClass('calm'), first.mark]).toEqual(['q12', 'm-calm', 'cordboard-handset']);
    expect(first.contexts.ringHandset).toBe('cordboard-ring-handset');
    expect([other.queue(12), other.musicClass('calm')]).toEqual(['shop-2-q12', 'shop-2-m-calm']);
    expect([first.queueIdOf('q12'), first.queueIdOf('shop-2-q12')]).toEqual([12, undefined]);
    expect([other.queueIdOf('q12'), other.queueIdOf('shop-2-q12')]).toEqual([undefined, 12]);
    expect(other.isFromHandset('cordboard-from-handset') || other.isQueueContext('queue')).toBe(false);
  });

  it("lead from the company's own telephones to handsets and back", () => {
    const names = new AsteriskNames('cordboard', foreign);
    expect(names.allPhonesOf('eva')).toBe('Local/101@cordboard-ring-endpoint');
    expect(names.allPhonesOf('jan')).toBe('Local/102@cordboard-ring-endpoint-masked');
    for (const handset of ['eva', 'jan', 'sales'])
      expect(names.handsetOfInterface(names.allPhonesOf(handset))).toBe(handset);
    expect(names.handsetOfInterface('PJSIP/101')).toBe('eva');
    expect(names.handsetOfInterface('Local/a2@ring-handset')).toBe('a2');
    expect(names.handsetOf('sales')).toBe('sales');
    // An endpoint of the company that has the name of a handset.
    expect(names.handsetOf('eva')).toBe('');
  });
});
