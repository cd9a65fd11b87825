import { describe, expect, it } from 'vitest';
import { presentCall } from '../../src/simulator/present.js';
import type { SimulationRequest } from '../../src/simulator/simulate.js';
import { call, companyOf, LINE, shopDocument } from './shop-company.js';

const company = companyOf(shopDocument);
const MENU = 'parts/main/0';

async function present(request: Omit<SimulationRequest, 'line'>) {
  return presentCall(await call(company, request), company, { isRealShop: request.stub === undefined });
}

describe('a paused call', () => {
  it('waits at the menu with its keys, after the prompt', async () => {
    const shown = await present({ pause: true });
    expect(shown).toMatchObject({
      ended_by: '',
      waiting: { place: MENU, keys: ['1', '2', '9'], typed: '', max: 1, hash_ends: false },
      places: [`lines/${LINE}/plan/0`, `lines/${LINE}/plan/1`, MENU],
      prompts: [{ id: 1, language: 'cs', name: 'Menu', audio: '/api/v1/prompts/1/audio/cs' }],
    });
    expect(shown.timeline.find(({ kind }) => kind === 'prompt')).toMatchObject({ place: MENU, data: { prompts: [1] } });
    expect(Date.parse(shown.waiting?.until ?? '') - Date.parse(shown.ended_at)).toBe(5000);
  });

  it('goes on with a key, and is the same call up to there', async () => {
    const [before, after] = [await present({ pause: true }), await present({ pause: true, keys: ['2'] })];
    expect(after.timeline.slice(0, before.timeline.length)).toEqual(before.timeline);
    expect(after.places).toContain('parts/operator/1');
    expect(after).toMatchObject({ waiting: null, ended_by: 'handset' });
  });

  it('waits in vain for an empty group: the menu is repeated', async () => {
    const shown = await present({ pause: true, keys: [''] });
    expect(shown.timeline.filter(({ kind }) => kind === 'input').map(({ data }) => data['ended'])).toEqual(['timeout']);
    expect(shown.waiting).toMatchObject({ place: MENU });
    expect((await present({ pause: true, keys: ['', ''] })).places.at(-1)).toBe('parts/main/1');
  });

  it('collects the digits of a number one by one, until # or silence', async () => {
    const stub = [{ action: 'menu', recording_id: 20, max: 6 }, { action: 'hangup' }];
    expect((await present({ pause: true, stub, keys: ['9'] })).waiting).toMatchObject({ typed: '', max: 6 });
    expect((await present({ pause: true, stub, keys: ['9', '10'] })).waiting).toMatchObject({ typed: '10' });
    const inputOf = async (keys: string[]) =>
      (await present({ pause: true, stub, keys })).timeline.findLast(({ kind }) => kind === 'input')?.data;
    expect(await inputOf(['9', '10#'])).toMatchObject({ digits: '10', ended: 'hash' });
    expect(await inputOf(['9', '10', ''])).toMatchObject({ digits: '10', ended: 'timeout' });
  });

  it('ends without a pause when it needs no key', async () =>
    expect(await present({ keys: ['2'], at: '2026-12-26 10:00', pause: true })).toMatchObject({
      waiting: null,
      ended_by: 'plan',
    }));
});

describe('a stubbed shop', () => {
  it('does not answer: the filler, then the fallback prompt after the time limit', async () => {
    const shown = await present({ keys: ['9'], stub: [{ silent: true }] });
    const heard = shown.timeline.filter(({ kind }) => kind === 'prompt').flatMap(({ data }) => data['prompts']);
    expect(heard).toEqual([1, 3, 4, 6]);
    expect(shown.timeline.find(({ kind }) => kind === 'shop_no_answer')?.data).toMatchObject({ latency_ms: 8000 });
    expect(shown.shop).toBe('stub');
  });

  it('answers by the number of the order, in any order and as often as it is asked', async () => {
    const stub = [
      { digits: '1001', body: { action: 'play', recording_id: 5 } },
      { action: 'menu', recording_id: 20 },
      { digits: '1002', body: { action: 'play', recording_id: 6 } },
    ];
    const heard = async (digits: string) =>
      (await present({ keys: ['9', `${digits}#`], stub })).timeline
        .filter(({ kind }) => kind === 'prompt')
        .flatMap(({ data }) => data['prompts'] as number[]);
    expect(await heard('1001')).toContain(5);
    expect(await heard('1002')).not.toContain(5);
  });
});

describe('the people', () => {
  it('answer at one handset, after a while', async () => {
    const shown = await present({ keys: ['2'], answering: { handset: 'eva', afterMs: 7000, talkMs: 60_000 } });
    const answered = shown.timeline.find(({ kind }) => kind === 'queue_answered');
    expect(answered?.data).toMatchObject({ handset: 'eva', waited_ms: 7000 });
    expect(Date.parse(shown.ended_at) - Date.parse(answered?.at ?? '')).toBe(60_000);
  });

  it('do not answer: the plan goes on after the wait', async () => {
    const shown = await present({ keys: ['2'], nobodyAnswers: true });
    expect(shown.timeline.find(({ kind }) => kind === 'queue_left')?.data).toMatchObject({ result: 'timed_out' });
    expect(shown.places.at(-1)).toBe('parts/operator/1/enqueue/timed_out/0');
  });
});

it('addresses audio of the company by its hash, because a draft is not published', async () => {
  const sha256 = 'a'.repeat(64);
  const own = companyOf(
    shopDocument.replace('sound: main-menu', `sound: main-menu, audio: { cs: 'sha256:${sha256}' }`),
  );
  const shown = presentCall(await call(own, { pause: true }), own, { isRealShop: false });
  expect(shown.prompts).toMatchObject([{ id: 1, audio: `/media/${sha256}.wav` }]);
});
