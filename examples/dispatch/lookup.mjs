import { json } from './http.mjs';

/** What the gateway's status announcement wants to know of a caller, in the words of the gateway's profile. */
export function lookUp(desk, headers, query, token) {
  if (token !== undefined && headers.authorization !== `Bearer ${token}`) return json(401, { error: 'not logged in' });
  const order = desk.orderOf(query.get('phone') ?? '');
  if (order === undefined) return json(404, { error: 'no order' });
  const driver = desk.driverOf(order);
  return json(200, {
    id: order.id,
    status: order.status,
    ...(order.minutes > 0 && { car_time: order.minutes }),
    ...(driver && {
      ...{ car_mark: driver.mark, car_model: driver.model, car_color: driver.color, car_number: driver.plate },
      driver_phone: driver.phone,
    }),
  });
}
