/**
 * Measures how long ago something was, for the owner of a lease: rather too long than too short. The monotonic clock stands still while a
 * machine is suspended, and the other one may be set back, so the larger advance of the two counts.
 */
export class OwnerClock {
  #now = 0;
  #monotonic: number;
  #wall: number;

  constructor(
    private readonly monotonic: () => number = () => performance.now(),
    private readonly wall: () => number = () => Date.now(),
  ) {
    this.#monotonic = monotonic();
    this.#wall = wall();
  }

  /** Milliseconds since an arbitrary instant. */
  now(): number {
    const [monotonic, wall] = [this.monotonic(), this.wall()];
    this.#now += Math.max(monotonic - this.#monotonic, wall - this.#wall, 0);
    this.#monotonic = monotonic;
    this.#wall = wall;
    return this.#now;
  }
}
