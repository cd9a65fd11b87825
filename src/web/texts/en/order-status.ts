/** Statuses of orders, and results of notifications. */
export const orderStatusTexts = {
  results: {
    delivered: 'heard',
    busy: 'busy',
    no_answer: 'no answer',
    failed: 'failed',
    expired: 'expired',
    superseded: 'replaced by a newer one',
    window_missed: 'outside calling hours',
    refused: 'not allowed',
    canceled: 'canceled',
  },
  statuses: {
    new: 'new',
    accepted: 'accepted by the driver',
    driver_finishing_current: 'driver is finishing another ride',
    arrived: 'car has arrived',
    paid_waiting: 'paid waiting',
    executing: 'under way',
    completed_paid: 'completed, paid',
    client_refused: 'cancelled by the client',
    driver_late: 'driver is late',
    overdue: 'overdue',
    driver_refused: 'refused by the driver',
    no_driver: 'no driver found',
    cancelled_by_driver: 'cancelled by the driver',
    ordered_by_mistake: 'ordered by mistake',
  },
};

export type OrderStatusTexts = typeof orderStatusTexts;
