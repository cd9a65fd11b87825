import type { ShownCall, State } from '../../monitor/protocol.js';
import type { RejectControl } from './reject-control.js';
import { Reject } from './reject.js';
import { texts } from './texts.js';
import { formatDuration, callerName, groupDigits, personName, isRingingHere } from './format.js';

interface Shared {
  state: State;
  /** By the gateway's clock. */
  now: number;
  rejects: RejectControl;
}

/** The ringing calls with the caller's data, on top of the page. Outgoing calls are not among them. */
export function RingingCalls({ state, now, rejects }: Shared) {
  const ringing = Object.values(state.calls)
    .filter(isRingingHere)
    .sort((a, b) => a.since.localeCompare(b.since));
  return (
    <section aria-labelledby="ringing">
      <h2 id="ringing" tabIndex={-1}>
        {texts.ringing}
      </h2>
      {ringing.length === 0 && <p class="soft">{texts.nothingRings}</p>}
      <ul class="ringing">
        {ringing.map((call) => (
          <li key={call.id} data-id={call.id}>
            <div class="who">
              <Caller call={call} />
              <p class="soft">
                {texts.rings} <b>{call.rings.map((each) => handsetName(state, personName(each))).join(', ')}</b>
                {call.label !== undefined && <span class="label">{call.label}</span>}
              </p>
              <Orders call={call} />
            </div>
            <Since since={call.since} now={now} />
            <Reject call={call} rejects={rejects} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Calls that talk, hear prompts or are being dialled. */
export function OtherCalls({ state, now, rejects }: Shared) {
  const others = Object.values(state.calls)
    .filter((call) => !isRingingHere(call) && call.position === undefined)
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
              <b>{callerName(call)}</b> <Number call={call} />
              <span class="soft what">{activityOf(state, call)}</span>
            </span>
            <Since since={call.since} now={now} />
            <Reject call={call} rejects={rejects} enabled={rejects.mayReject && call.talk === undefined} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The waiting callers of each queue, in order, on the right. */
export function QueueList({ state, now, rejects }: Shared) {
  return (
    <section class="queues" aria-labelledby="queues">
      <h2 id="queues" tabIndex={-1}>
        {texts.queues}
      </h2>
      {Object.values(state.queues).map((queue) => {
        const calls = Object.values(state.calls)
          .filter((call) => call.queue === queue.id && call.position !== undefined)
          .sort((a, b) => (a.position ?? 0) - (b.position ?? 0) || a.since.localeCompare(b.since));
        const others = queue.waiting - calls.filter(({ id }) => !rejects.held.has(id)).length;
        return (
          <div class="queue" key={queue.id} data-queue={queue.id}>
            <h3>
              {queue.name}{' '}
              <span class="count">{queue.waiting === 0 ? texts.queueEmpty : texts.waiting(queue.waiting)}</span>
            </h3>
            <ol class="rows">
              {calls.map((call) => (
                <li key={call.id} data-id={call.id} value={call.position}>
                  <span class="position">{call.position}</span>
                  <span class="who">
                    <b>{callerName(call)}</b> <Number call={call} />
                    {call.label !== undefined && <span class="label">{call.label}</span>}
                  </span>
                  <Since since={call.since} now={now} />
                  <Reject call={call} rejects={rejects} />
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

function Caller({ call }: { call: ShownCall }) {
  const { customer } = call;
  return (
    <p class="caller">
      {customer?.url === undefined ? <b>{callerName(call)}</b> : <Link to={customer.url} text={callerName(call)} />}{' '}
      <Number call={call} />
    </p>
  );
}

/** The number, unless it is already shown as the name. */
function Number({ call }: { call: ShownCall }) {
  const number = groupDigits(call.number);
  return callerName(call) === number ? null : <span class="number">{number}</span>;
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

/** The activity of a call that does not ring. */
function activityOf(state: State, call: ShownCall): string {
  const { talk, rings, from } = call;
  if (talk !== undefined) return `${texts.talksWith} ${handsetName(state, personName(talk))}`;
  const caller = from === undefined ? '' : ` ${texts.from} ${handsetName(state, personName(from))}`;
  if (rings.length === 0)
    return call.direction === 'outgoing' && from !== undefined ? `${texts.beingCalled}${caller}` : texts.inPlan;
  const others = rings.map((each) => personName(each)).filter((who) => who !== personName({ number: call.number }));
  if (others.length === 0) return `${texts.beingCalled}${caller}`;
  return `${texts.rings} ${others.map((who) => handsetName(state, who)).join(', ')}`;
}

export function Since({ since, now }: { since: string; now: number }) {
  return (
    <time class="since" dateTime={since}>
      {formatDuration(since, now)}
    </time>
  );
}

function handsetName(state: State, name: string): string {
  return state.handsets[name]?.display_name || name;
}
