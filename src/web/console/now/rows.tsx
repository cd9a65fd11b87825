import type { ShownCall } from '../../../monitor/protocol.js';
import { can } from '../session.js';
import { memo } from '../ui/memo.js';
import { CallActions } from './call-actions.js';
import { callerName, numberOf } from './names.js';
import { Orders, OutsideLink } from './orders.js';
import { Reject } from './reject.js';
import { Since, Waiting } from './since.js';
import { texts } from './texts.js';

/** A ringing call with the caller's data. @param rings where it rings */
export const RingingRow = memo(({ call, rings }: { call: ShownCall; rings: string }) => (
  <li data-id={call.id}>
    <div class="who">
      <p class="caller">
        <CallerLink call={call} /> <CallNumber call={call} />
      </p>
      <p class="soft">
        {texts.rings(rings)}
        <Label call={call} />
      </p>
      <Orders call={call} />
    </div>
    <Waiting since={call.since} />
    <span class="row-actions">
      <CallActions call={call} isLast />
      <Reject call={call} />
    </span>
  </li>
));

/** A waiting caller of a queue. @param isLast of the whole queue */
export const QueueRow = memo(({ call, isLast }: { call: ShownCall; isLast: boolean }) => (
  <li data-id={call.id} value={call.position}>
    <span class="position">{call.position}</span>
    <span class="who">
      <b>{callerName(call)}</b> <CallNumber call={call} />
      <Label call={call} />
    </span>
    <Waiting since={call.since} />
    <span class="row-actions">
      <CallActions call={call} isLast={isLast} />
      <Reject call={call} />
    </span>
  </li>
));

/** A call that talks, hears prompts or is being dialled. */
export const LiveCallRow = memo(({ call, activity }: { call: ShownCall; activity: string }) => (
  <li data-id={call.id}>
    <span class="who">
      {can('calls:read') ? <a href={`/calls/${encodeURIComponent(call.id)}`}>{callerName(call)}</a> : callerName(call)}{' '}
      <CallNumber call={call} />
      <span class="soft what">{activity}</span>
    </span>
    <Since since={call.since} />
    <span class="row-actions">
      <CallActions call={call} />
      {call.talk === undefined && call.direction === 'incoming' && <Reject call={call} />}
    </span>
  </li>
));

/** The number, unless it is already shown as the name. */
function CallNumber({ call }: { call: ShownCall }) {
  const number = numberOf(call);
  return callerName(call) === number ? null : <span class="number">{number}</span>;
}

function Label({ call: { label } }: { call: ShownCall }) {
  return label === undefined ? null : <span class="label">{label}</span>;
}

function CallerLink({ call }: { call: ShownCall }) {
  const url = call.customer?.url;
  return url === undefined ? <b>{callerName(call)}</b> : <OutsideLink to={url} text={callerName(call)} />;
}
