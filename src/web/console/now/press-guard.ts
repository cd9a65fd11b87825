/** A button's place on the screen, in pixels. */
interface Place {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface PlacedButton {
  /** Identifies the target of the button. */
  id: string;
  place: Place;
}

/** How long after a button has disappeared a press in its place is ignored. */
const GUARD_MS = 1000;

/**
 * Prevents presses on the wrong row of a moving list: when a row disappears, the next one moves under the pointer, and a press
 * at that moment was meant for the previous row. Pure; `now` in milliseconds.
 */
export class PressGuard {
  #present: PlacedButton[] = [];
  #gone: (PlacedButton & { at: number })[] = [];

  /** Call it with all buttons after each change of the list. */
  update(buttons: PlacedButton[], now: number): void {
    const stays = ({ id, place }: PlacedButton) =>
      buttons.some((button) => button.id === id && overlap(button.place, place));
    const left = this.#present.filter((button) => !stays(button)).map((button) => ({ ...button, at: now }));
    this.#gone = [...this.#gone.filter(({ at }) => now - at < GUARD_MS), ...left];
    this.#present = buttons;
  }

  /** @returns false while another button was in this place a moment ago */
  mayPress({ id, place }: PlacedButton, now: number): boolean {
    return !this.#gone.some((gone) => gone.id !== id && now - gone.at < GUARD_MS && overlap(gone.place, place));
  }
}

function overlap(a: Place, b: Place): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
