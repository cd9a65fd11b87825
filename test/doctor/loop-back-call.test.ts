import { beforeEach, expect, it } from 'vitest';
import type { LoopBackPort } from '../../src/asterisk/loop-back.js';
import type { AsteriskEvent, DialRequest } from '../../src/asterisk/port.js';
import { makeLoopBackCall, type LoopBackCallOptions } from '../../src/doctor/loop-back-call.js';
import { hearTone, toneSamples } from '../../src/doctor/tone.js';
import { isTestCall } from '../../src/kernel/ids.js';
import { systemClock } from '../../src/lib/clock.js';
import { encodeWav } from '../../src/prompts/wav.js';

/** The test call, with an Asterisk that loses something. */

type Loss = 'entry' | 'answer' | 'digits' | 'a digit' | 'audio' | 'fetch' | 'call' | 'link';

let loses: Loss | undefined;
let hungUp: string[];
let stop: AbortController;
let options: LoopBackCallOptions;

const TONES = [
  { hz: 1004, milliseconds: 600, media: 'sound:there' },
  { hz: 620, milliseconds: 600, media: 'sound:back' },
] as const;

beforeEach(() => {
  loses = undefined;
  hungUp = [];
  stop = new AbortController();
  let emit: (event: AsteriskEvent) => void = () => undefined;
  let near = '';
  let playedHz = 0;
  const at = () => Date.now();
  const other = (id: string) => (id === near ? `${near};2` : near);
  const asterisk: LoopBackCallOptions['asterisk'] = {
    usable: true,
    createBridge: () => Promise.resolve(),
    addToBridge: () => Promise.resolve(),
    destroyBridge(bridgeId) {
      hungUp.push(bridgeId);
      return Promise.resolve();
    },
    onEvent(listener) {
      emit = listener;
      return () => (emit = () => undefined);
    },
    dial({ channelId }: DialRequest) {
      near = channelId;
      const channel = {
        id: `${near};2`,
        name: 'Local/000',
        state: 'ringing' as const,
        caller: { number: '', name: '' },
        dialled: '000',
        createdAt: at(),
      };
      if (loses === 'link') emit({ type: 'link_down', at: at(), reason: 'cut' });
      if (loses === 'call') emit({ type: 'channel_gone', at: at(), channelId, cause: 'failed', q850: 34 });
      if (loses === 'entry') stop.abort();
      else if (loses !== 'link' && loses !== 'call')
        emit({ type: 'channel_entered', at: at(), channel, args: ['incoming'] });
      return Promise.resolve();
    },
    answer() {
      if (loses === 'answer') emit({ type: 'channel_gone', at: at(), channelId: near, cause: 'failed', q850: 34 });
      else emit({ type: 'channel_answered', at: at(), channelId: near });
      return Promise.resolve();
    },
    play({ channelId, playbackId, media: [media] }) {
      playedHz = TONES.find((tone) => tone.media === media)?.hz ?? 0;
      emit({ type: 'playback_finished', at: at(), channelId, playbackId, failed: loses === 'fetch' });
      return Promise.resolve();
    },
    hangUp(channelId) {
      hungUp.push(channelId);
      return Promise.resolve();
    },
  };
  const loopBack: LoopBackPort = {
    sendDigits(channelId, digits) {
      const heard = loses === 'a digit' ? digits.replace('5', '6') : digits;
      if (loses === 'digits') emit({ type: 'channel_gone', at: at(), channelId, cause: 'normal', q850: 16 });
      else
        for (const digit of heard)
          emit({ type: 'digit', at: at(), channelId: other(channelId), digit, durationMs: 100 });
      return Promise.resolve();
    },
    startRecording: () => Promise.resolve(),
    takeRecording: () =>
      Promise.resolve(encodeWav(loses === 'audio' ? Buffer.alloc(9600) : toneSamples(playedHz, 600))),
  };
  options = { asterisk, loopBack, context: 'cordboard-incoming', tones: TONES, clock: systemClock, stop: stop.signal };
});

it('measures digits and recognises both tones, and hangs up', async () => {
  const { status, value } = await makeLoopBackCall(options);
  expect(value).toMatch(/digits 159 there \(\d+ ms\) and back \(\d+ ms\); tones of 1004 Hz there and 620 Hz back/);
  expect(status).toBe('ok');
  expect(hungUp).toHaveLength(4);
  expect(hungUp.every(isTestCall)).toBe(true);
});

it.each([
  ['entry', 'loop_back_enter', /the gateway stops/],
  ['link', 'loop_back_enter', /link to Asterisk was lost/],
  ['call', 'loop_back_enter', /the call has ended/],
  ['answer', 'loop_back_answer', /the call has ended/],
  ['digits', 'loop_back_digits', /heard "" of "159"/],
  ['a digit', 'loop_back_digits', /heard "169" instead of "159"/],
  ['fetch', 'loop_back_audio', /PUBLIC_URL/],
  ['audio', 'loop_back_audio', /0 ms of a tone/],
] as const)('without %s it fails with %s', async (loss, remedy, message) => {
  loses = loss;
  const found = await makeLoopBackCall(options);
  expect(found).toMatchObject({ status: 'failed', remedy });
  expect(found.value).toMatch(message);
  expect(hungUp).toHaveLength(4);
});

it('is not made without a link', async () => {
  options.asterisk = { ...options.asterisk, usable: false };
  expect(await makeLoopBackCall(options)).toMatchObject({ status: 'skipped' });
});

it('tells a tone from another one, from noise and from silence', () => {
  expect(hearTone(toneSamples(1004, 500), 1004)).toEqual({ toneMs: 500, otherMs: 0 });
  expect(hearTone(toneSamples(620, 500), 1004)).toEqual({ toneMs: 0, otherMs: 500 });
  expect(hearTone(Buffer.alloc(8000), 1004)).toEqual({ toneMs: 0, otherMs: 0 });
});
