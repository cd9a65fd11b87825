import { Badge, type Tone } from '../ui/badge.js';
import { texts } from './texts.js';
import type { SystemState } from './types.js';

const TONES: Record<'online' | 'offline' | 'unknown', Tone> = { online: 'free', offline: 'bad', unknown: 'quiet' };

/** The trunk and its registration, with the last answer of the provider in words. */
export function TrunkFacts({ state: { trunk } }: { state: SystemState }) {
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

/** Asterisk can add how long ago it tried: `Rejected (exp. 20s ago)`. */
function wordsOf(registration: string): string {
  const [status = ''] = registration.split(' ');
  return status in texts.registrations ? texts.registrations[status as keyof typeof texts.registrations] : registration;
}
