import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AsteriskEvent } from '../../src/asterisk/port.js';
import { createLogger } from '../../src/lib/logger.js';
import { PromptPrefetch } from '../../src/prompts/prefetch.js';
import { FakeAsterisk } from '../../src/simulator/fake-asterisk.js';
import { VirtualClock } from '../../src/simulator/virtual-clock.js';

/** Prompts are in Asterisk's cache before the first call plays them. */

let asterisk: FakeAsterisk;
let prefetch: PromptPrefetch;
let media: string[];

beforeEach(() => {
  asterisk = new FakeAsterisk({ clock: new VirtualClock(0), durationOf: () => 1000 });
  media = ['sound:a', 'sound:b'];
  prefetch = new PromptPrefetch({ asterisk, media: () => media, logger: createLogger({ level: 'silent' }) });
  prefetch.start();
});
afterEach(async () => {
  await prefetch.stop();
  await asterisk.stop();
});

const fetched = () => asterisk.requests.flatMap(({ method, args }) => (method === 'fetchMedia' ? args : []));
const rest = async () => {
  for (let turns = 0; turns < 50; turns += 1) await turn();
};

describe('prompts are fetched', () => {
  it('after a connect, each once', async () => {
    await rest();
    expect(fetched()).toEqual([]);
    asterisk.start();
    await rest();
    expect(fetched()).toEqual(['sound:a', 'sound:b']);
    expect(prefetch.fetchedCount).toBe(2);
  });

  it('after a change, only the new ones', async () => {
    asterisk.start();
    await rest();
    media = ['sound:b', 'sound:c'];
    prefetch.wake();
    await rest();
    expect(fetched()).toEqual(['sound:a', 'sound:b', 'sound:c']);
  });

  it('prompts that must be made are fetched after the others', async () => {
    const seen: string[][] = [];
    const making = new PromptPrefetch({
      asterisk,
      media: () => media,
      make: () => {
        seen.push(fetched() as string[]);
        if (!media.includes('sound:made')) media.push('sound:made');
        return Promise.resolve();
      },
      logger: createLogger({ level: 'silent' }),
    });
    await prefetch.stop();
    asterisk.start();
    await rest();
    making.wake();
    await rest();
    expect(seen).toEqual([['sound:a', 'sound:b']]);
    expect(fetched()).toEqual(['sound:a', 'sound:b', 'sound:made']);
    await making.stop();
  });

  it('not again by a gateway that was restarted, unless Asterisk was, too', async () => {
    let stored = '';
    const logger = createLogger({ level: 'silent' });
    const restarted = async (restarts: { asterisk: boolean }, wanted: string[]) => {
      const asked: string[] = [];
      let up: (event: AsteriskEvent) => void = () => undefined;
      const gateway = new PromptPrefetch({
        asterisk: {
          usable: true,
          onEvent: (listener) => {
            up = listener;
            return () => undefined;
          },
          fetchMedia: (one) => Promise.resolve(void asked.push(one)),
        },
        media: () => wanted,
        last: { known: stored, changed: (digests) => (stored = digests) },
        logger,
      });
      gateway.start();
      up({ type: 'link_up', at: 0, restarted: restarts.asterisk });
      await rest();
      await gateway.stop();
      return asked;
    };
    expect(await restarted({ asterisk: false }, ['a', 'b'])).toEqual(['a', 'b']);
    expect(await restarted({ asterisk: false }, ['b', 'a'])).toEqual([]);
    expect(await restarted({ asterisk: true }, ['a', 'b'])).toEqual(['a', 'b']);
    expect(await restarted({ asterisk: false }, ['a', 'b'])).toEqual([]);
    expect(await restarted({ asterisk: false }, ['a', 'c'])).toEqual(['c']);
    expect(await restarted({ asterisk: false }, ['a', 'b'])).toEqual(['b']);
  });

  it('one at a time, and none after a stop', async () => {
    let running = 0;
    let most = 0;
    const release: (() => void)[] = [];
    const slow = {
      usable: true,
      onEvent: () => () => undefined,
      fetchMedia: async () => {
        most = Math.max(most, (running += 1));
        await new Promise<void>((resolve) => release.push(resolve));
        running -= 1;
      },
    };
    const one = new PromptPrefetch({ asterisk: slow, media: () => media, logger: createLogger({ level: 'silent' }) });
    one.wake();
    one.wake();
    await rest();
    const stopped = one.stop();
    release[0]?.();
    await stopped;
    expect([most, release.length]).toEqual([1, 1]);
  });
});
