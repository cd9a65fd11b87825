import { Icon } from '../ui/icon.js';
import { texts } from './texts.js';
import type { Check, SystemState } from './types.js';

/** Checks that ask Asterisk. */
const NEED_ASTERISK = ['dialplan', 'handsets', 'queues', 'trunk'];

/** Every check: what fails comes first, with what to do. */
export function Checks({ state: { checks, asterisk } }: { state: SystemState }) {
  const inOrder = [...checks].sort((a, b) => Number(a.ok) - Number(b.ok) || Number(b.blocking) - Number(a.blocking));
  return (
    <ul class="checks">
      {inOrder.map((check) => (
        <CheckRow
          key={check.check}
          check={check}
          isUnknown={!asterisk.connected && NEED_ASTERISK.includes(check.check)}
        />
      ))}
    </ul>
  );
}

function CheckRow({ check, isUnknown }: { check: Check; isUnknown: boolean }) {
  const { check: id, ok, blocking, problem, remedy, remedy_code } = check;
  const words = id in texts.checks ? texts.checks[id as keyof typeof texts.checks] : undefined;
  const name = words?.name ?? id;
  if (ok)
    return (
      <li class="good">
        <Icon name="check" />
        <span>
          {name} <span class="soft">{texts.ok}</span>
        </span>
      </li>
    );
  const isKnown = !isUnknown && remedy_code !== null;
  return (
    <li class={blocking ? 'bad' : 'warning'} data-check={id}>
      <Icon name={blocking ? 'off' : 'warning'} />
      <div>
        <b>{name}</b>
        <p>{isUnknown ? texts.unknownWithoutAsterisk : (words?.problem ?? texts.otherCheck)}</p>
        {isKnown && (
          <p>
            <b>{texts.whatToDo}</b> {texts.remedies[remedy_code]}
          </p>
        )}
        {!isUnknown && problem !== null && (
          <details>
            <summary>{texts.english}</summary>
            <p lang="en">
              {problem}
              {remedy !== null && ` ${remedy}`}
            </p>
          </details>
        )}
      </div>
    </li>
  );
}
