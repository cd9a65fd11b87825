import type { ShownCall } from '../../../monitor/protocol.js';
import type { TransferStep } from '../../../telephony/command.js';
import { state } from '../now/live.js';
import { callerName, handsetTitle, personName } from '../now/names.js';
import { Badge, type Tone } from '../ui/badge.js';
import { askedAbout, consultation, takeStep } from './own-transfer.js';
import { texts } from './texts.js';

type Phase = NonNullable<ShownCall['transfer']>['state'];

/** What a party of the transfer does now. */
type Doing = keyof typeof texts.doing;

const CALLER: Record<Phase, Doing> = {
  ringing: 'music',
  consulting: 'music',
  swapped: 'talks',
  conference: 'together',
};
const TARGET: Record<Phase, Doing> = {
  ringing: 'rings',
  consulting: 'talks',
  swapped: 'music',
  conference: 'together',
};
const TONES: Record<Doing, Tone> = { music: 'pause', talks: 'talk', rings: 'ring', together: 'talk' };

/** The steps of each state, the most likely one first. */
const STEPS: Record<Phase, readonly TransferStep[]> = {
  ringing: ['return'],
  consulting: ['connect', 'swap', 'join', 'return'],
  swapped: ['connect', 'swap', 'join', 'return'],
  conference: ['separate', 'connect', 'return'],
};

/** Both other parties of a transfer in which a target is asked, and what the operator can do. */
export function Consultation() {
  const call = consultation.value;
  if (call?.transfer === undefined) return <AskedAbout />;
  const { state: phase, to } = call.transfer;
  const target = personName(state.value, to);
  return (
    <div class="phone-consultation" data-transfer={phase}>
      <ul>
        <Party name={callerName(call)} doing={CALLER[phase]} />
        <Party name={target} doing={TARGET[phase]} />
      </ul>
      <span class="actions">
        {STEPS[phase].map((step, index) => (
          <button
            key={step}
            type="button"
            class={index === 0 && phase !== 'ringing' ? 'primary' : ''}
            data-step={step}
            onClick={() => void takeStep(step)}
          >
            {nameOf(step, phase, target)}
          </button>
        ))}
      </span>
      {phase !== 'ringing' && <p class="soft">{texts.hangingUpConnects}</p>}
    </div>
  );
}

function Party({ name, doing }: { name: string; doing: Doing }) {
  return (
    <li data-doing={doing}>
      <b>{name}</b>{' '}
      <Badge tone={TONES[doing]} icon={doing === 'music' ? 'pause' : 'talk'}>
        {texts.doing[doing]}
      </Badge>
    </li>
  );
}

/** Tells the target of a transfer who asks, and about whom. */
function AskedAbout() {
  const call = askedAbout.value;
  if (call?.transfer === undefined || call.transfer.state === 'ringing') return null;
  return (
    <p class="phone-consultation" role="status">
      {texts.askedBy(handsetTitle(state.value, call.transfer.by))}
    </p>
  );
}

function nameOf(step: TransferStep, phase: Phase, target: string): string {
  if (phase !== 'conference') return texts.steps[step];
  if (step === 'return') return texts.withoutTarget(target);
  return step === 'connect' ? texts.leaveThem : texts.steps[step];
}
