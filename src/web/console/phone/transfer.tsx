import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { api } from '../api/client.js';
import { groupDigits } from '../format.js';
import { state } from '../now/live.js';
import { handsetTitle } from '../now/names.js';
import { texts as nowTexts } from '../now/texts.js';
import { lineName } from '../names.js';
import { session } from '../session.js';
import { Dialog } from '../ui/dialog.js';
import { showDone, showFailure } from '../ui/toasts.js';
import { contacts, loadContacts } from './contacts.js';
import { dialable } from './dial-form.js';
import { phone } from './own-phone.js';
import { ownTalk } from './own-transfer.js';
import { texts } from './texts.js';

type TransferTarget = { handset: string } | { queue: number } | { number: string } | { line: string };

interface Choice {
  to: TransferTarget;
  name: string;
}

interface Entry extends Choice {
  /** What it does now. */
  presence: string;
  isFree: boolean;
}

/** Asks where the caller goes, and whether the target is asked first. @param call the phone's call, which stops being on hold */
export function TransferDialog({ call, onClose }: { call: string; onClose: () => void }) {
  const wanted = useSignal('');
  useEffect(() => void loadContacts(), []);
  const text = wanted.value.trim().toLowerCase();
  const entries = [...handsetEntries(), ...queueEntries(), ...lineEntries(), ...contactEntries()].filter(({ name }) =>
    name.toLowerCase().includes(text),
  );
  const number = dialable(wanted.value);
  const choose = async ({ to, name }: Choice, asksFirst: boolean) => {
    onClose();
    const { handset } = session;
    const known = ownTalk.peek();
    if (handset === null || known === undefined) return;
    phone.handle({ type: 'resumed', id: call });
    const body = { ...to, call_id: known.id, ask_first: asksFirst };
    const outcome = await api.post('/api/v1/handsets/{name}/transfer', { path: { name: handset }, body });
    if (!outcome.ok) showFailure(outcome.status);
    else if (!asksFirst) showDone(texts.transferred(name));
  };
  return (
    <Dialog title={texts.transfer} onClose={onClose}>
      <form
        class="phone-transfer"
        onSubmit={(event) => {
          event.preventDefault();
          const [first] = entries;
          if (first !== undefined) void choose(first, false);
          else if (number !== '') void choose({ to: { number }, name: number }, false);
        }}
      >
        <label>
          {texts.nameOrNumber}
          <input
            type="search"
            autofocus
            autocomplete="off"
            value={wanted.value}
            onInput={({ currentTarget: { value } }) => (wanted.value = value)}
          />
        </label>
        <ul>
          {entries.map((entry) => (
            <Target key={JSON.stringify(entry.to)} choice={entry} onChoose={choose}>
              <b>{entry.name}</b> <span class="soft">{entry.presence}</span>
            </Target>
          ))}
          {number !== '' && (
            <Target choice={{ to: { number }, name: number }} onChoose={choose}>
              {texts.toNumber(number)}
            </Target>
          )}
        </ul>
      </form>
    </Dialog>
  );
}

/** Transfers at once, or asks the target first. Queues and lines cannot be asked. */
function Target({
  choice,
  onChoose,
  children,
}: {
  choice: Choice;
  onChoose: (choice: Choice, asksFirst: boolean) => Promise<void>;
  children: ComponentChildren;
}) {
  return (
    <li>
      <button type="button" onClick={() => void onChoose(choice, false)}>
        {children}
      </button>
      {!('queue' in choice.to || 'line' in choice.to) && (
        <button
          type="button"
          class="ask"
          aria-label={texts.askFirstOf(choice.name)}
          onClick={() => void onChoose(choice, true)}
        >
          {texts.askFirst}
        </button>
      )}
    </li>
  );
}

/** The free ones first. */
function handsetEntries(): Entry[] {
  return Object.values(state.value?.handsets ?? {})
    .filter(({ name }) => name !== session.handset)
    .map(({ name, state: now, queues }) => {
      const isPaused = now === 'free' && queues.length > 0 && queues.every(({ paused }) => paused);
      const presence = isPaused ? nowTexts.paused : now === 'ringing' ? nowTexts.ringingNow : nowTexts[now];
      return {
        to: { handset: name },
        name: handsetTitle(state.value, name),
        presence,
        isFree: now === 'free' && !isPaused,
      };
    })
    .sort((a, b) => Number(b.isFree) - Number(a.isFree) || a.name.localeCompare(b.name));
}

function queueEntries(): Entry[] {
  return Object.values(state.value?.queues ?? {}).map(({ id, name, waiting }) => ({
    to: { queue: id },
    name,
    presence: nowTexts.waiting(waiting),
    isFree: true,
  }));
}

function lineEntries(): Entry[] {
  return session.lines.map(({ number }) => ({
    to: { line: number },
    name: lineName(number),
    presence: texts.lineTarget,
    isFree: true,
  }));
}

function contactEntries(): Entry[] {
  return contacts.value.map(({ name, number, note }) => ({
    to: { number },
    name,
    presence: note ?? groupDigits(number),
    isFree: true,
  }));
}
