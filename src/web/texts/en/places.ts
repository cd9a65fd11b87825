/** The places of the configuration that use something. */
export const placeTexts = {
  line: (line: string) => `Line ${line}`,
  part: (name: string) => `Part ${name}`,
  queue: (name: string) => `Queue ${name}`,
  key: (key: string) => `key ${key}`,
  rejected: 'Rejected callers',
  orders: 'Callers with an order',
  bridges: 'Connection of client and driver',
  notifications: 'Notifications',
  speech: 'Order statuses',
};

export type PlaceTexts = typeof placeTexts;
