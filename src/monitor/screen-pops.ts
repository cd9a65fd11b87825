import type { ShownCall, State } from './protocol.js';

/** Opens a page in one operator's browser. The only message that is not for all watchers. */
interface ScreenPopMessage {
  type: 'pop';
  /** The call's id. */
  call: string;
  url: string;
}

/** An open monitor page of an operator. */
export interface PopScreen {
  /** The operator that is logged in now; undefined without a handset or the right to see numbers. */
  operator(): { id: number; handset: string } | undefined;
  /** Whether pages open here automatically. */
  opensPages: boolean;
  send(message: ScreenPopMessage): void;
}

export interface ScreenPopsOptions {
  state: () => State;
  trigger: () => 'ring' | 'answer' | 'off';
  /** The address of the page; undefined when no page opens. */
  pageUrl: (call: ShownCall, operatorId: number) => string | undefined;
}

/**
 * Sends the caller's page to the operator whose handset rings or answers: once for each call and operator, to one screen. If the
 * screen closes before it confirms, the page goes to the operator's next screen, while the call still rings or talks there.
 */
export class ScreenPops {
  /** In the order of joining. */
  readonly #screens = new Set<PopScreen>();
  /** By call and operator: the screen that got the page, or `confirmed`. */
  readonly #sent = new Map<string, Map<number, PopScreen | 'confirmed'>>();

  constructor(private readonly options: ScreenPopsOptions) {}

  join(screen: PopScreen): void {
    this.#screens.add(screen);
    this.update();
  }

  leave(screen: PopScreen): void {
    if (this.#screens.delete(screen)) this.update();
  }

  /** Records that the screen has the page of this call. */
  confirm(screen: PopScreen, callId: string): void {
    const id = screen.operator()?.id;
    const sent = this.#sent.get(callId);
    if (id !== undefined && sent?.has(id) === true) sent.set(id, 'confirmed');
  }

  /** Sends the pages that the current state requires. */
  update(): void {
    const trigger = this.options.trigger();
    if (this.#sent.size === 0 && (trigger === 'off' || this.#screens.size === 0)) return;
    const { calls } = this.options.state();
    for (const callId of this.#sent.keys()) if (calls[callId] === undefined) this.#sent.delete(callId);
    if (trigger === 'off' || this.#screens.size === 0) return;
    for (const call of Object.values(calls)) {
      const handsets = call.direction === 'incoming' ? handsetsOf(call, trigger) : [];
      if (handsets.length > 0) this.#send(call, handsets);
    }
  }

  #send(call: ShownCall, handsets: (string | undefined)[]): void {
    const sent = this.#sent.get(call.id) ?? new Map<number, PopScreen | 'confirmed'>();
    this.#sent.set(call.id, sent);
    for (const [id, screen] of this.#screensFor(handsets)) {
      const before = sent.get(id);
      if (before === 'confirmed' || (before !== undefined && this.#screens.has(before))) continue;
      const url = this.options.pageUrl(call, id);
      if (url === undefined) continue;
      sent.set(id, screen);
      screen.send({ type: 'pop', call: call.id, url });
    }
  }

  /** The newest screen of each operator of these handsets; screens that open pages automatically are preferred. */
  #screensFor(handsets: (string | undefined)[]): Map<number, PopScreen> {
    const best = new Map<number, PopScreen>();
    for (const screen of this.#screens) {
      const operator = screen.operator();
      if (operator === undefined || !handsets.includes(operator.handset)) continue;
      if (screen.opensPages || best.get(operator.id)?.opensPages !== true) best.set(operator.id, screen);
    }
    return best;
  }
}

function handsetsOf({ rings, talk }: ShownCall, trigger: 'ring' | 'answer'): (string | undefined)[] {
  const talking = talk?.handset === undefined ? [] : [talk.handset];
  return trigger === 'answer' ? talking : [...talking, ...rings.flatMap(({ handset }) => handset ?? [])];
}
