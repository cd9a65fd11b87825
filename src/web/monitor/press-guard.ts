/** A button's place on the screen, in pixels. */
interface Place {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface PlacedButton {
  /** What the button acts on. */
  id: string;
  place: Place;
}

/** For so long after a button has gone, a press on another one in its place may still be meant for the one that has gone. */
const GUARD_MS = 1000;

/**
 * Keeps a press from hitting the wrong row of a list that moves: when a row vanishes, the next one slides under the pointer,
 * and what is pressed then was meant for the one before. Pure; `now` in milliseconds.
 */
export class PressGuard {
  #present: PlacedButton[] = [];
  #gone: (PlacedButton & { at: number })[] = [];

  /** To be called with all buttons after each change of the list. */
  update(buttons: PlacedButton[], now: number): void {
    const stays = ({ id, place }: PlacedButton) =>
      buttons.some((button) => button.id === id && overlap(button.place, place));
    const left = this.#present.filter((button) => !stays(button)).map((button) => ({ ...button, at: now }));
    this.#gone = [...this.#gone.filter(({ at }) => now - at < GUARD_MS), ...left];
    this.#present = buttons;
  }

  /** False while another button was in this place just before. */
  mayPress({ id, place }: PlacedButton, now: number): boolean {
    return !this.#gone.some((gone) => gone.id !== id && now - gone.at < GUARD_MS && overlap(gone.place, place));
  }
}

function overlap(a: Place, b: Place): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
