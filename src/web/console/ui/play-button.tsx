import { Icon } from './icon.js';

/** Starts and stops a recording. */
export function PlayButton({ plays, label, onPress }: { plays: boolean; label: string; onPress: () => void }) {
  return (
    <button
      type="button"
      class="icon-only listen"
      aria-label={label}
      title={label}
      aria-pressed={plays}
      onClick={onPress}
    >
      <Icon name={plays ? 'pause' : 'play'} />
    </button>
  );
}
