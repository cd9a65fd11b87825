import { api } from '../api/client.js';
import { formatTime } from '../format.js';
import { can } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { Badge } from '../ui/badge.js';
import { deferred } from '../ui/deferred.js';
import { usePolled } from '../ui/polled.js';
import { Skeleton } from '../ui/skeleton.js';
import { Backups } from './backups.js';
import { Bans } from './bans.js';
import { Checks } from './checks.js';
import { MachineFacts } from './facts.js';
import { HeldNotifications } from './held-notifications.js';
import { RefusedCalls } from './refused-calls.js';
import { texts } from './texts.js';
import { TrunkFacts } from './trunk.js';
import type { SystemState } from './types.js';
import '../styles/setup.css';

const Doctor = deferred(async () => (await import('./doctor.js')).Doctor, 3);

const TONES = { ready: 'free', degraded: 'ring', 'not ready': 'bad' } as const;

/** Whether everything works, what to do about what does not, and which calls reached nobody. */
export default function SystemPage() {
  const [state] = usePolled(() => api.get('/api/v1/system'));
  return (
    <>
      <PageHeader title={texts.title}>
        {can('config:write') && (
          <>
            <a class="button" href="/system/connect">
              {texts.connect}
            </a>
            <SetUpLink />
          </>
        )}
      </PageHeader>
      {state === undefined ? <Skeleton rows={8} /> : <Content state={state} />}
      <Doctor />
      {can('calls:read') && <HeldNotifications />}
      {can('backups:make') && <Backups />}
      {can('bans:write') && <Bans />}
      {can('calls:read') && <RefusedCalls />}
    </>
  );
}

function Content({ state }: { state: SystemState }) {
  return (
    <div class="system">
      <p class="overall" role="status" data-status={state.status}>
        <Badge tone={TONES[state.status]} icon={state.status === 'ready' ? 'check' : 'warning'}>
          {texts.status[state.status]}
        </Badge>
        <span class="soft">{texts.checkedAt(formatTime(Date.now()))}</span>
      </p>
      <Checks state={state} />
      <div class="columns">
        <TrunkFacts state={state} />
        <MachineFacts state={state} />
      </div>
    </div>
  );
}

function SetUpLink() {
  const [progress] = usePolled(() => api.get('/api/v1/setup'));
  if (progress === undefined || progress.state === 'finished') return null;
  return (
    <a class="button" href="/setup">
      {texts.setUp}
    </a>
  );
}
