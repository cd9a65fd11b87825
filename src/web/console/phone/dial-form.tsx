import { useSignal } from '@preact/signals';
import { contacts, loadContacts } from './contacts.js';
import { phone, phoneState } from './own-phone.js';
import { texts } from './texts.js';

/** Calls a number. The gateway checks it against the dial policy, and a code or a line of the company works too. */
export function DialForm() {
  const number = useSignal('');
  const { lastDialled } = phoneState.value;
  const dial = (event: Event) => {
    event.preventDefault();
    const wanted = dialable(number.value);
    if (wanted === '') return;
    number.value = '';
    dialNumber(wanted);
  };
  return (
    <form class="dial" onSubmit={dial}>
      <input
        type="tel"
        aria-label={texts.number}
        placeholder={texts.number}
        autocomplete="off"
        list="phone-contacts"
        maxLength={40}
        onFocus={() => void loadContacts()}
        value={number.value}
        onInput={({ currentTarget: { value } }) => (number.value = value)}
      />
      <datalist id="phone-contacts">
        {contacts.value.map(({ name, number }) => (
          <option key={number} value={number} label={name} />
        ))}
      </datalist>
      <button type="submit">{texts.call}</button>
      {lastDialled !== '' && (
        <button type="button" title={lastDialled} onClick={() => dialNumber(lastDialled)}>
          {texts.redial}
        </button>
      )}
    </form>
  );
}

export function dialNumber(number: string): void {
  phone.handle({ type: 'dialled', number, id: crypto.randomUUID() });
}

/** People group digits by spaces and signs, which a SIP address cannot have. */
export function dialable(text: string): string {
  return text.replace(/^\s*(?:tel|callto):/i, '').replace(/[^+*#\d]/g, '');
}
