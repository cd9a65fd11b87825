/** The statuses of a taxi or delivery order that can be spoken, in the order of Gootax's documentation. */
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

/** Final statuses end an order: its parties are no longer connected, called back or notified. */
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

/** In these statuses the former driver no longer serves the order. */
const WITHOUT_DRIVER: ReadonlySet<OrderStatus> = new Set(['new', 'driver_refused', 'no_driver', 'cancelled_by_driver']);

export function isWithoutDriver(status: OrderStatus | null): boolean {
  return status !== null && WITHOUT_DRIVER.has(status);
}

/** An unknown status is not final. */
export function isFinal(status: OrderStatus | null): boolean {
  return status !== null && FINAL.has(status);
}
