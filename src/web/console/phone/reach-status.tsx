import type { IconName } from '../../icons.js';
import { Badge, type Tone } from '../ui/badge.js';
import { mediaPath, phone, phoneState, ringer } from './own-phone.js';
import type { Reach } from './phone-state.js';
import { texts } from './texts.js';

type ShownReach = Exclude<Reach, 'off'>;

const LOOKS: Record<ShownReach, [tone: Tone, icon: IconName]> = {
  connecting: ['wait', 'wait'],
  elsewhere: ['quiet', 'off'],
  no_microphone: ['bad', 'warning'],
  registered: ['wait', 'wait'],
  ready: ['free', 'free'],
  lost: ['bad', 'warning'],
  refused: ['bad', 'warning'],
};

/** Whether calls arrive here, why not, and what to do about it. */
export function ReachStatus() {
  const { reach, microphone, isTakeOverRefused } = phoneState.value;
  if (reach === 'off') return null;
  const [tone, icon] = LOOKS[reach];
  return (
    <div class="reach">
      <p role="status">
        <Badge tone={tone} icon={icon}>
          {texts.reach[reach]}
        </Badge>
      </p>
      {microphone !== 'open' && microphone !== 'unknown' && (
        <p class="bad" role="alert">
          {texts.microphone[microphone]}
        </p>
      )}
      {(reach === 'no_microphone' || reach === 'refused') && (
        <button type="button" onClick={() => phone.handle({ type: 'retried' })}>
          {texts.retry}
        </button>
      )}
      {reach === 'elsewhere' && (
        <button type="button" onClick={() => phone.handle({ type: 'take_over_requested' })}>
          {texts.takeOver}
        </button>
      )}
      {mediaPath.value !== 'direct' && (
        <p class={mediaPath.value === 'none' ? 'bad' : 'soft'} role="status" data-media-path={mediaPath.value}>
          {texts.mediaPath[mediaPath.value]}
        </p>
      )}
      {isTakeOverRefused && <span role="status">{texts.takeOverRefused}</span>}
      {reach === 'ready' && ringer.isSilent.value && (
        <p class="bad" role="alert">
          {texts.silentRinging}{' '}
          <button type="button" onClick={() => ringer.prepare()}>
            {texts.allowRinging}
          </button>
        </p>
      )}
    </div>
  );
}
