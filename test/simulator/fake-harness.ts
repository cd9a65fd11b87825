import { FakeAsterisk } from '../../src/simulator/fake-asterisk.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';
import type { ConformanceHarness } from '../asterisk/conformance/harness.js';

const MEDIA_MS: Record<string, number> = { 'sound:short': 400, 'sound:long': 20_000 };
const SETTLE_MS = 300;
const LINE = '+420222333444';

const microtasks = () => new Promise((resolve) => setImmediate(resolve));

/** The conformance suite's harness around the fake: time passes only while somebody waits. */
export function makeFakeHarness(): Promise<ConformanceHarness> {
  const clock = new VirtualClock(Date.parse('2026-11-21T10:00:00Z'));
  const fake = new FakeAsterisk({ clock, durationOf: (media) => MEDIA_MS[media] });
  fake.setCallee('PJSIP/1@trunk', { type: 'answers', afterMs: 100 });
  fake.setCallee('PJSIP/2@trunk', { type: 'busy' });
  fake.setCallee('PJSIP/3@trunk', { type: 'rejects' });
  fake.setCallee('PJSIP/4@trunk', { type: 'ignores' });
  fake.setCallee('PJSIP/8@trunk', { type: 'announces' });
  fake.setCallee('PJSIP/5@trunk', { type: 'answers', afterMs: 100, greetingMs: 6000 });
  fake.setCallee('PJSIP/6@trunk', { type: 'provider_refuses' });
  fake.setCallee('PJSIP/7@trunk', { type: 'no_such_number' });
  fake.start();

  const act = async (hand: () => void) => {
    hand();
    await microtasks();
  };
  return Promise.resolve({
    port: fake,
    media: { short: 'sound:short', long: 'sound:long', missing: 'sound:missing' },
    callees: {
      answers: 'PJSIP/1@trunk',
      machine: 'PJSIP/5@trunk',
      busy: 'PJSIP/2@trunk',
      declines: 'PJSIP/3@trunk',
      ignores: 'PJSIP/4@trunk',
      refusedByProvider: 'PJSIP/6@trunk',
      noSuchNumber: 'PJSIP/7@trunk',
      announces: 'PJSIP/8@trunk',
    },
    place: { context: 'cordboard-fallback', extension: 's', priority: 1 },
    line: LINE,
    incomingCall: async (from) => {
      const id = fake.incomingCall({ from, to: LINE, args: ['incoming', LINE] });
      await microtasks();
      return {
        press: (keys) => act(() => fake.press(id, keys)),
        hangUp: () => act(() => fake.farEndHangsUp(id)),
      };
    },
    calleeHangsUp: (channelId) => act(() => fake.farEndHangsUp(channelId)),
    register: async (account) => {
      let unregister = (): void => undefined;
      await act(() => (unregister = fake.register(account)));
      return () => act(unregister);
    },
    staff: async (account, does) => {
      await act(() => void fake.register(account));
      const callee = {
        answers: { type: 'answers', afterMs: 100 },
        ignores: { type: 'ignores' },
        refuses: { type: 'rejects' },
      } as const;
      await act(() => fake.setCallee(`PJSIP/${account.name}`, callee[does]));
      return {
        press: (channelId, keys) => act(() => fake.pressInTalk(channelId, keys)),
        hangUp: (channelId) => act(() => fake.handsetHangsUp(channelId)),
        unregister: () => act(() => fake.setCallee(`PJSIP/${account.name}`, { type: 'offline' })),
      };
    },
    dropLink: () => act(() => fake.dropLink()),
    restoreLink: () => act(() => fake.restoreLink()),
    restartAsterisk: () => act(() => fake.restart()),
    takeOver: () => act(() => fake.replace()),
    until: async (look, complaint) => {
      for (;;) {
        await microtasks();
        const found = look();
        if (found !== undefined) return found;
        const due = clock.nextDueAt();
        if (due === undefined) throw new Error(complaint());
        clock.advanceTo(due);
      }
    },
    settle: () => act(() => clock.advanceBy(SETTLE_MS)),
    close: () => fake.stop(),
  });
}
