import { useSignal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';
import { dayOf } from '../dates.js';
import { lineName, queueName, titleOfHandset } from '../names.js';
import { session } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { useLatest } from '../ui/latest.js';
import { useRefresh } from '../ui/refresh.js';
import { Skeleton } from '../ui/skeleton.js';
import { showFailure } from '../ui/toasts.js';
import { Chart } from './chart.js';
import { chartsOf, drawnColumn } from './columns.js';
import { FilterBar } from './filter-bar.js';
import { addressOf, readFilter, views, type ReportFilter, type View } from './filter.js';
import { HeatMap } from './heat-map.js';
import { csvAddress, loadReport, type LoadedReport } from './load.js';
import { groupName } from './numbers.js';
import { pairsOf, totalPairsOf, withoutNight, type Pair } from './series.js';
import { ReportTable, Tiles } from './table.js';
import { statusWord, texts } from './texts.js';
import '../styles/reports.css';

const REFRESH_MS = 60_000; // eslint-disable-line no-restricted-syntax -- lib/time.ts is not for browsers

/** Calls, waiting, queues, operators, menus and the shop in numbers. The filter is in the address: a link keeps it. */
export default function ReportsPage() {
  const { url } = useLocation();
  const { search } = new URL(url, location.origin);
  const today = dayOf(Date.now(), session.timeZone);
  const filter = readFilter(search, today);
  const loaded = useSignal<LoadedReport | undefined>(undefined);
  const isStale = useSignal(false);
  const latest = useLatest();
  const load = async () => {
    const outcome = await latest(loadReport(readFilter(search, dayOf(Date.now(), session.timeZone))));
    if (outcome === undefined) return;
    isStale.value = !outcome.ok;
    if (outcome.ok) loaded.value = outcome.data;
    else if (loaded.value === undefined) showFailure(outcome.status);
  };
  useEffect(() => {
    if (loaded.value?.filter.view !== filter.view) loaded.value = undefined;
    void load();
  }, [search]);
  useRefresh(() => void load(), REFRESH_MS, [search]);
  const shown = loaded.value;
  return (
    <>
      <PageHeader title={texts.title}>
        <a class="button" href={csvAddress(filter)} download>
          {texts.csv}
        </a>
      </PageHeader>
      <ViewTabs filter={filter} today={today} />
      <FilterBar filter={filter} today={today} />
      {isStale.value && shown !== undefined && (
        <p class="bad" role="status">
          {texts.stale}
        </p>
      )}
      {shown === undefined ? <Skeleton rows={6} /> : <Report shown={shown} today={today} />}
    </>
  );
}

function ViewTabs({ filter, today }: { filter: ReportFilter; today: string }) {
  return (
    <nav class="tabs views" aria-label={texts.title}>
      {views.map((view) => (
        <a
          key={view}
          href={addressOf({ ...filter, view, key: undefined, measure: undefined }, today)}
          aria-current={view === filter.view ? 'page' : undefined}
        >
          {texts.views[view]}
        </a>
      ))}
    </nav>
  );
}

function Report({ shown, today }: { shown: LoadedReport; today: string }) {
  const { filter, current, before } = shown;
  const totals = totalPairsOf(current.totals, before?.totals);
  const isEmpty = totals.every(({ row }) => row === undefined);
  if (isEmpty && current.pending === 0)
    return (
      <EmptyState icon="reports" title={filter.view === 'calls' ? texts.none : texts.noneOf}>
        {texts.noneHint}
      </EmptyState>
    );
  return (
    <>
      {current.pending > 0 && <p class="soft">{texts.pending(current.pending)}</p>}
      {filter.key === undefined && filter.view !== 'calls' ? (
        <AllKeys filter={filter} totals={totals} today={today} isCompared={before !== undefined} />
      ) : (
        <OneKey shown={shown} totals={totals} today={today} />
      )}
    </>
  );
}

/** All queues, lines, handsets …: the sums of each, with a link to its own report. */
function AllKeys(props: { filter: ReportFilter; totals: Pair[]; today: string; isCompared: boolean }) {
  const { filter, totals, today, isCompared } = props;
  return (
    <ReportTable
      view={filter.view}
      pairs={totals}
      head={texts.ofKey[filter.view]}
      isCompared={isCompared}
      nameOf={(pair) => <a href={addressOf({ ...filter, key: pair.group }, today)}>{keyName(filter.view, pair)}</a>}
    />
  );
}

/** One queue, line, handset …, drawn and in numbers. */
function OneKey({
  shown: { filter, current, before },
  totals,
  today,
}: {
  shown: LoadedReport;
  totals: Pair[];
  today: string;
}) {
  const key = filter.key ?? 'incoming';
  const pairs = pairsOf(filter.by, key, current, before);
  const total = totals.find(({ group }) => group === key);
  const shownPairs = withoutNight(filter.by, pairs);
  const isCompared = before !== undefined;
  const drawn = drawnColumn(filter.view, filter.measure);
  return (
    <>
      {filter.view !== 'calls' && (
        <div class="one-key">
          <h2>{keyName(filter.view, total ?? { group: key, row: undefined, before: undefined })}</h2>
          <a href={addressOf({ ...filter, key: undefined }, today)}>{texts.all}</a>
        </div>
      )}
      {total !== undefined && <Tiles view={filter.view} pair={total} within={filter.within} />}
      {filter.by === 'weekday_hour' && drawn !== undefined ? (
        <HeatMap column={drawn} pairs={shownPairs} isCompared={isCompared} />
      ) : (
        <div class="charts">
          {chartsOf(filter.view).map((plan) => (
            <Chart key={plan.title} plan={plan} pairs={pairs} by={filter.by} />
          ))}
        </div>
      )}
      <h2>{texts.sums}</h2>
      <ReportTable
        view={filter.view}
        pairs={shownPairs}
        head={texts.inTime}
        isCompared={isCompared}
        nameOf={({ group }) => groupName(group, filter.by)}
      />
    </>
  );
}

function keyName(view: View, { group, row, before }: Pair): string {
  const names: Record<View, () => string> = {
    calls: () => group,
    queues: () => queueName(Number(group)),
    lines: () => lineName(group),
    agents: () => titleOfHandset(group),
    menus: () => row?.name ?? before?.name ?? texts.goneMenu,
    notifications: () => statusWord(group),
    shop: () => group,
    quality: () => legName(group),
  };
  return names[view]();
}

/** The name of what the key of a leg's quality stands for: `handset/eva`, `trunk/provider` or `line/+420222333444`. */
function legName(key: string): string {
  const [kind, name] = key.split(/\/(.*)/s) as [string, string];
  return kind === 'handset' ? titleOfHandset(name) : kind === 'line' ? lineName(name) : texts.trunk(name);
}
