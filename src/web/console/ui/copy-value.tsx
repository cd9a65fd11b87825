import { useState } from 'preact/hooks';
import { texts } from '../shell/texts.js';
import { Icon } from './icon.js';
import '../styles/forms.css';

const SHOWN_MS = 2_000;

/** A value for another program: one click selects it as a whole, a button copies it. */
export function CopyValue({ name, value }: { name: string; value: string }) {
  const [isCopied, copy] = useCopy(value);
  const label = isCopied ? texts.copied : `${texts.copy}: ${name}`;
  return (
    <span class="copy-value">
      <code class="copied">{value}</code>
      {window.isSecureContext && (
        <button type="button" class="icon-only" aria-label={label} title={label} onClick={copy}>
          <Icon name={isCopied ? 'check' : 'copy'} />
        </button>
      )}
    </span>
  );
}

/** Copies several values as a text. @param name of the button */
export function CopyText({ name, value }: { name: string; value: string }) {
  const [isCopied, copy] = useCopy(value);
  if (!window.isSecureContext) return null;
  return (
    <button type="button" class="with-icon" onClick={copy}>
      <Icon name={isCopied ? 'check' : 'copy'} />
      {isCopied ? texts.copied : name}
    </button>
  );
}

/** Browsers have no clipboard for pages that are not encrypted. */
function useCopy(value: string): [isCopied: boolean, copy: () => void] {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  };
  return [isCopied, () => void copy()];
}
