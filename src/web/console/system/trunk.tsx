import { Fragment } from 'preact';
import type { IconName } from '../../icons.js';
import { Badge, type Tone } from '../ui/badge.js';
import { When } from '../ui/when.js';
import { texts } from './texts.js';
import type { SystemState } from './types.js';

const TONES: Record<'online' | 'offline' | 'unknown', Tone> = { online: 'free', offline: 'bad', unknown: 'quiet' };

type Trunk = SystemState['trunks'][number];

/** By colour, shape and word. */
const CONDITIONS: Record<Trunk['state'], { tone: Tone; icon: IconName }> = {
  registered: { tone: 'free', icon: 'free' },
  reachable: { tone: 'free', icon: 'free' },
  unchecked: { tone: 'quiet', icon: 'free' },
  busy: { tone: 'wait', icon: 'talk' },
  registering: { tone: 'wait', icon: 'wait' },
  rejected: { tone: 'bad', icon: 'warning' },
  unreachable: { tone: 'bad', icon: 'warning' },
  missing: { tone: 'bad', icon: 'warning' },
  disabled: { tone: 'quiet', icon: 'off' },
  unknown: { tone: 'quiet', icon: 'off' },
};

/** The trunks of the company, or the one of Asterisk's own files, with the last answer of the provider in words. */
export function TrunkFacts({ state: { trunk, trunks } }: { state: SystemState }) {
  if (trunks.length > 0) return <CompanyTrunks trunks={trunks} />;
  return (
    <section class="card" aria-labelledby="trunk">
      <h2 id="trunk">{texts.trunk}</h2>
      {trunk === null ? (
        <p class="soft">{texts.noAsterisk}</p>
      ) : (
        <>
          <Badge tone={TONES[trunk.state]} icon={trunk.state === 'online' ? 'free' : 'off'}>
            {texts.trunkStates[trunk.state]}
          </Badge>
          <dl class="facts">
            <dt>{texts.endpoint}</dt>
            <dd>
              <code>{trunk.endpoint}</code>
            </dd>
            <dt>{texts.registration}</dt>
            <dd>
              {trunk.registrations.length === 0 ? texts.noRegistration : trunk.registrations.map(wordsOf).join(', ')}
            </dd>
          </dl>
        </>
      )}
    </section>
  );
}

function CompanyTrunks({ trunks }: { trunks: Trunk[] }) {
  return (
    <section class="card" aria-labelledby="trunk">
      <h2 id="trunk">{texts.trunk}</h2>
      <dl class="facts">
        {trunks.map(({ name, title, state, problem, channels, max_channels, last_error }) => (
          <Fragment key={name}>
            <dt>{title === '' ? name : title}</dt>
            <dd>
              <Badge {...CONDITIONS[state]}>{texts.trunkConditions[state]}</Badge>{' '}
              {texts.trunkCalls(channels, max_channels)}
              {problem !== null && <p class="soft">{problem}</p>}
              {last_error !== null && (
                <p class="soft">
                  {texts.lastTrunkError} <When at={last_error.at} />: {last_error.message}
                </p>
              )}
            </dd>
          </Fragment>
        ))}
      </dl>
    </section>
  );
}

/** Asterisk can add how long ago it tried: `Rejected (exp. 20s ago)`. */
function wordsOf(registration: string): string {
  const [status = ''] = registration.split(' ');
  return status in texts.registrations ? texts.registrations[status as keyof typeof texts.registrations] : registration;
}
