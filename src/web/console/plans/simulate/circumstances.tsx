import { choicesOf } from '../speaker.js';
import { moments, type Moment } from './moment.js';
import type { Answering, Simulation } from './simulation.js';
import { texts } from './texts.js';

/** When the call comes, from whom, and who answers. Every change repeats the call. */
export function Circumstances({ simulation }: { simulation: Simulation }) {
  const { moment, otherMoment, caller, answering, afterSeconds } = simulation;
  const repeat = () => simulation.repeat();
  return (
    <div class="circumstances">
      <label>
        {texts.when}
        <select
          value={moment.value}
          onChange={({ currentTarget }) => {
            moment.value = currentTarget.value as Moment;
            repeat();
          }}
        >
          {moments.map((each) => (
            <option key={each} value={each}>
              {texts.moments[each]}
            </option>
          ))}
        </select>
      </label>
      {moment.value === 'other' && (
        <label>
          {texts.dateAndTime}
          <input
            type="datetime-local"
            value={otherMoment.value}
            onChange={({ currentTarget: { value } }) => {
              if (value === '') return;
              otherMoment.value = value;
              repeat();
            }}
          />
        </label>
      )}
      <label>
        {texts.caller}
        <input
          type="tel"
          value={caller.value}
          placeholder={texts.withheld}
          maxLength={40}
          onChange={({ currentTarget }) => {
            caller.value = currentTarget.value.trim();
            repeat();
          }}
        />
      </label>
      <label>
        {texts.answers}
        <select
          value={valueOf(answering.value)}
          onChange={({ currentTarget }) => {
            answering.value = answeringOf(currentTarget.value);
            repeat();
          }}
        >
          <option value="anybody">{texts.anybody}</option>
          <option value="nobody">{texts.nobody}</option>
          {choicesOf('handset').map(({ value, name }) => (
            <option key={value} value={`handset ${value}`}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {answering.value.type !== 'nobody' && (
        <label>
          {texts.afterSeconds}
          <input
            type="number"
            min={0}
            max={3600}
            value={afterSeconds.value}
            onChange={({ currentTarget: { valueAsNumber } }) => {
              if (!(valueAsNumber >= 0 && valueAsNumber <= 3600)) return;
              afterSeconds.value = valueAsNumber;
              repeat();
            }}
          />
        </label>
      )}
    </div>
  );
}

function valueOf(answering: Answering): string {
  return answering.type === 'handset' ? `handset ${answering.handset}` : answering.type;
}

function answeringOf(value: string): Answering {
  const [type, handset] = value.split(' ');
  if (type === 'handset' && handset !== undefined) return { type, handset };
  return { type: value === 'nobody' ? 'nobody' : 'anybody' };
}
