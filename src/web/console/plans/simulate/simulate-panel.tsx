import { useSignalEffect } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { Icon } from '../../ui/icon.js';
import { Switch } from '../../ui/switch.js';
import { Circumstances } from './circumstances.js';
import { Keypad } from './keypad.js';
import { ShopAnswers } from './shop-answers-form.js';
import { Simulation } from './simulation.js';
import { texts } from './texts.js';
import { Transcript } from './transcript.js';
import '../../styles/simulate.css';

interface SimulateProps {
  /** Id of the draft; undefined for the published configuration. */
  draft: string | undefined;
  /** Of the draft: when it changes, the call is repeated. */
  revision: number | undefined;
  /** Number of the line; undefined when no line comes to the part. */
  lineKey: string | undefined;
  /** Pointers of the passed actions, such as `lines/+420222333444/plan/0`; none without a call. */
  onPath: (pointers: readonly string[]) => void;
}

/** Calls a line without a telephone; nothing where no line leads. */
export function SimulatePanel({ lineKey, ...props }: SimulateProps) {
  return lineKey === undefined ? null : <LinePanel line={lineKey} {...props} />;
}

/** A keypad, the circumstances of the call, and what the caller hears. */
function LinePanel({ line, draft, revision, onPath }: Omit<SimulateProps, 'lineKey'> & { line: string }) {
  const simulation = useMemo(() => new Simulation({ line, draft }), []);
  useEffect(() => simulation.update({ line, draft }), [line, draft, revision]);
  useEffect(() => () => simulation.reset(), []);
  useSignalEffect(() => onPath(simulation.call.value?.places ?? []));
  const { call, failure, isBusy, muted } = simulation;
  const onKeyDown = (event: KeyboardEvent) => {
    const isTyping = event.target instanceof HTMLElement && event.target.closest('input, select, textarea') !== null;
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !/^[0-9*#]$/.test(event.key)) return;
    event.preventDefault();
    simulation.press(event.key);
  };
  return (
    <section class="simulate card" aria-label={texts.title} onKeyDown={onKeyDown}>
      <div class="trial-head">
        <h2>{texts.title}</h2>
        <Switch name={texts.muted} icon="listen" on={muted.value} onChange={(on) => simulation.setMuted(on)} />
      </div>
      <Circumstances simulation={simulation} />
      <div class="trial-actions">
        <button type="button" class={simulation.isActive ? undefined : 'primary'} onClick={() => simulation.start()}>
          <Icon name="calls" />
          {simulation.isActive ? texts.callAgain : texts.call}
        </button>
        {simulation.isActive && (
          <button type="button" onClick={() => simulation.reset()}>
            <Icon name="off" />
            {texts.hangUp}
          </button>
        )}
      </div>
      {failure.value !== undefined && (
        <p class="error" role="alert">
          {texts.failed} {failure.value}
        </p>
      )}
      <Keypad
        waiting={call.value?.waiting ?? null}
        isBusy={isBusy.value}
        onPress={(key) => simulation.press(key)}
        onWait={() => simulation.waitInVain()}
      />
      {call.value !== undefined && <ShopAnswers simulation={simulation} call={call.value} />}
      {call.value !== undefined && <Transcript call={call.value} speaking={simulation.speaking.value} />}
    </section>
  );
}
