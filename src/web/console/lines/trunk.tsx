import { api } from '../api/client.js';
import { Badge } from '../ui/badge.js';
import { usePolled } from '../ui/polled.js';
import { texts } from './texts.js';
import '../styles/forms.css';

function CompanyTrunks({ areUp }: { areUp: boolean }) {
  return (
    <p class="trunk">
      <span>{texts.trunkName}</span>{' '}
      <Badge tone={areUp ? 'free' : 'bad'} icon={areUp ? 'free' : 'warning'}>
        {areUp ? texts.trunk.online : texts.trunk.offline}
      </Badge>{' '}
      <a href="/trunks">{texts.details}</a>
    </p>
  );
}

/** Whether calls come in and go out: the state of the trunk and its registration with the provider. */
export function TrunkBadge() {
  const [data] = usePolled(async () => api.get('/api/v1/system'));
  if (data === undefined) return null;
  const { trunk, trunks } = data;
  if (trunks.length > 0) return <CompanyTrunks areUp={trunks.every(({ up, state }) => up || state === 'disabled')} />;
  const registered = trunk?.registrations.every((state) => state === 'Registered') ?? true;
  const isGood = trunk?.state === 'online' && registered;
  const words =
    trunk === null
      ? texts.trunk.unknown
      : registered
        ? texts.trunk[trunk.state]
        : `${texts.trunk.notRegistered} (${trunk.registrations.join(', ')})`;
  return (
    <p class="trunk">
      <span>{texts.trunkName}</span>{' '}
      <Badge tone={isGood ? 'free' : 'bad'} icon={isGood ? 'free' : 'warning'}>
        {words}
      </Badge>
      {!isGood && <a href="/system">{texts.details}</a>}
    </p>
  );
}
