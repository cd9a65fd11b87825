import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ShownCall, State } from '../../monitor/protocol.js';
import { PressGuard } from './press-guard.js';

/** A rejected caller's row stays for so long, so that the next one does not slide under a second press. */
const HELD_MS = 4000;

/** What the ✕ of the lists have in common. */
export interface RejectControl {
  /** The visitor may reject callers. */
  mayReject: boolean;
  /** Calls whose rows stay although the calls may be over. */
  held: ReadonlyMap<string, ShownCall>;
  /** Keeps the row of a call that is being rejected in its place. */
  holdRow(call: ShownCall): void;
  /** The call was not rejected. */
  releaseRow(id: string): void;
  /** The press is not one that was meant for the row which was there before. */
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

/** The state with the rows of held calls as they were when they were rejected. */
export function withHeldRows(state: State, held: RejectControl['held']): State {
  return held.size === 0 ? state : { ...state, calls: { ...state.calls, ...Object.fromEntries(held) } };
}

/** In the document, so that scrolling moves nothing. */
function placedButton(button: HTMLElement) {
  const { left, top, right, bottom } = button.getBoundingClientRect();
  const [x, y] = [scrollX, scrollY];
  // One call may be in two lists.
  const id = `${button.closest('section')?.getAttribute('aria-labelledby')} ${button.dataset['call']}`;
  return { id, place: { left: left + x, top: top + y, right: right + x, bottom: bottom + y } };
}
