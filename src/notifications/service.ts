import { createHash } from 'node:crypto';
import { newNotificationId } from '../kernel/ids.js';
import type { MessageCalls } from '../calls/message-call.js';
import { toE164 } from '../directory/numbers.js';
import type { Clock } from '../lib/clock.js';
import { KeyedQueue } from '../lib/keyed-queue.js';
import type { OrderBook } from '../orders/order-book.js';
import { isOrderStatus } from '../orders/status.js';
import type { StatusSpeech } from '../orders/status-speech.js';
import type { NotificationRow } from '../storage/schema.js';
import { badRequest, validateRequest, type ValidRequest, type NotifyingCompany } from './check.js';
import type { DoNotCallList } from './do-not-call.js';
import { toMessageCall, composeMessage } from './message.js';
import type { NotificationRequest, Notifications, NotificationView } from './port.js';
import type { BeginResult } from './scheduler.js';
import { viewOf } from './notification-view.js';
import type { NotificationStore } from './store.js';
import type { Terms } from './terms.js';

interface NotificationServiceOptions {
  store: NotificationStore;
  doNotCall: DoNotCallList;
  /** A notification stores its order, so that the recipient can call back about it. */
  orders: Pick<OrderBook, 'put'>;
  company: () => NotifyingCompany;
  speech: StatusSpeech;
  /** What is wrong with the prompts; undefined when all of them can be played. */
  promptProblem: (ids: number[]) => Promise<string | undefined>;
  calls: Pick<MessageCalls, 'begin'>;
  /** Trunk of lines that name none. */
  defaultTrunk: string;
  clock: Clock;
  /** Called when a notification was stored. */
  onAdded: () => void;
}

/** Accepts notifications and starts their calls. */
export class NotificationService implements Notifications {
  readonly #turns = new KeyedQueue();

  constructor(private readonly options: NotificationServiceOptions) {}

  /** Requests of one order run one after another, so that a status that takes longer to compose does not replace a newer one. */
  notify(request: NotificationRequest): ReturnType<Notifications['notify']> {
    return this.#turns.run(request.orderId, () => this.#accept(request));
  }

  async #accept(request: NotificationRequest): ReturnType<Notifications['notify']> {
    const { store, orders, company, clock, onAdded } = this.options;
    const digest = createHash('sha256').update(JSON.stringify(request)).digest('hex');
    const known = await store.findExternal(request.externalId);
    if (known !== undefined) return this.#answerRepeated(known, digest);
    const checked = validateRequest(request, company(), clock.now());
    if ('ok' in checked) return checked;
    const refused = await this.#refusal(request, checked);
    if (typeof refused === 'object') return refused;
    const { orderId: id, status, rawStatus, details } = request;
    // Before the notification: clients do not repeat a request whose notification is stored.
    await orders.put({ id, status, rawStatus, client: checked.to, line: checked.lineNumber, details }, clock.now());
    const row = this.#rowOf(request, checked, digest);
    const { row: stored, isNew } = await store.add(
      refused === 'silent' ? { ...row, state: 'done', result: 'refused', finished_at: row.created_at } : row,
      request.supersede ?? true,
    );
    if (!isNew) return this.#answerRepeated(stored, digest);
    onAdded();
    return { ok: true, isNew, notification: await this.#viewOf(stored) };
  }

  supersede(orderId: string): Promise<void> {
    const { store, clock } = this.options;
    return this.#turns.run(orderId, () => store.supersede(orderId, clock.now()));
  }

  async find(id: string): Promise<NotificationView | undefined> {
    const row = await this.options.store.find(id);
    return row && (await this.#viewOf(row));
  }

  async cancel(id: string): Promise<boolean> {
    const { store, clock } = this.options;
    return (await store.cancel(id, clock.now())) || (await store.find(id)) !== undefined;
  }

  /** Starts the call of a notification, composed with the settings of now. */
  async begin(row: NotificationRow, callId: string): Promise<BeginResult> {
    const { store, calls, company, speech } = this.options;
    const now = company();
    if (await this.#isUnwanted(row.to_number))
      return { ok: false, why: 'refused', detail: 'the number is on the do-not-call list' };
    const terms = JSON.parse(row.terms) as Terms;
    const said = await composeMessage({ status: statusOf(row), languages: languagesOf(row.line, now), terms }, speech);
    if ('refused' in said) return { ok: false, why: 'failed', detail: said.refused };
    if ('silent' in said) return { ok: false, why: 'refused', detail: 'the company does not speak this status' };
    // A newer status may have arrived while this one was composed.
    if ((await store.find(row.id))?.withdrawn != null)
      return { ok: false, why: 'refused', detail: 'the notification was superseded or canceled' };
    return calls.begin(toMessageCall(row, callId, said.prompts, now));
  }

  async #answerRepeated(row: NotificationRow, digest: string): ReturnType<Notifications['notify']> {
    if (row.digest === digest) return { ok: true, isNew: false, notification: await this.#viewOf(row) };
    const detail =
      'a notification with this external_id and other contents exists; use a new external_id for each notification';
    return { ok: false, why: 'conflict', field: 'external_id', detail };
  }

  /** `silent`: accepted, so that it replaces waiting notifications, but never called. */
  async #refusal(request: NotificationRequest, { to, line, terms }: ValidRequest) {
    const { company, speech, promptProblem } = this.options;
    const now = company();
    if (await this.#isUnwanted(to)) return 'silent' as const;
    if (request.prompts !== undefined) {
      const problem = await promptProblem(request.prompts);
      return problem === undefined ? undefined : badRequest('prompts', problem);
    }
    const said = await composeMessage(
      { status: request.status, languages: line.languages ?? now.languages, terms },
      speech,
    );
    if ('refused' in said) return badRequest('status', said.refused);
    return 'silent' in said ? ('silent' as const) : undefined;
  }

  async #isUnwanted(to: string): Promise<boolean> {
    const { country, notifications } = this.options.company();
    const isListed = notifications.do_not_call.some((number) => toE164(number, country) === to);
    return isListed || this.options.doNotCall.has(to);
  }

  #rowOf(request: NotificationRequest, checked: ValidRequest, digest: string): NotificationRow {
    const { externalId, orderId, status, rawStatus, batch = null } = request;
    const { to, line, lineNumber, expiresAt, terms } = checked;
    const now = this.options.clock.now();
    return {
      id: newNotificationId(),
      external_id: externalId,
      digest,
      order_id: orderId,
      status,
      raw_status: rawStatus,
      to_number: to,
      line: lineNumber,
      trunk: line.trunk ?? this.options.defaultTrunk,
      batch,
      terms: JSON.stringify(terms),
      state: 'waiting',
      result: null,
      withdrawn: null,
      attempts: 0,
      due_at: now,
      expires_at: expiresAt,
      created_at: now,
      finished_at: null,
      answered_at: null,
      duration_ms: null,
      digit: null,
      action: null,
    };
  }

  async #viewOf(row: NotificationRow): Promise<NotificationView> {
    return viewOf(row, await this.options.store.findAttempts(row.id));
  }
}

function statusOf({ status }: NotificationRow) {
  return status !== null && isOrderStatus(status) ? status : null;
}

function languagesOf(lineNumber: string, { lines, languages, country }: NotifyingCompany): readonly string[] {
  return lines.find(({ number }) => toE164(number, country) === lineNumber)?.languages ?? languages;
}
