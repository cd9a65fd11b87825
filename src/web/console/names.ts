import { groupDigits } from './format.js';
import { session } from './session.js';

export function titleOfHandset(name: string): string {
  return session.handsets.find((handset) => handset.name === name)?.title ?? name;
}

export function queueName(id: number): string {
  return session.queues.find((queue) => queue.id === id)?.name ?? String(id);
}

/** The name of a line, or its number. */
export function lineName(number: string): string {
  return session.lines.find((line) => line.number === number)?.name || groupDigits(number);
}
