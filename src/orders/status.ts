/** The statuses of a taxi or delivery order that can be spoken, in the order in which Gootax's documentation names them. */
export const orderStatuses = [
  'new',
  'accepted',
  'driver_finishing_current',
  'arrived',
  'paid_waiting',
  'executing',
  'completed_paid',
  'client_refused',
  'driver_late',
  'overdue',
  'driver_refused',
  'no_driver',
  'cancelled_by_driver',
  'ordered_by_mistake',
] as const;

export type OrderStatus = (typeof orderStatuses)[number];

/** After these an order lives no more: nobody is connected, called back or told a status for it. */
const FINAL: ReadonlySet<OrderStatus> = new Set([
  'completed_paid',
  'client_refused',
  'no_driver',
  'cancelled_by_driver',
  'ordered_by_mistake',
]);

export function isOrderStatus(text: string): text is OrderStatus {
  return (orderStatuses as readonly string[]).includes(text);
}

/** With these, whoever drove for the order before drives no more. */
const WITHOUT_DRIVER: ReadonlySet<OrderStatus> = new Set(['new', 'driver_refused', 'no_driver', 'cancelled_by_driver']);

export function isWithoutDriver(status: OrderStatus | null): boolean {
  return status !== null && WITHOUT_DRIVER.has(status);
}

/** A status that we do not know says nothing about the end of an order. */
export function isFinal(status: OrderStatus | null): boolean {
  return status !== null && FINAL.has(status);
}
