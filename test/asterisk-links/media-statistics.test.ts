import { expect, test } from 'vitest';
import { assess, endpointOfChannel, mediaStatisticsOf } from '../../src/asterisk/media-statistics.js';

/** As Asterisk 22.10 reports them. */
const TOTALS =
  'ssrc=70788727;themssrc=1083420382;lp=60;rxjitter=0.000000;rxcount=540;txjitter=0.005000;txcount=600;rlp=30;rtt=0.042000;rxmes=0.000000;txmes=88.087887';
const JITTER =
  'minrxjitter=000.000125;maxrxjitter=000.012125;avgrxjitter=000.012500;stdevrxjitter=000.002529;mintxjitter=000.000000;maxtxjitter=000.000000;avgtxjitter=000.003000;stdevtxjitter=000.000000;';

const read = (totals: string, jitter = JITTER) => mediaStatisticsOf({ RTPAUDIOQOS: totals, RTPAUDIOQOSJITTER: jitter });

test('loss, jitter and round trip of both directions', () => {
  expect(read(TOTALS)).toEqual({
    received: { packets: 540, lostShare: 0.1, jitterMs: 12.5 },
    sent: { packets: 600, lostShare: 0.05, jitterMs: 3 },
    roundTripMs: 42,
  });
});

test('a phone without RTCP says nothing of what it heard', () => {
  const statistics = read(
    TOTALS.replace('rlp=30', 'rlp=0').replace('rtt=0.042000', 'rtt=0.000000'),
    'avgrxjitter=000.012500;',
  );
  expect(statistics).toMatchObject({ received: { packets: 540 }, sent: undefined, roundTripMs: undefined });
});

test('a counter below zero, from packets that came twice, is no loss', () => {
  expect(read(TOTALS.replace('lp=60', 'lp=4294967290'))?.received.lostShare).toBe(0);
});

test.each([[{}], [{ RTPAUDIOQOS: '' }], [{ RTPAUDIOQOS: 'lp=0;rxcount=0;txcount=0' }], [{ RTPAUDIOQOS: 7 }]])(
  'nothing for a channel without audio: %j',
  (variables) => expect(mediaStatisticsOf(variables)).toBeUndefined(),
);

test('the worse direction decides', () => {
  const good = { packets: 500, lostShare: 0, jitterMs: 1 };
  const poor = { packets: 500, lostShare: 0.2, jitterMs: 1 };
  const all = { received: good, sent: good, roundTripMs: 10 };
  expect(assess(all).grade).toBe('good');
  expect(assess({ ...all, sent: poor })).toEqual(assess({ ...all, received: poor }));
  expect(assess({ ...all, sent: poor }).grade).toBe('poor');
});

test('names of channels', () => {
  expect(['PJSIP/eva-0000002a', 'PJSIP/front-desk-00000001', 'Local/a@b-00000001;1'].map(endpointOfChannel)).toEqual([
    'eva',
    'front-desk',
    undefined,
  ]);
});
