import { Fragment } from 'preact';
import { titleOf, TrunkCondition, type TrunkState } from '../trunks/state.js';
import { Badge, type Tone } from '../ui/badge.js';
import { texts } from './texts.js';
import type { SystemState } from './types.js';

const TONES: Record<'online' | 'offline' | 'unknown', Tone> = { online: 'free', offline: 'bad', unknown: 'quiet' };

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

function CompanyTrunks({ trunks }: { trunks: TrunkState[] }) {
  return (
    <section class="card" aria-labelledby="trunk">
      <h2 id="trunk">
        <a href="/trunks">{texts.trunk}</a>
      </h2>
      <dl class="facts">
        {trunks.map((trunk) => (
          <Fragment key={trunk.name}>
            <dt>{titleOf(trunk)}</dt>
            <dd>
              <TrunkCondition trunk={trunk} />
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
