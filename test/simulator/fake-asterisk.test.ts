import { beforeEach, describe, expect, it } from 'vitest';
import { AsteriskError } from '../../src/asterisk/port.js';
import type { AsteriskEvent } from '../../src/asterisk/port.js';
import { FakeAsterisk } from '../../src/simulator/fake-asterisk.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';

const lost = new AsteriskError('unavailable', 'the answer was lost');

describe('the fake Asterisk', () => {
  let clock: VirtualClock;
  let fake: FakeAsterisk;
  let emitted: AsteriskEvent[];

  beforeEach(() => {
    clock = new VirtualClock(0);
    fake = new FakeAsterisk({ clock, durationOf: () => 1000 });
    fake.start();
    emitted = [];
    fake.onEvent((event) => emitted.push(event));
  });

  it('records every request in order, refused ones included', async () => {
    const id = fake.incomingCall({ from: '1', to: '2' });
    clock.advanceBy(70);
    await fake.answer(id);
    await expect(fake.answer('nobody')).rejects.toMatchObject({ reason: 'gone' });
    expect(fake.requests).toEqual([
      { at: 70, method: 'answer', args: [id] },
      { at: 70, method: 'answer', args: ['nobody'] },
    ]);
  });

  it('raises what a request brings about after the request, not within it', async () => {
    const id = fake.incomingCall({ from: '1', to: '2' });
    const answered = fake.answer(id);
    expect(emitted.map(({ type }) => type)).toEqual(['channel_entered']);
    await answered;
    await Promise.resolve();
    expect(emitted.map(({ type }) => type)).toEqual(['channel_entered', 'channel_answered']);
  });

  it('lets the nth call of a method fail, carried out or not', async () => {
    const id = fake.incomingCall({ from: '1', to: '2' });
    fake.inject('setVariable', { error: lost }, 2);
    fake.inject('setVariable', { error: lost, carriedOut: true }, 3);
    await fake.setVariable(id, 'a', '1');
    await expect(fake.setVariable(id, 'b', '2')).rejects.toBe(lost);
    await expect(fake.setVariable(id, 'c', '3')).rejects.toBe(lost);
    await fake.setVariable(id, 'd', '4');
    expect(['a', 'b', 'c', 'd'].map((name) => fake.variable(id, name))).toEqual(['1', undefined, '3', '4']);
  });

  it('delays a call, which finds things as they are then', async () => {
    const id = fake.incomingCall({ from: '1', to: '2' });
    fake.inject('answer', { delayMs: 500 });
    const answer = fake.answer(id);
    fake.farEndHangsUp(id);
    clock.advanceBy(500);
    await expect(answer).rejects.toMatchObject({ reason: 'gone' });
  });

  it('reports no events of the time while the link was down', () => {
    const id = fake.incomingCall({ from: '1', to: '2' });
    fake.dropLink();
    fake.press(id, '12');
    fake.farEndHangsUp(id);
    fake.restoreLink();
    expect(emitted.map(({ type }) => type)).toEqual(['channel_entered', 'link_down', 'link_up']);
  });

  it('leaves no timer when stopped', async () => {
    const id = fake.incomingCall({ from: '1', to: '2' });
    fake.setCallee('PJSIP/a', { type: 'ignores' });
    await fake.dial({ channelId: 'x~1', endpoint: 'PJSIP/a', timeoutS: 30 });
    await fake.play({ channelId: id, playbackId: 'p', media: ['sound:a'] });
    expect(clock.nextDueAt()).toBeDefined();
    await fake.stop();
    expect(clock.nextDueAt()).toBeUndefined();
  });
});
