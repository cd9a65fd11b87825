import { useComputed } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useState } from 'preact/hooks';
import { compact } from '../../../lib/compact.js';
import { api } from '../api/client.js';
import { CallButton } from '../dialling/deferred-button.js';
import { formatDuration, groupDigits } from '../format.js';
import { lineName } from '../names.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { deferred } from '../ui/deferred.js';
import { EmptyState } from '../ui/empty-state.js';
import { now } from '../ui/clock.js';
import { doLater, UNDO_END_MS } from '../ui/later.js';
import { useListFilter } from '../ui/list-filter.js';
import { useLiveList } from '../ui/live-list.js';
import { showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { FilterBar } from '../ui/filter-bar.js';
import { ListFrame } from '../ui/list-frame.js';
import { OrderFilter } from './filter.js';
import { BridgeState } from './states.js';
import { texts } from './texts.js';
import type { Bridge } from './types.js';
import '../styles/orders.css';

const FIELDS = ['order', 'running'] as const;

const NewBridge = deferred(async () => (await import('./new-bridge.js')).NewBridge, 6);

/** Calls between two parties that do not see each other's number; with `?new` the form for another one. */
export default function BridgesPage() {
  const { query } = useLocation();
  return 'new' in query && can('calls:control') ? <NewBridge /> : <BridgeList />;
}

function BridgeList() {
  const { chosen, key, choose } = useListFilter('/bridges', FIELDS);
  const { list, loadOlder, reload } = useLiveList({
    key,
    idOf: (bridge: Bridge) => bridge.bridge_id,
    load: async (page) => {
      const running = chosen.running === 'true' ? ('true' as const) : undefined;
      const query = compact({ ...page, numbers: 'true' as const, order_id: chosen.order, running });
      const outcome = await api.get('/api/v1/bridges', { query });
      return outcome.ok ? { ...outcome, data: { items: outcome.data.bridges, next: outcome.data.next } } : outcome;
    },
  });
  return (
    <>
      <PageHeader title={texts.bridges}>
        {can('calls:control') && (
          <a class="button primary" href="/bridges?new=1">
            {texts.newBridge}
          </a>
        )}
      </PageHeader>
      <FilterBar all={key === '' ? undefined : '/bridges'} showAll={texts.showAll}>
        <OrderFilter value={chosen.order ?? ''} onChoose={(value) => choose('order', value)} />
        <label class="check">
          <input
            type="checkbox"
            checked={chosen.running === 'true'}
            onChange={({ currentTarget: { checked } }) => choose('running', checked ? 'true' : '')}
          />
          {texts.onlyRunning}
        </label>
      </FilterBar>
      <ListFrame
        list={list}
        loadOlder={loadOlder}
        rows={6}
        words={{ more: texts.older, shown: texts.shown }}
        empty={
          <EmptyState icon="orders" title={key === '' ? texts.noBridges : texts.noMatch}>
            {key === '' && texts.noBridgesHint}
          </EmptyState>
        }
      >
        {(bridges) => <BridgeTable bridges={bridges} onEnded={reload} />}
      </ListFrame>
    </>
  );
}

function BridgeTable({ bridges, onEnded }: { bridges: Bridge[]; onEnded: () => void }) {
  const mayEnd = can('calls:control') && bridges.some(({ ended_at: ended }) => ended === null);
  return (
    <table class="cards orders-list">
      <thead>
        <tr>
          <th>{texts.order}</th>
          <th>{texts.state}</th>
          <th>{texts.legs.a}</th>
          <th>{texts.legs.b}</th>
          <th>{texts.shownLine}</th>
          <th class="number">{texts.talked}</th>
          <th class="number">{texts.when}</th>
          {mayEnd && (
            <th>
              <span class="unseen">{texts.actionsOf}</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {bridges.map((bridge) => (
          <BridgeRow key={bridge.bridge_id} bridge={bridge} mayEnd={mayEnd} onEnded={onEnded} />
        ))}
      </tbody>
    </table>
  );
}

function BridgeRow({ bridge, mayEnd, onEnded }: { bridge: Bridge; mayEnd: boolean; onEnded: () => void }) {
  const { bridge_id: id, order_id: order, created_at: at, bridged_at: bridged, ended_at: ended } = bridge;
  return (
    <tr>
      <td>
        <a href={`/calls/${encodeURIComponent(id)}`}>{order}</a>
      </td>
      <td data-label={texts.state}>
        <BridgeState bridge={bridge} />
      </td>
      {(['a', 'b'] as const).map((leg) => (
        <td key={leg} data-label={texts.legs[leg]}>
          {texts.roles[bridge[leg].role]} <span class="whole">{groupDigits(bridge[leg].phone ?? '')}</span>
          <CallButton number={bridge[leg].phone ?? ''} />
        </td>
      ))}
      {/* It may break between groups of digits. */}
      <td data-label={texts.shownLine}>{lineName(bridge.line).replaceAll('\u00a0', ' ')}</td>
      <td class="number" data-label={texts.talked}>
        {bridged === null ? (
          '–'
        ) : ended === null ? (
          <RunningTime since={bridged} />
        ) : (
          formatDuration(Date.parse(ended) - Date.parse(bridged))
        )}
      </td>
      <td class="number" data-label={texts.when}>
        <When at={at} />
      </td>
      {mayEnd && <td>{ended === null && <End bridge={bridge} onEnded={onEnded} />}</td>}
    </tr>
  );
}

function RunningTime({ since }: { since: string }) {
  const text = useComputed(() => formatDuration(now.value - Date.parse(since)));
  return <time dateTime={since}>{text}</time>;
}

function End({ bridge: { bridge_id: id, order_id: order }, onEnded }: { bridge: Bridge; onEnded: () => void }) {
  const [isPressed, setPressed] = useState(false);
  const end = async () => {
    const outcome = await api.delete('/api/v1/bridges/{id}', { path: { id } });
    if (!outcome.ok) {
      showFailure(outcome.status);
      setPressed(false);
    }
    onEnded();
  };
  const press = () => {
    setPressed(true);
    doLater(
      texts.ending(order),
      () => void end(),
      () => setPressed(false),
      UNDO_END_MS,
    );
  };
  return (
    <button
      type="button"
      class="danger"
      aria-label={texts.endFor(order)}
      title={texts.endHint}
      disabled={isPressed}
      onClick={press}
    >
      {texts.end}
    </button>
  );
}
