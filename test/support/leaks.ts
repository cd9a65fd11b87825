import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, afterEach } from 'vitest';

/**
 * Runs before each test file: an unhandled rejection fails its test, and a timer, socket, listener
 * or child process that is still open at the end of the file fails the file.
 */

/** Closing takes a few turns of the event loop; a handle open for longer is a leak. */
const PATIENCE_MS = 3_000;
const POLL_MS = 20;

/** Types in process.getActiveResourcesInfo() that only an explicit `close()` ends. Timers come and go inside Node and vitest. */
const KINDS = new Set([
  'TCPSocketWrap',
  'TCPServerWrap',
  'TLSWrap',
  'UDPWrap',
  'PipeWrap',
  'ProcessWrap',
  'FSEventWrap',
]);

// Node opens these on their first use: open them before the count.
process.stdout.write('');
process.stderr.write('');
const before = openHandles();
const timers = watchTimers();
const rejections: unknown[] = [];
const onRejection = (reason: unknown) => rejections.push(reason);
process.on('unhandledRejection', onRejection);

afterEach(async () => {
  // Node reports a rejection after the microtasks of its turn.
  await new Promise((resolve) => setImmediate(resolve));
  throwRejection();
});

afterAll(async () => {
  const deadline = performance.now() + PATIENCE_MS;
  let left = leftOpen();
  while (left.length > 0 && performance.now() < deadline) {
    await delay(POLL_MS);
    left = leftOpen();
  }
  timers.restore();
  process.off('unhandledRejection', onRejection);
  throwRejection();
  if (left.length > 0) throw new Error(`Left open by this file:\n${left.join('\n')}`);
}, PATIENCE_MS * 2);

function throwRejection(): void {
  const [first] = rejections.splice(0);
  if (first !== undefined) throw new Error('A rejection was not handled', { cause: first });
}

function leftOpen(): string[] {
  const excess = [...openHandles()].flatMap(([kind, count]) => {
    const more = count - (before.get(kind) ?? 0);
    return more > 0 ? [`${more} ${kind}`] : [];
  });
  return [...excess, ...timers.running()];
}

function openHandles(): Map<string, number> {
  const counts = new Map<string, number>();
  for (const kind of process.getActiveResourcesInfo()) {
    if (KINDS.has(kind)) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** Records the origin of timers that keep the process alive. Vitest and Node hold the real functions, so theirs are not recorded. */
function watchTimers(): { running(): string[]; restore(): void } {
  const { setTimeout: realTimeout, setInterval: realInterval, clearTimeout: realClear, clearInterval } = globalThis;
  const live = new Map<NodeJS.Timeout, string>();

  const remember = (timer: NodeJS.Timeout): NodeJS.Timeout => {
    live.set(timer, (new Error('set').stack ?? '').split('\n').slice(3, 6).join('\n'));
    return timer;
  };
  const forget = (timer: unknown) => live.delete(timer as NodeJS.Timeout);

  globalThis.setTimeout = Object.assign(
    ((callback: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => {
      const timer = realTimeout(() => {
        forget(timer);
        callback(...given);
      }, ms);
      return remember(timer);
    }) as typeof setTimeout,
    { [promisify.custom]: delay },
  );
  globalThis.setInterval = ((callback: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) =>
    remember(realInterval(callback, ms, ...given))) as typeof setInterval;
  globalThis.clearTimeout = (timer) => {
    forget(timer);
    realClear(timer);
  };
  globalThis.clearInterval = (timer) => {
    forget(timer);
    clearInterval(timer);
  };
  return {
    running: () => [...live].filter(([timer]) => timer.hasRef()).map(([, where]) => `timer set\n${where}`),
    restore: () =>
      Object.assign(globalThis, {
        setTimeout: realTimeout,
        setInterval: realInterval,
        clearTimeout: realClear,
        clearInterval,
      }),
  };
}
