import { expect, it } from 'vitest';
import { AsteriskError } from '../../src/asterisk/port.js';
import { effectHandlers } from '../../src/calls/effect-handlers.js';
import { OutcomeUnknown } from '../../src/kernel/runtime-types.js';
import type { PlayableMedia } from '../../src/telephony/telephony.js';

/** Carries out one effect `play`. `has`: the media that have audio. */
async function play(
  media: PlayableMedia[],
  { fallback, has, error }: { fallback?: PlayableMedia[]; has: PlayableMedia[]; error?: Error },
) {
  const played: string[] = [];
  const name = (medium: PlayableMedia) => ('prompt' in medium ? `#${medium.prompt}` : Object.values(medium).join(''));
  const handlers = effectHandlers({
    asterisk: {
      play: (request: { media: string[] }) => {
        if (error !== undefined) return Promise.reject(error);
        played.push(...request.media);
        return Promise.resolve();
      },
    },
    prompts: {
      resolve: (wanted: PlayableMedia[]) => {
        const missing = wanted.find((medium) => !has.some((one) => name(one) === name(medium)));
        return Promise.resolve(
          missing === undefined
            ? { media: wanted.map(name), durationMs: 1000, played: [] }
            : { refused: `there is no ${name(missing)}` },
        );
      },
    },
    clock: { now: () => 7 },
  } as unknown as Parameters<typeof effectHandlers>[0]);
  const on = { channelId: '1', playbackId: 'p', languages: ['cs'], codec: '' };
  const effect = { type: 'play' as const, id: 'e1', ...on, media };
  const event = await handlers.play.perform({ ...effect, ...(fallback && { fallback }) }, { flowId: 'c_1' });
  return { event, played };
}

const prompt = { prompt: 61 };
const sound = { sound: 'bridge-busy' };

it('plays the media, and the fallback where one of them has no audio', async () => {
  const own = await play([prompt], { fallback: [sound], has: [prompt, sound] });
  expect(own).toMatchObject({
    event: { type: 'playback_accepted', playbackId: 'p', durationMs: 1000 },
    played: ['#61'],
  });
  const shipped = await play([prompt], { fallback: [sound], has: [sound] });
  expect(shipped).toMatchObject({ event: { type: 'playback_accepted' }, played: ['bridge-busy'] });
});

it('is refused with the reason where there is nothing to play, or Asterisk refuses it', async () => {
  const refused = (reason: string) => ({ event: { type: 'playback_refused', playbackId: 'p', reason } });
  expect(await play([prompt], { has: [] })).toMatchObject(refused('there is no #61'));
  expect(await play([prompt], { fallback: [sound], has: [] })).toMatchObject(refused('there is no bridge-busy'));
  const error = new AsteriskError('refused', 'not in the application');
  expect(await play([sound], { has: [sound], error })).toMatchObject(refused('not in the application'));
});

it('has an unknown outcome when Asterisk does not answer, and fails when the channel is gone', async () => {
  const lost = play([sound], { has: [sound], error: new AsteriskError('unavailable', 'no answer') });
  await expect(lost).rejects.toBeInstanceOf(OutcomeUnknown);
  const gone = play([sound], { has: [sound], error: new AsteriskError('gone', 'no such channel') });
  await expect(gone).rejects.toThrow('no such channel');
});
