import type { ShownCall, State } from '../../monitor/protocol.js';
import type { Crosses } from './crosses.js';
import { Reject } from './reject.js';
import { texts } from './texts.js';
import { lasting, nameOf, numberInGroups, person, ringsHere } from './words.js';

interface Shared {
  state: State;
  /** By the gateway's clock. */
  now: number;
  crosses: Crosses;
}

/** On top: whose call rings here, with all that helps to pick it up. Whom we call is not to be picked up. */
export function RingingCalls({ state, now, crosses }: Shared) {
  const ringing = Object.values(state.calls)
    .filter(ringsHere)
    .sort((a, b) => a.since.localeCompare(b.since));
  return (
    <section aria-labelledby="ringing">
      <h2 id="ringing" tabIndex={-1}>
        {texts.ringing}
      </h2>
      {ringing.length === 0 && <p class="soft">{texts.nobodyRings}</p>}
      <ul class="ringing">
        {ringing.map((call) => (
          <li key={call.id} data-id={call.id}>
            <div class="who">
              <Who call={call} />
              <p class="soft">
                {texts.rings} <b>{call.rings.map((each) => handsetName(state, person(each))).join(', ')}</b>
                {call.label !== undefined && <span class="label">{call.label}</span>}
              </p>
              <Orders call={call} />
            </div>
            <Since since={call.since} now={now} />
            <Reject call={call} crosses={crosses} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Who talks, who still hears prompts, and who is called. */
export function OtherCalls({ state, now, crosses }: Shared) {
  const others = Object.values(state.calls)
    .filter((call) => !ringsHere(call) && call.position === undefined)
    .sort((a, b) => a.since.localeCompare(b.since));
  if (others.length === 0) return null;
  return (
    <section aria-labelledby="in-progress">
      <h2 id="in-progress" tabIndex={-1}>
        {texts.inProgress}
      </h2>
      <ul class="rows">
        {others.map((call) => (
          <li key={call.id} data-id={call.id}>
            <span class="who">
              <b>{nameOf(call)}</b> <Number call={call} />
              <span class="soft what">{doingOf(state, call)}</span>
            </span>
            <Since since={call.since} now={now} />
            <Reject call={call} crosses={crosses} enabled={crosses.may && call.talk === undefined} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** At the right: who waits, in order. */
export function Queues({ state, now, crosses }: Shared) {
  return (
    <section class="queues" aria-labelledby="queues">
      <h2 id="queues" tabIndex={-1}>
        {texts.queues}
      </h2>
      {Object.values(state.queues).map((queue) => {
        const calls = Object.values(state.calls)
          .filter((call) => call.queue === queue.id && call.position !== undefined)
          .sort((a, b) => (a.position ?? 0) - (b.position ?? 0) || a.since.localeCompare(b.since));
        const others = queue.waiting - calls.filter(({ id }) => !crosses.held.has(id)).length;
        return (
          <div class="queue" key={queue.id} data-queue={queue.id}>
            <h3>
              {queue.name}{' '}
              <span class="count">{queue.waiting === 0 ? texts.nobodyWaits : texts.waiting(queue.waiting)}</span>
            </h3>
            <ol class="rows">
              {calls.map((call) => (
                <li key={call.id} data-id={call.id} value={call.position}>
                  <span class="position">{call.position}</span>
                  <span class="who">
                    <b>{nameOf(call)}</b> <Number call={call} />
                    {call.label !== undefined && <span class="label">{call.label}</span>}
                  </span>
                  <Since since={call.since} now={now} />
                  <Reject call={call} crosses={crosses} />
                </li>
              ))}
            </ol>
            {others > 0 && <p class="soft">{texts.others(others)}</p>}
          </div>
        );
      })}
    </section>
  );
}

function Who({ call }: { call: ShownCall }) {
  const { customer } = call;
  return (
    <p class="caller">
      {customer?.url === undefined ? <b>{nameOf(call)}</b> : <Link to={customer.url} text={nameOf(call)} />}{' '}
      <Number call={call} />
    </p>
  );
}

/** The number, where it is not the name already. */
function Number({ call }: { call: ShownCall }) {
  const number = numberInGroups(call.number);
  return nameOf(call) === number ? null : <span class="number">{number}</span>;
}

function Orders({ call: { customer } }: { call: ShownCall }) {
  if (customer === undefined || customer.orders.length === 0) return null;
  return (
    <ul class="orders" aria-label={texts.orders}>
      {customer.orders.slice(0, 5).map(({ id, status, total, url }) => (
        <li key={id}>
          {url === undefined ? <b>{id}</b> : <Link to={url} text={id} />} {status} {total}
        </li>
      ))}
    </ul>
  );
}

function Link({ to, text }: { to: string; text: string }) {
  return (
    <a href={to} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}

/** What goes on in a call that nobody is to pick up. */
function doingOf(state: State, call: ShownCall): string {
  const { talk, rings, from } = call;
  if (talk !== undefined) return `${texts.talksWith} ${handsetName(state, person(talk))}`;
  const caller = from === undefined ? '' : ` ${texts.from} ${handsetName(state, person(from))}`;
  if (rings.length === 0)
    return call.direction === 'outgoing' && from !== undefined ? `${texts.beingCalled}${caller}` : texts.inPlan;
  const others = rings.map((each) => person(each)).filter((who) => who !== person({ number: call.number }));
  if (others.length === 0) return `${texts.beingCalled}${caller}`;
  return `${texts.rings} ${others.map((who) => handsetName(state, who)).join(', ')}`;
}

export function Since({ since, now }: { since: string; now: number }) {
  return (
    <time class="since" dateTime={since}>
      {lasting(since, now)}
    </time>
  );
}

function handsetName(state: State, name: string): string {
  return state.handsets[name]?.display_name || name;
}
