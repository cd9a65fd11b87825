import { texts } from './texts.js';

/** The handsets as they are now, and the history of their logins and pauses. */
export function HandsetTabs({ view }: { view: 'handsets' | 'history' }) {
  return (
    <nav class="tabs" aria-label={texts.handsets}>
      {(['handsets', 'history'] as const).map((each) => (
        <a
          key={each}
          href={each === 'handsets' ? '/handsets' : '/handsets?view=history'}
          aria-current={each === view ? 'page' : undefined}
        >
          {texts[each]}
        </a>
      ))}
    </nav>
  );
}
