import { api } from '../api/client.js';
import { mayConfigure } from '../config/may-configure.js';
import { usePolled } from '../ui/polled.js';
import { PasswordForm } from './password-form.js';
import { TrunkCondition } from './state.js';
import { TestCall } from './test-call.js';
import { texts } from './texts.js';

/** What belongs to a trunk besides its settings: state, password and a test call. */
export function TrunkCards({ name }: { name: string }) {
  const [data, reload] = usePolled(() => api.get('/api/v1/trunks'), name);
  const trunk = data?.trunks.find((each) => each.name === name);
  if (trunk === undefined) return null;
  return (
    <div class="cards-column">
      <section class="card" aria-labelledby="state">
        <h2 id="state">{texts.state}</h2>
        <TrunkCondition trunk={trunk} />
      </section>
      {mayConfigure() && (
        <>
          <PasswordForm trunk={name} isStored={trunk.has_password} onStored={reload} />
          <TestCall trunk={name} />
        </>
      )}
    </div>
  );
}
