import type { IconName } from '../../icons.js';
import { titleOfHandset } from '../names.js';
import { pageLanguage } from '../texts.js';
import { Badge, type Tone } from '../ui/badge.js';
import { texts } from './texts.js';
import type { CallWithTimeline } from './types.js';

type Leg = CallWithTimeline['legs'][number];

const LOOKS: Record<Leg['grade'], [tone: Tone, icon: IconName]> = {
  good: ['free', 'check'],
  fair: ['ring', 'warning'],
  poor: ['bad', 'warning'],
};
const share = new Intl.NumberFormat(pageLanguage, { style: 'percent', maximumFractionDigits: 1 });
const score = new Intl.NumberFormat(pageLanguage, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** How well each party of the call was heard. */
export function Legs({ legs }: { legs: readonly Leg[] }) {
  if (legs.length === 0) return null;
  return (
    <section class="card" aria-labelledby="legs">
      <h2 id="legs">{texts.sound.title}</h2>
      <table class="cards">
        <thead>
          <tr>
            {[texts.sound.party, texts.sound.grade, texts.sound.said, texts.sound.heard, texts.sound.roundTrip].map(
              (name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {legs.map((leg, index) => (
            <LegRow key={index} leg={leg} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function LegRow({ leg: { kind, name, grade, mos, received, sent, round_trip_ms: roundTrip } }: { leg: Leg }) {
  const [tone, icon] = LOOKS[grade];
  return (
    <tr>
      <td>{kind === 'handset' ? titleOfHandset(name) : texts.sound.trunk(name)}</td>
      <td data-label={texts.sound.grade}>
        <Badge tone={tone} icon={icon}>
          {texts.sound.grades[grade]} ({score.format(mos)})
        </Badge>
      </td>
      <td data-label={texts.sound.said}>{directionText(received)}</td>
      <td data-label={texts.sound.heard}>{sent === null ? '–' : directionText(sent)}</td>
      <td data-label={texts.sound.roundTrip}>
        {roundTrip === null ? '–' : texts.sound.milliseconds(Math.round(roundTrip))}
      </td>
    </tr>
  );
}

function directionText({ lost_share: lost, jitter_ms: jitter }: Leg['received']): string {
  return texts.sound.direction(share.format(lost), texts.sound.milliseconds(Math.round(jitter)));
}
