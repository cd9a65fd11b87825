import { phone } from './own-phone.js';
import { texts } from './texts.js';

const KEYS = '1 2 3 4 5 6 7 8 9 * 0 #'.split(' ');

/** Sends keys into a talk, by press or by the keyboard while one of its buttons has the focus. */
export function Keypad({ call }: { call: string }) {
  const press = (key: string) => phone.handle({ type: 'key_pressed', id: call, key });
  return (
    <div
      class="phone-keypad"
      role="group"
      aria-label={texts.keypad}
      onKeyDown={({ key, ctrlKey, metaKey }) => !ctrlKey && !metaKey && KEYS.includes(key) && press(key)}
    >
      {KEYS.map((key) => (
        <button key={key} type="button" onClick={() => press(key)}>
          {key}
        </button>
      ))}
    </div>
  );
}
