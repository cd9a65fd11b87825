import type { IconName } from '../../icons.js';
import type { Transport } from '../../../lib/call-quality.js';
import { pageLanguage } from '../texts.js';
import { Badge, type Tone } from '../ui/badge.js';
import { soundQualities } from './own-phone.js';
import type { SoundQuality } from './sound-quality.js';
import { texts } from './texts.js';

const LOOKS: Record<SoundQuality['grade'], [tone: Tone, icon: IconName]> = {
  good: ['free', 'check'],
  fair: ['ring', 'warning'],
  poor: ['bad', 'warning'],
};
const share = new Intl.NumberFormat(pageLanguage, { style: 'percent', maximumFractionDigits: 0 });

/** How well both sides of a talk hear each other, with the numbers on demand, and what to do when it is poor. */
export function SoundStatus({ call }: { call: string }) {
  const quality = soundQualities.value.get(call);
  if (quality === undefined) return null;
  const { grade, trouble, heard, said } = quality;
  const [tone, icon] = LOOKS[grade];
  return (
    <div class="sound" data-sound={grade}>
      <details>
        <summary>
          <Badge tone={tone} icon={icon}>
            {texts.sound.grades[grade]}
          </Badge>
        </summary>
        <p>{texts.sound.heard(directionText(heard))}</p>
        {said !== undefined && <p>{texts.sound.said(directionText(said))}</p>}
        {heard.roundTripMs !== undefined && <p>{texts.sound.roundTrip(Math.round(heard.roundTripMs))}</p>}
      </details>
      {grade === 'poor' && (
        <p class="bad" role="status">
          {texts.sound.advice[trouble]}
        </p>
      )}
    </div>
  );
}

function directionText({ lostShare, jitterMs }: Transport): string {
  return texts.sound.numbers(share.format(lostShare), Math.round(jitterMs));
}
