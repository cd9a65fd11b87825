import { api } from '../api/client.js';
import { can } from '../session.js';
import { Icon } from '../ui/icon.js';
import { usePolled } from '../ui/polled.js';
import { texts } from './texts.js';

/** Shows failed checks of the system to visitors with the right to see them. */
export function NeedsYou() {
  return can('metrics:read') ? <FailingChecks /> : null;
}

function FailingChecks() {
  const [state] = usePolled(() => api.get('/api/v1/system'));
  const failing = state?.checks.filter(({ ok }) => !ok) ?? [];
  if (failing.length === 0) return null;
  return (
    <p class={failing.some(({ blocking }) => blocking) ? 'needs-you bad' : 'needs-you'} role="status">
      <Icon name="warning" />
      {texts.needsYou(failing.length)} <a href="/system">{texts.showSystem}</a>
    </p>
  );
}
