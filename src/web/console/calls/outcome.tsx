import { groupDigits, formatDuration } from '../format.js';
import type { IconName } from '../../icons.js';
import { queueName, titleOfHandset } from '../names.js';
import { Badge, type Tone } from '../ui/badge.js';
import { texts } from './texts.js';
import { translate } from './timeline-texts.js';
import type { Call } from './types.js';

const LOOKS: Record<NonNullable<Call['outcome']>, { tone: Tone; icon: IconName }> = {
  answered: { tone: 'free', icon: 'check' },
  served: { tone: 'quiet', icon: 'check' },
  lost: { tone: 'bad', icon: 'missed' },
  unanswered: { tone: 'ring', icon: 'missed' },
  busy: { tone: 'ring', icon: 'off' },
  unreachable: { tone: 'ring', icon: 'off' },
  rejected: { tone: 'quiet', icon: 'close' },
  refused: { tone: 'bad', icon: 'warning' },
  failed: { tone: 'bad', icon: 'warning' },
};

/** What came of a call, in words. */
export function CallOutcomeBadge({ call }: { call: Call }) {
  if (call.outcome === null)
    return (
      <Badge tone="talk" icon="talk">
        {texts.running} · {texts.runningAt[call.at] ?? translate(call.at.replace(/^bridge /, ''))}
      </Badge>
    );
  return <Badge {...LOOKS[call.outcome]}>{outcomeSentence(call, call.outcome)}</Badge>;
}

function outcomeSentence(call: Call, outcome: NonNullable<Call['outcome']>): string {
  const { reason, waited_ms: waitedMs, talk_ms: talkMs, queue } = call;
  if (outcome === 'answered' && call.agent !== null)
    return texts.answeredBy(agentName(call), formatDuration(talkMs ?? 0));
  if (outcome === 'lost' && waitedMs !== null) {
    const waited = formatDuration(waitedMs);
    return queue === null ? texts.lostAfter(waited) : texts.lostIn(waited, queueName(queue));
  }
  const why = reason === null || reason === outcome ? '' : ` (${translate(reason)})`;
  return `${texts.outcomes[outcome]}${why}`;
}

export function agentName({ agent }: Pick<Call, 'agent'>): string {
  if (agent === null) return '–';
  if (agent.handset !== undefined) return titleOfHandset(agent.handset);
  return agent.number === undefined ? translate(agent.party ?? '') : groupDigits(agent.number);
}

/** The outside party's number. */
export function outsideNumber({ caller }: Pick<Call, 'caller'>): string {
  return caller === '' ? texts.withheld : groupDigits(caller);
}

/** The party that ended the call. The outside party of an outgoing call is the callee. */
export function endedByText(party: string, direction: Call['direction']): string {
  if (party === 'caller' && direction === 'outgoing') return texts.called;
  return party === 'fault' ? texts.fault : translate(party);
}
