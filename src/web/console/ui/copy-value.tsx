import { useState } from 'preact/hooks';
import { texts } from '../shell/texts.js';
import { Icon } from './icon.js';
import '../styles/forms.css';

const SHOWN_MS = 2_000;

/** A value for another program: one click selects it as a whole, a button copies it. */
export function CopyValue({ name, value }: { name: string; value: string }) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
    setTimeout(() => setCopied(false), SHOWN_MS);
  };
  const label = isCopied ? texts.copied : `${texts.copy}: ${name}`;
  return (
    <span class="copy-value">
      <code class="copied">{value}</code>
      {/* Browsers have no clipboard for pages that are not encrypted. */}
      {window.isSecureContext && (
        <button type="button" class="icon-only" aria-label={label} title={label} onClick={() => void copy()}>
          <Icon name={isCopied ? 'check' : 'copy'} />
        </button>
      )}
    </span>
  );
}
