import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ShownCall, State } from '../../monitor/protocol.js';
import { PressGuard } from './press-guard.js';

/** How long the row of a rejected caller stays, so that the next row does not move under a second press. */
const HELD_MS = 4000;

/** The state that all ✕ buttons share. */
export interface RejectControl {
  /** Whether the operator may reject callers. */
  mayReject: boolean;
  /** Calls whose rows stay although the calls may have ended. */
  held: ReadonlyMap<string, ShownCall>;
  /** Keeps the row of a call that is being rejected in its place. */
  holdRow(call: ShownCall): void;
  /** Removes the row that {@link holdRow} keeps. */
  releaseRow(id: string): void;
  /** False when the press was probably meant for a row that has just moved away. */
  accepts(button: HTMLElement): boolean;
}

export function useRejectControl(state: State | undefined, may: boolean): RejectControl {
  const [held, setHeld] = useState<ReadonlyMap<string, ShownCall>>(new Map());
  const guard = useRef(new PressGuard()).current;
  const release = (id: string) => setHeld((before) => new Map([...before].filter(([other]) => other !== id)));
  const hold = (call: ShownCall) => {
    setHeld((before) => new Map(before).set(call.id, before.get(call.id) ?? call));
    setTimeout(() => release(call.id), HELD_MS);
  };
  useLayoutEffect(() => {
    const buttons = [...document.querySelectorAll<HTMLElement>('button[data-call]')].map(placedButton);
    guard.update(buttons, performance.now());
  }, [state, held]);
  return {
    mayReject: may,
    held,
    holdRow: hold,
    releaseRow: release,
    accepts: (button) => guard.mayPress(placedButton(button), performance.now()),
  };
}

/** The state with the held calls as they were when they were rejected. */
export function withHeldRows(state: State, held: RejectControl['held']): State {
  return held.size === 0 ? state : { ...state, calls: { ...state.calls, ...Object.fromEntries(held) } };
}

/** Position in the document, so that scrolling does not count as a move. */
function placedButton(button: HTMLElement) {
  const { left, top, right, bottom } = button.getBoundingClientRect();
  const [x, y] = [scrollX, scrollY];
  // A call can be in two lists.
  const id = `${button.closest('section')?.getAttribute('aria-labelledby')} ${button.dataset['call']}`;
  return { id, place: { left: left + x, top: top + y, right: right + x, bottom: bottom + y } };
}
