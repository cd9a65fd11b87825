import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import { formatTime } from '../format.js';
import { MonitorConnection, type Live } from '../now/connection.js';
import { sectionsOf } from '../now/sections.js';
import { pageTitle } from '../shell/title.js';
import { now } from '../ui/clock.js';
import { useRefresh } from '../ui/refresh.js';
import { fitCards, type Fit } from './fit.js';
import { QueueCard } from './queue-card.js';
import { texts } from './texts.js';
import { loadToday, today } from './today.js';
import '../styles/wall.css';

const REFRESH_MS = 15_000;
/** Numbers of the day that are older than this are said to be old. */
const OLD_MS = 90_000;
/** Height of heading, footer and margins. */
const AROUND_EM = 7.5;
const NONE_HELD = new Map<string, never>();

const live = signal<Live>({ state: undefined, lostAt: undefined, clockAheadMs: 0 });

/** The queues on a large screen: readable from afar, without a menu. `?queue=1&queue=2` shows only these. */
export default function WallPage() {
  useEffect(() => {
    pageTitle.value = texts.title;
    // All handsets, whichever label the page Now shows in this browser.
    const connection = new MonitorConnection((state) => (live.value = state), null, undefined);
    const reconnect = () => connection.reconnectNow();
    connection.open();
    addEventListener('online', reconnect);
    void loadToday();
    return () => {
      removeEventListener('online', reconnect);
      connection.close();
    };
  }, []);
  useRefresh(() => void loadToday(), REFRESH_MS, []);
  const { state, lostAt } = live.value;
  const isStale = lostAt !== undefined || state?.current === false;
  return (
    <div class={isStale ? 'wall stale' : 'wall'} aria-busy={isStale}>
      <header class="wall-head">
        <h1>{texts.title}</h1>
        <Status />
        <Clock />
      </header>
      {state === undefined ? <div /> : <Queues />}
      {(state !== undefined || lostAt !== undefined) && <Foot />}
    </div>
  );
}

function Foot() {
  return (
    <footer class="wall-foot">
      <button type="button" onClick={() => void document.documentElement.requestFullscreen()}>
        {texts.fullScreen}
      </button>
      {/* This document has no menu: the next page is loaded. */}
      <a href="/now" onClick={(event) => event.stopPropagation()}>
        {texts.leave}
      </a>
    </footer>
  );
}

function Queues() {
  const { state, clockAheadMs } = live.value;
  const chosen = new URLSearchParams(location.search).getAll('queue').map(Number);
  const queues = (state === undefined ? [] : sectionsOf(state, NONE_HELD).queues).filter(
    ({ queue }) => chosen.length === 0 || chosen.includes(queue.id),
  );
  const { columns, em, isCompact } = useFit(queues.length);
  if (queues.length === 0) return <p class="wall-empty">{texts.noQueues}</p>;
  return (
    <div
      class={isCompact ? 'wall-queues compact' : 'wall-queues'}
      style={{ fontSize: `${em}px`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
    >
      {queues.map((each) => (
        <QueueCard
          key={each.queue.id}
          {...each}
          sums={today.value?.queues.get(String(each.queue.id))}
          hasSums={today.value !== undefined}
          clockAheadMs={clockAheadMs}
          isCompact={isCompact}
        />
      ))}
    </div>
  );
}

/** The layout of the cards on this screen. */
function useFit(count: number): Fit {
  const [screen, setScreen] = useState(screenSize);
  useEffect(() => {
    const onResize = () => setScreen(screenSize());
    addEventListener('resize', onResize);
    return () => removeEventListener('resize', onResize);
  }, []);
  const usualEm = usualEmOf(screen.width);
  const height = screen.height - AROUND_EM * usualEm;
  return fitCards(count, { width: screen.width - 2 * usualEm, height }, usualEm);
}

function screenSize(): { width: number; height: number } {
  return { width: document.documentElement.clientWidth, height: innerHeight };
}

/** As `.wall` in wall.css. */
function usualEmOf(width: number): number {
  return Math.min(60, Math.max(16, width * 0.0125));
}

/** Whether the numbers are those of now. */
function Status() {
  const { state, lostAt } = live.value;
  const isOk = state !== undefined && lostAt === undefined && state.current && state.durable;
  return (
    <p
      class={isOk || state === undefined ? 'standing' : 'standing bad'}
      role="status"
      data-standing={isOk ? 'live' : 'stale'}
    >
      <span class="dot" aria-hidden="true" />
      {statusText(live.value)}
      <OldSums />
    </p>
  );
}

function statusText({ state, lostAt }: Live): string {
  if (lostAt !== undefined) return texts.disconnected(formatTime(lostAt));
  if (state === undefined) return texts.connecting;
  if (!state.current) return texts.asterisk;
  return state.durable ? texts.live : texts.notDurable;
}

function OldSums() {
  const loaded = today.value;
  if (loaded === undefined || now.value - loaded.at < OLD_MS) return null;
  return <span> · {texts.sumsOld(formatTime(loaded.at))}</span>;
}

function Clock() {
  return (
    <p class="wall-clock" aria-hidden="true">
      {formatTime(now.value)}
    </p>
  );
}
