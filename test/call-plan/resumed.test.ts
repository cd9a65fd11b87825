import { describe, expect, it } from 'vitest';
import type { PlanEffect } from '../../src/call-plan/call.js';
import { arrival, flow, program, START } from './property-harness.js';
import type { PlanState } from '../../src/call-plan/state.js';

/** A process that died while the database was not writable resumes from a state older than the requests that the shop has received. */

const shopCall = program([{ hand_over: { url: 'http://shop.test/' } }, 'hang_up']);

interface Life {
  state: PlanState;
  effects: PlanEffect[];
}

function begun(): Life {
  const { state, effects } = flow.begin(shopCall, arrival());
  return { state, effects };
}

function after(life: Life, event: object, at: number): Life {
  const { state, effects } = flow.step(shopCall, life.state, { ...event, at } as never);
  return { state, effects };
}

const requestOf = ({ effects }: Life) => {
  const request = effects.find((effect) => effect.type === 'http');
  if (request === undefined) throw new Error('the shop was asked nothing');
  return { id: request.id, body: JSON.parse(request.body) as { step: number; received_digits?: string } };
};

function answered(life: Life, answer: object, at: number, id = requestOf(life).id): Life {
  const body = JSON.stringify(answer);
  return after(life, { type: 'http_answered', effectId: id, status: 200, body, latencyMs: 1, attempts: 1 }, at);
}

const QUESTION = { action: 'menu', recording_id: '20', max: '4' };

/** The shop's question is stored as asked; then the database fails. */
function askedQuestion(): Life {
  return answered(begun(), QUESTION, START + 100);
}

function typed(life: Life, digits: string, at: number): Life {
  return Array.from(digits).reduce(
    (before, digit) => after(before, { type: 'digit', digit, durationMs: 80 }, at),
    life,
  );
}

describe('a hand-over that was resumed', () => {
  it('gives a request that was never stored a step that the shop has not seen', () => {
    const stored = askedQuestion();
    const lost = typed(stored, '101#', START + 2_000);
    const lostLater = answered(lost, QUESTION, START + 2_100);
    const seen = [requestOf(lost), requestOf(typed(lostLater, '102#', START + 2_200))].map(({ body }) => body.step);
    expect(seen).toEqual([2, 3]);
    const again = typed(after(stored, { type: 'resumed' }, START + 3_000), '103#', START + 4_000);
    expect(seen).not.toContain(requestOf(again).body.step);
    expect(requestOf(again).body.step).toBeGreaterThan(3);
  });

  it('does so after every restart from the same stored state', () => {
    const stored = askedQuestion();
    const stepIn = (resumedAt: number) =>
      requestOf(typed(after(stored, { type: 'resumed' }, resumedAt), '101#', resumedAt + 500)).body.step;
    const [first, second] = [stepIn(START + 3_000), stepIn(START + 4_000)];
    // The counter leaves room for the most requests of one hand-over.
    expect(second - first).toBeGreaterThan(30);
  });

  it('repeats a stored request unchanged, and continues with a new step after its response', () => {
    const waiting = begun();
    const { id } = requestOf(waiting);
    const resumed = after(waiting, { type: 'resumed' }, START + 3_000);
    expect(resumed.effects).toEqual([]);
    const next = answered(resumed, { action: 'answer' }, START + 3_010, id);
    expect(requestOf(next).body.step).toBeGreaterThan(3);
  });

  it('still counts its requests, and not the numbers that were skipped', () => {
    let life = after(askedQuestion(), { type: 'resumed' }, START + 3_000);
    for (let request = 2; request <= 30; request += 1) {
      life = typed(life, '101#', START + 3_000 + request);
      life = answered(life, QUESTION, START + 3_000 + request);
    }
    const last = typed(life, '101#', START + 5_000);
    expect(last.effects.map(({ type }) => type)).not.toContain('http');
  });

  it('restores a call of an earlier version without that counter', () => {
    const stored = structuredClone(askedQuestion());
    const { action } = stored.state;
    if (action?.type !== 'hand_over') throw new Error('the shop does not steer');
    delete action.requests;
    expect(requestOf(typed(stored, '101#', START + 2_000)).body.step).toBe(2);
  });

  it('gives no id twice', () => {
    const stored = askedQuestion();
    const lost = typed(stored, '101#', START + 2_000).effects.map(({ id }) => id);
    const again = typed(after(stored, { type: 'resumed' }, START + 3_000), '101#', START + 4_000).effects;
    expect(lost.length).toBeGreaterThan(0);
    for (const { id } of again) expect(lost).not.toContain(id);
  });
});

describe('the hand-overs of one call', () => {
  const twice = program([
    { hand_over: { url: 'http://shop.test/' } },
    { play: 3 },
    { hand_over: { url: 'http://shop.test/' } },
    'hang_up',
  ]);
  const take = (state: PlanState, event: object, at: number): Life => {
    const step = flow.step(twice, state, { ...event, at } as never);
    return { state: step.state, effects: step.effects };
  };
  const returned = (life: Life, at: number): Life => {
    const answer = { status: 200, body: JSON.stringify({ action: 'return' }), latencyMs: 1, attempts: 1 };
    return take(life.state, { type: 'http_answered', effectId: requestOf(life).id, ...answer }, at);
  };
  const played = (life: Life, at: number): Life => {
    const play = life.effects.find((effect) => effect.type === 'play');
    if (play === undefined) throw new Error('nothing is played');
    return take(life.state, { type: 'playback_finished', playbackId: play.playbackId, failed: false }, at);
  };
  /** The first one is over, and the prompt between them plays. */
  const between = (): Life => {
    const { state, effects } = flow.begin(twice, arrival());
    expect(requestOf({ state, effects }).body.step).toBe(1);
    return returned({ state, effects }, START + 100);
  };

  it('have a step of their own for each request', () => {
    expect(requestOf(played(between(), START + 2_000)).body.step).toBe(2);
  });

  it('do so after a restart between them that may have lost requests', () => {
    const { state, effects } = between();
    const seen = requestOf(played({ state, effects }, START + 2_000)).body.step;
    const resumed = take(state, { type: 'resumed' }, START + 3_000);
    expect(requestOf(played({ state: resumed.state, effects }, START + 4_000)).body.step).toBeGreaterThan(seen);
  });

  it('do so in a call of an earlier version without that count', () => {
    const { state, effects } = between();
    const stored = structuredClone(state);
    delete stored.handOverStep;
    const resumed = take(stored, { type: 'resumed' }, START + 3_000);
    expect(requestOf(played({ state: resumed.state, effects }, START + 4_000)).body.step).toBeGreaterThan(1);
  });

  it('have a budget of requests each', () => {
    let life = played(between(), START + 2_000);
    for (let request = 1; request < 30; request += 1) {
      const answer = { status: 200, body: JSON.stringify({ action: 'answer' }), latencyMs: 1, attempts: 1 };
      life = take(
        life.state,
        { type: 'http_answered', effectId: requestOf(life).id, ...answer },
        START + 2_000 + request,
      );
    }
    expect(requestOf(life).body.step).toBe(31);
  });
});
