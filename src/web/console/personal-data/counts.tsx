import { texts } from './texts.js';

/** Numbers of rows by kind, without those of which there are none. */
export function Counts({ counts }: { counts: Record<string, number> }) {
  const words: Record<string, string> = texts.kinds;
  return (
    <dl class="facts">
      {Object.entries(counts).map(
        ([kind, count]) =>
          count > 0 && (
            <>
              <dt>{words[kind] ?? kind}</dt>
              <dd>{count}</dd>
            </>
          ),
      )}
    </dl>
  );
}
