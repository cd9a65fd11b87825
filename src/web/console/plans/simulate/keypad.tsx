import type { SimulatedCall } from './simulation.js';
import { texts } from './texts.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];

interface KeypadProps {
  waiting: SimulatedCall['waiting'];
  isBusy: boolean;
  onPress: (key: string) => void;
  onWait: () => void;
}

/** The keys of a telephone. Those that lead further stand out; a digit on the keyboard presses one as well. */
export function Keypad({ waiting, isBusy, onPress, onWait }: KeypadProps) {
  const isOff = waiting === null;
  const useful = new Set(waiting === null || waiting.keys.length === KEYS.length ? [] : waiting.keys);
  return (
    <div class="dial" aria-busy={isBusy}>
      <div class="dial-pad" role="group" aria-label={texts.keypad}>
        {KEYS.map((key) => (
          <button
            key={key}
            type="button"
            class={useful.has(key) ? 'useful' : undefined}
            aria-label={texts.key(key)}
            aria-disabled={isOff}
            onClick={() => !isOff && onPress(key)}
          >
            {key}
          </button>
        ))}
      </div>
      <p role="status">{waiting === null ? '' : waiting.typed === '' ? texts.waiting : texts.typed(waiting.typed)}</p>
      <button type="button" aria-disabled={isOff} onClick={() => !isOff && onWait()}>
        {texts.pressNothing}
      </button>
    </div>
  );
}
