/** The statuses of an order: their usual successors, and which are final. */

/** The usual next statuses, the likeliest first. None: the status is final. */
const next = {
  new: ['accepted', 'driver_finishing_current', 'no_driver', 'client_refused', 'ordered_by_mistake'],
  accepted: ['arrived', 'driver_late', 'driver_refused', 'client_refused', 'cancelled_by_driver'],
  driver_finishing_current: ['accepted', 'driver_refused', 'client_refused'],
  arrived: ['executing', 'paid_waiting', 'client_refused', 'cancelled_by_driver'],
  paid_waiting: ['executing', 'client_refused', 'cancelled_by_driver'],
  executing: ['completed_paid'],
  completed_paid: [],
  client_refused: [],
  driver_late: ['arrived', 'overdue', 'client_refused', 'cancelled_by_driver'],
  overdue: ['accepted', 'no_driver', 'client_refused'],
  driver_refused: ['accepted', 'overdue', 'no_driver', 'client_refused'],
  no_driver: [],
  cancelled_by_driver: [],
  ordered_by_mistake: [],
};

export const statuses = Object.keys(next);

export function isStatus(name) {
  return Object.hasOwn(next, name);
}

export function nextOf(status) {
  return next[status];
}

export function isLive({ status }) {
  return next[status].length > 0;
}

/** Rides of the automatic demo; together they contain every status. */
export const rides = {
  smooth: ['new', 'accepted', 'arrived', 'executing', 'completed_paid'],
  slow: [
    'new',
    'driver_finishing_current',
    'accepted',
    'driver_late',
    'arrived',
    'paid_waiting',
    'executing',
    'completed_paid',
  ],
  no_driver: ['new', 'accepted', 'driver_refused', 'overdue', 'no_driver'],
  called_off: ['new', 'accepted', 'client_refused'],
  driver_cancels: ['new', 'accepted', 'cancelled_by_driver'],
  mistake: ['new', 'ordered_by_mistake'],
};
