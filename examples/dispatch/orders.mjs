import { isLive, isStatus } from './statuses.mjs';

/** Orders, without HTTP and clock: validation of a form, a caller's orders, and the views of the parties. */

const MAX_TEXT = 120;
const MAX_MINUTES = 600;

/** Numbers of the country are shorter than this. */
const INTERNATIONAL_DIGITS = 11;

/**
 * A number as people and telephone exchanges write it (`777 888 999`, `00420…`, `420…`), as E.164; undefined when it cannot be read.
 * @param country code of the company's country: `420`
 */
export function e164(number, country) {
  const plain = String(number ?? '')
    .replace(/[\s()./-]/g, '')
    .replace(/^00/, '+');
  const prefix = plain.startsWith('+') ? '' : plain.length < INTERNATIONAL_DIGITS ? `+${country}` : '+';
  return /^\+[1-9]\d{7,14}$/.test(prefix + plain) ? prefix + plain : undefined;
}

/** Problems of a form by field: `number`, `unknown`, `too_long`. Empty when it is valid. */
export function problemsOf(fields, settings) {
  const problems = {};
  if (e164(fields.phone, settings.country_code) === undefined) problems.phone = 'number';
  for (const name of ['name', 'surname', 'from', 'to'])
    if (String(fields[name] ?? '').length > MAX_TEXT) problems[name] = 'too_long';
  if (fields.status !== undefined && !isStatus(fields.status)) problems.status = 'unknown';
  if (fields.driver && !settings.drivers.some(({ id }) => id === fields.driver)) problems.driver = 'unknown';
  if (fields.branch && !settings.branches.includes(fields.branch)) problems.branch = 'unknown';
  if (fields.tariff && !settings.tariffs.includes(fields.tariff)) problems.tariff = 'unknown';
  const minutes = Number(fields.minutes || 0);
  if (!Number.isInteger(minutes) || minutes < 0 || minutes > MAX_MINUTES) problems.minutes = 'number';
  return problems;
}

/** The order with the fields of a form; a missing field keeps its value. */
export function withFields(order, fields, settings) {
  const text = (name) => String(fields[name] ?? order[name] ?? '').trim();
  return {
    ...order,
    ...{ name: text('name'), surname: text('surname'), from: text('from'), to: text('to') },
    phone: e164(fields.phone, settings.country_code),
    branch: fields.branch || order.branch || settings.lines[0].branch,
    tariff: fields.tariff || order.tariff || settings.lines[0].tariff,
    line: e164(fields.line || order.line || settings.lines[0].number, settings.country_code),
    driver: fields.driver === undefined ? (order.driver ?? '') : fields.driver,
    minutes: fields.minutes === undefined ? (order.minutes ?? 0) : Number(fields.minutes || 0),
    status: fields.status ?? order.status ?? 'new',
  };
}

/** A caller's orders that are not over, newest first. */
export function ordersOf(orders, phone) {
  return newestFirst(orders).filter((order) => order.phone === phone && isLive(order));
}

export function newestFirst(orders) {
  return [...orders].sort((one, other) => Number(other.id) - Number(one.id));
}

/**
 * Initial content of the form for an incoming call: the caller's order, or a new one with the caller's known data.
 * @param call `{ clid, did }` as the telephone exchange sends them
 */
export function formFor(orders, { clid, did, id }, settings) {
  const phone = e164(clid, settings.country_code);
  const number = e164(did, settings.country_code);
  const line = settings.lines.find((each) => e164(each.number, settings.country_code) === number) ?? settings.lines[0];
  const callersOrders = phone === undefined ? [] : ordersOf(orders, phone);
  const order = id === undefined ? callersOrders[0] : orders.find((each) => each.id === id);
  const others = callersOrders.filter((each) => each !== order).map(({ id: other, status }) => ({ id: other, status }));
  if (order !== undefined) return { mode: 'edit', order, others, line };
  const last = newestFirst(orders).find((each) => each.phone === phone);
  const known = {
    ...{ name: last?.name ?? '', surname: last?.surname ?? '', from: last?.from ?? '', to: '' },
    ...{ phone: phone ?? '', branch: line.branch, tariff: line.tariff, line: line.number },
    ...{ driver: '', minutes: 0, status: 'new' },
  };
  return { mode: 'new', order: known, others, line };
}

/** The part of an order that an app may see: the other party's first name and the car, no phone numbers. */
export function forApp(order, as, settings) {
  const { id, status, minutes, from, to, connection } = order;
  const driver = settings.drivers.find((each) => each.id === order.driver);
  const other = as === 'client' ? driver?.name : order.name;
  const { mark, model, color, plate } = driver ?? {};
  return {
    ...{ id, status, minutes, from, to, other: other ?? '', hasDriver: driver !== undefined },
    ...(as === 'client' && driver && { car: { mark, model, color, plate } }),
    live: isLive(order),
    connection: connection && {
      state: connection.state,
      reason: connection.reason,
      side: connection.side,
      byMe: connection.by === as,
    },
  };
}
