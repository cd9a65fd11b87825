import { rides } from './statuses.mjs';

/** An order that moves by itself: one status after another, as a ride goes. */
export class Demo {
  #timer;
  #left = [];
  #order;

  /** @param desk where the order is; `everyMs` between two statuses */
  constructor(desk, order, everyMs) {
    this.desk = desk;
    this.fields = order;
    this.everyMs = everyMs;
  }

  /** The order that moves, and how many statuses are to come; undefined: none moves. */
  get running() {
    const isOver = this.#left.length === 0 || !this.desk.isLive(this.#order);
    return isOver ? undefined : { order: this.#order, left: this.#left.length };
  }

  /** @param ride name of one of the rides */
  start(ride) {
    this.stop();
    const [first, ...left] = rides[ride];
    this.#left = left;
    this.#order = this.desk.create({ ...this.fields, status: first }).id;
    this.#wait();
  }

  stop() {
    clearTimeout(this.#timer);
    this.#left = [];
  }

  #wait() {
    if (this.#left.length > 0) this.#timer = setTimeout(() => this.#step(), this.everyMs);
  }

  #step() {
    const status = this.#left.shift();
    // Somebody has ended it: by hand, or the client with a key.
    if (!this.desk.isLive(this.#order)) return this.stop();
    this.desk.move(this.#order, status);
    this.#wait();
  }
}
