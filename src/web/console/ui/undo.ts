/** The actions that can be undone at the moment, oldest first. */
const undoable = new Set<() => void>();

/** @returns removes the action, when it can no longer be undone */
export function offerUndo(undo: () => void): () => void {
  undoable.add(undo);
  return () => void undoable.delete(undo);
}

/** Undoes the newest action that can be undone. */
export function undoLast(): void {
  [...undoable].at(-1)?.();
}
