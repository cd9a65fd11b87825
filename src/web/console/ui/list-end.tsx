export interface ListWords {
  /** Of the button that loads more. */
  more: string;
  shown: (count: number) => string;
}

interface ListEndProps {
  /** Undefined before the first response. */
  count: number | undefined;
  hasMore: boolean;
  words: ListWords;
  onMore: () => void;
}

/** Below a list: loads more of it, and tells screen readers how many items are shown. */
export function ListEnd({ count, hasMore, words, onMore }: ListEndProps) {
  return (
    <>
      {hasMore && (
        <button type="button" class="older" onClick={onMore}>
          {words.more}
        </button>
      )}
      <p class="unseen" role="status">
        {count !== undefined && words.shown(count)}
      </p>
    </>
  );
}
