import { useSignal } from '@preact/signals';
import { texts } from './texts.js';

/** Offers the console to the browser as the page that opens links to phone numbers. */
export function TelLinks() {
  const outcome = useSignal('');
  const offer = () => {
    outcome.value = offerTelLinks() ? texts.telLinksAsked : texts.telLinksImpossible;
  };
  return (
    <div class="tel-links">
      <button type="button" onClick={offer}>
        {texts.telLinks}
      </button>
      <p class="soft">{texts.telLinksHint}</p>
      <p role="status">{outcome.value}</p>
    </div>
  );
}

/** `tel` is one of the schemes that browsers permit to web pages. @returns whether the browser takes the offer */
function offerTelLinks(): boolean {
  try {
    navigator.registerProtocolHandler('tel', `${location.origin}/click-to-call?number=%s`);
    return true;
  } catch {
    // Not permitted without https, or unknown to the browser.
    return false;
  }
}
