import type { ShownCall, State } from './protocol.js';

/** A page that opens at an operator's: the one message that is not for all who watch. */
interface ScreenPopMessage {
  type: 'pop';
  /** The call's id. */
  call: string;
  url: string;
}

/** One open page of an operator's. */
export interface PopScreen {
  /** Who sits there now; undefined for whoever no page opens for. */
  who(): { id: number; handset: string } | undefined;
  /** Pages open here by themselves. */
  opens: boolean;
  send(message: ScreenPopMessage): void;
}

export interface ScreenPopsOptions {
  state: () => State;
  on: () => 'ring' | 'answer' | 'off';
  /** The address of the page; undefined: none opens. */
  address: (call: ShownCall, operatorId: number) => string | undefined;
}

/**
 * Whose handset rings, or is answered, gets the caller's page: once for each call and operator, on one screen. What a screen has not
 * confirmed when it is gone is given to the operator's next one, as long as the call still rings there, or is talked.
 */
export class ScreenPops {
  /** In the order in which they came. */
  readonly #screens = new Set<PopScreen>();
  /** By call and operator: the screen that was told, or that it was confirmed. */
  readonly #told = new Map<string, Map<number, PopScreen | 'confirmed'>>();

  constructor(private readonly options: ScreenPopsOptions) {}

  join(screen: PopScreen): void {
    this.#screens.add(screen);
    this.look();
  }

  leave(screen: PopScreen): void {
    if (this.#screens.delete(screen)) this.look();
  }

  /** The screen has the page of this call. */
  confirm(screen: PopScreen, callId: string): void {
    const id = screen.who()?.id;
    const told = this.#told.get(callId);
    if (id !== undefined && told?.has(id) === true) told.set(id, 'confirmed');
  }

  /** Something may have changed. */
  look(): void {
    const on = this.options.on();
    if (this.#told.size === 0 && (on === 'off' || this.#screens.size === 0)) return;
    const { calls } = this.options.state();
    for (const callId of this.#told.keys()) if (calls[callId] === undefined) this.#told.delete(callId);
    if (on === 'off' || this.#screens.size === 0) return;
    for (const call of Object.values(calls)) {
      const handsets = call.direction === 'incoming' ? handsetsOf(call, on) : [];
      if (handsets.length > 0) this.#tell(call, handsets);
    }
  }

  #tell(call: ShownCall, handsets: (string | undefined)[]): void {
    const told = this.#told.get(call.id) ?? new Map<number, PopScreen | 'confirmed'>();
    this.#told.set(call.id, told);
    for (const [id, screen] of this.#best(handsets)) {
      const before = told.get(id);
      if (before === 'confirmed' || (before !== undefined && this.#screens.has(before))) continue;
      const url = this.options.address(call, id);
      if (url === undefined) continue;
      told.set(id, screen);
      screen.send({ type: 'pop', call: call.id, url });
    }
  }

  /** For each operator at one of these handsets the newest screen, and rather one that opens pages. */
  #best(handsets: (string | undefined)[]): Map<number, PopScreen> {
    const best = new Map<number, PopScreen>();
    for (const screen of this.#screens) {
      const who = screen.who();
      if (who === undefined || !handsets.includes(who.handset)) continue;
      if (screen.opens || best.get(who.id)?.opens !== true) best.set(who.id, screen);
    }
    return best;
  }
}

function handsetsOf({ rings, talk }: ShownCall, on: 'ring' | 'answer'): (string | undefined)[] {
  const talking = talk?.handset === undefined ? [] : [talk.handset];
  return on === 'answer' ? talking : [...talking, ...rings.flatMap(({ handset }) => handset ?? [])];
}
