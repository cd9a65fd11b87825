import { randomUUID } from 'node:crypto';

const TIMEOUT_MS = 10_000;

/** An order in the dispatch's format, as sent to the gateway. */
export function gatewayOrder(order, driver) {
  return {
    ...{ id: order.id, status: order.status, phone: order.phone, line: order.line, address: order.from },
    ...(order.minutes > 0 && { car_time: order.minutes }),
    ...(driver && {
      ...{ car_mark: driver.mark, car_model: driver.model, car_color: driver.color, car_number: driver.plate },
      driver_phone: driver.phone,
    }),
  };
}

/** Requests to the telephone gateway. Every result is `{ ok, status, body }`; errors are not thrown. */
export class Gateway {
  /**
   * @param url of the gateway
   * @param informerToken the "Voice informer" token, for statuses
   * @param apiToken of the native API: it connects people
   * @param connectPath path of the compatible route for connecting people; undefined: the native API is used
   * @param callback URL to which the gateway reports the progress of notifications and bridges
   */
  constructor(options) {
    this.options = options;
  }

  /** An order has changed: the gateway calls the client and says so. */
  notify(order, driver) {
    return this.#post(
      '/integration/gootaxpro/notify',
      { 'api-key': this.options.informerToken },
      gatewayOrder(order, driver),
    );
  }

  /** Connects the two parties of an order. @param as `client` or `driver`: the requesting party, which is called first */
  connect(order, driver, as) {
    const { connectPath, informerToken, apiToken, callback } = this.options;
    if (connectPath !== undefined) {
      const body = {
        id: order.id,
        initiator: as,
        client_phone: order.phone,
        driver_phone: driver.phone,
        line: order.line,
      };
      return this.#post(connectPath, { 'api-key': informerToken }, body);
    }
    const people = { client: { phone: order.phone, role: 'client' }, driver: { phone: driver.phone, role: 'driver' } };
    const body = {
      ...{ order_id: order.id, initiator: as, line: order.line, callback_url: callback },
      a: people[as],
      b: people[as === 'client' ? 'driver' : 'client'],
    };
    return this.#post(
      '/api/v1/bridges',
      { authorization: `Bearer ${apiToken}`, 'idempotency-key': randomUUID() },
      body,
    );
  }

  async #post(path, headers, body) {
    try {
      const response = await fetch(`${this.options.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      return { ok: response.ok, status: response.status, body: parsedBody(text) };
    } catch (error) {
      return { ok: false, status: 0, body: { detail: String(error.cause?.code ?? error.name) } };
    }
  }
}

function parsedBody(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return { detail: text.slice(0, 200) };
  }
}
