import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { ShownCall } from '../../../monitor/protocol.js';
import { api } from '../api/client.js';
import { lineName } from '../names.js';
import { can, session } from '../session.js';
import { Dialog } from '../ui/dialog.js';
import { transfer, type Target } from './call-control.js';
import { state } from './live.js';
import { callerName, handsetTitle } from './names.js';
import { texts } from './texts.js';

interface Choice {
  to: Target;
  /** Shown in the list. */
  text: string;
  /** Shown when it is done. */
  name: string;
}

const chosenCall = signal<ShownCall | undefined>(undefined);

export function openTransfer(call: ShownCall): void {
  chosenCall.value = call;
}

/** Asks where a caller goes: to a handset, to a queue, to a line, or to a prompt and the end. */
export function TransferDialog() {
  const call = chosenCall.value;
  return call === undefined ? null : <TransferForm key={call.id} call={call} />;
}

function TransferForm({ call }: { call: ShownCall }) {
  const [chosen, setChosen] = useState('');
  const prompts = usePrompts();
  const groups: [title: string, choices: Choice[]][] = [
    [texts.handsets, handsetChoices()],
    [texts.queues, queueChoices(call)],
    [texts.lines, lineChoices()],
    [texts.endWithPrompt, prompts],
  ];
  const who = callerName(call);
  const close = () => {
    chosenCall.value = undefined;
  };
  const submit = (event: Event) => {
    event.preventDefault();
    const choice = groups.flatMap(([, choices]) => choices).find(({ to }) => keyOf(to) === chosen);
    if (choice === undefined) return;
    close();
    transfer(call.id, who, choice.to, choice.name);
  };
  return (
    <Dialog title={call.position === undefined ? texts.transferOf(who) : texts.takeOutOf(who)} onClose={close}>
      <form class="transfer" onSubmit={submit}>
        <label>
          {texts.whereTo}
          <select required autofocus value={chosen} onChange={({ currentTarget: { value } }) => setChosen(value)}>
            <option value="">{texts.choose}</option>
            {groups.map(
              ([title, choices]) =>
                choices.length > 0 && (
                  <optgroup key={title} label={title}>
                    {choices.map(({ to, text }) => (
                      <option key={keyOf(to)} value={keyOf(to)}>
                        {text}
                      </option>
                    ))}
                  </optgroup>
                ),
            )}
          </select>
        </label>
        <button type="submit" class="primary">
          {texts.confirm}
        </button>
      </form>
    </Dialog>
  );
}

const keyOf = (to: Target) => Object.entries(to).flat().join(' ');

/** The free ones first. */
function handsetChoices(): Choice[] {
  return Object.values(state.value?.handsets ?? {})
    .sort((a, b) => Number(b.state === 'free') - Number(a.state === 'free'))
    .map(({ name, state: now }) => {
      const title = handsetTitle(state.value, name);
      return {
        to: { handset: name },
        name: title,
        text: `${title} · ${now === 'ringing' ? texts.ringingNow : texts[now]}`,
      };
    });
}

function queueChoices(call: ShownCall): Choice[] {
  return Object.values(state.value?.queues ?? {})
    .filter(({ id }) => id !== call.queue || call.position === undefined)
    .map(({ id, name, waiting }) => ({ to: { queue: id }, name, text: `${name} · ${texts.waiting(waiting)}` }));
}

function lineChoices(): Choice[] {
  return session.lines.map(({ number }) => {
    const name = lineName(number);
    return { to: { line: number }, name, text: name };
  });
}

function usePrompts(): Choice[] {
  const [prompts, setPrompts] = useState<Choice[]>([]);
  useEffect(() => {
    if (!can('prompts:read') || !can('calls:reject')) return;
    void api.get('/api/v1/prompts').then((outcome) => {
      if (!outcome.ok) return;
      setPrompts(outcome.data.prompts.map(({ id, name }) => ({ to: { prompt: id }, name, text: name })));
    });
  }, []);
  return prompts;
}
