import { batch, computed, signal } from '@preact/signals';
import type { paths } from '../../api/schema.js';
import { api, type ApiFailure } from '../../api/client.js';
import { problemText } from '../../config/problems.js';
import { compact } from '../../../../lib/compact.js';
import { session } from '../../session.js';
import { withKey, withSilence } from './keys.js';
import { instantOf, type Moment } from './moment.js';
import { PromptPlayer } from './player.js';
import { texts } from './texts.js';
import { isComplete, RETURN, stubOf, type ShopAnswer } from './shop-answers.js';

type SimulateOperation = paths['/api/v1/simulate']['post'];
export type SimulatedCall = SimulateOperation['responses'][200]['content']['application/json'];
export type SimulatedEntry = SimulatedCall['timeline'][number];

/** Who answers in queues and at handsets: anybody, a handset, nobody. */
export type Answering = { type: 'anybody' | 'nobody' } | { type: 'handset'; handset: string };

interface SimulationTarget {
  line: string;
  /** Id of the draft; left out: the published configuration. */
  draft?: string | undefined;
}

const MUTED = 'cordboard.simulation.muted';
const DEFAULT_CALLER = '+420601000001';
const day = new Intl.DateTimeFormat('sv', { timeZone: session.timeZone });

/**
 * A simulated call that a person makes. Each change is one request that repeats the call from its beginning, because a call plan is
 * deterministic.
 */
export class Simulation {
  readonly moment = signal<Moment>('now');
  /** Of the moment `other`: local time. */
  readonly otherMoment = signal(`${day.format()}T12:00`);
  readonly caller = signal(DEFAULT_CALLER);
  readonly answering = signal<Answering>({ type: 'anybody' });
  readonly afterSeconds = signal(5);
  readonly isRealShop = signal(false);
  /** One for each request. */
  readonly shopAnswers = signal<readonly ShopAnswer[]>([]);
  readonly call = signal<SimulatedCall | undefined>(undefined);
  readonly isBusy = signal(false);
  /** Why there is no call. */
  readonly failure = signal<string | undefined>(undefined);
  readonly muted = signal(localStorage.getItem(MUTED) === 'true');
  readonly player = new PromptPlayer();
  readonly #keys = signal<readonly string[] | undefined>(undefined);
  #startedAt = '';
  /** Keys that are not sent yet. */
  #pressed: string[] = [];
  #target: SimulationTarget;
  #request: AbortController | undefined;
  #heard = 0;
  /** The entry of each prompt that is played, by its position in the list of the player. */
  readonly #played = signal<readonly number[]>([]);
  /** `seq` of the entry whose prompt is heard now. */
  readonly speaking = computed(() => {
    const position = this.player.playing.value;
    return position === undefined ? undefined : this.#played.value[position];
  });

  constructor(target: SimulationTarget) {
    this.#target = target;
  }

  get isActive(): boolean {
    return this.#keys.value !== undefined;
  }

  /** The plan has changed: repeats the call. */
  update(target: SimulationTarget): void {
    const isOtherLine = target.line !== this.#target.line;
    this.#target = target;
    if (isOtherLine) this.reset();
    else this.repeat();
  }

  start(): void {
    this.#startedAt = new Date().toISOString();
    this.#pressed = [];
    this.#heard = 0;
    this.#keys.value = [];
    this.call.value = undefined;
    void this.#run();
  }

  /** Ends the call and forgets its course. */
  reset(): void {
    this.#cancel();
    this.#pressed = [];
    this.player.stop();
    batch(() => {
      this.#keys.value = undefined;
      this.call.value = undefined;
      this.failure.value = undefined;
      this.isBusy.value = false;
    });
  }

  /** Repeats the call with other circumstances. */
  repeat(): void {
    if (this.isActive) void this.#run();
  }

  /** A key that is pressed during a request is sent after it. */
  press(key: string): void {
    if (this.call.value?.waiting == null) return;
    this.#pressed.push(key);
    if (!this.isBusy.value) this.#sendKey();
  }

  #sendKey(): void {
    const [waiting, keys, key] = [this.call.value?.waiting, this.#keys.value, this.#pressed.shift()];
    if (key === undefined) return;
    if (waiting == null || keys === undefined) {
      this.#pressed = [];
      return;
    }
    this.#keys.value = withKey(keys, waiting, key);
    void this.#run();
  }

  /** Lets the present input wait in vain. */
  waitInVain(): void {
    const keys = this.#keys.value;
    if (this.call.value?.waiting == null || keys === undefined || this.isBusy.value) return;
    this.#keys.value = withSilence(keys);
    void this.#run();
  }

  setShopAnswer(request: number, answer: ShopAnswer): void {
    const answers = [...this.shopAnswers.value];
    for (let index = answers.length; index < request; index += 1) answers.push(RETURN);
    answers[request] = answer;
    this.shopAnswers.value = answers;
    if (answers.every(isComplete)) this.repeat();
  }

  setMuted(muted: boolean): void {
    this.muted.value = muted;
    localStorage.setItem(MUTED, String(muted));
    this.player.setMuted(muted);
  }

  async #run(): Promise<void> {
    this.player.stop();
    const { signal } = this.#cancel();
    this.isBusy.value = true;
    const outcome = await api.post('/api/v1/simulate', { body: this.#body(), signal });
    if (signal.aborted) return;
    batch(() => {
      this.isBusy.value = false;
      this.failure.value = outcome.ok ? undefined : failureText(outcome);
      if (outcome.ok) this.call.value = outcome.data;
    });
    if (outcome.ok) this.#speak(outcome.data);
    this.#sendKey();
  }

  /** Cancels the request in progress: the gateway ends that call. @returns the controller of the next request */
  #cancel(): AbortController {
    this.#request?.abort();
    this.#request = new AbortController();
    return this.#request;
  }

  #body(): NonNullable<SimulateOperation['requestBody']>['content']['application/json'] {
    const answering = this.answering.value;
    return {
      ...compact({
        ...this.#target,
        stub: this.isRealShop.value ? undefined : this.shopAnswers.value.map(stubOf),
      }),
      pause: true,
      keys: [...(this.#keys.value ?? [])],
      at:
        this.moment.value === 'other'
          ? this.otherMoment.value
          : instantOf(this.moment.value, day.format(), this.#startedAt),
      caller: this.caller.value,
      nobody_answers: answering.type === 'nobody',
      answering: compact({
        handset: answering.type === 'handset' ? answering.handset : undefined,
        after_s: this.afterSeconds.value,
      }),
    };
  }

  /** Plays the prompts that were not heard yet. */
  #speak({ timeline, prompts }: SimulatedCall): void {
    const entries = timeline.filter(({ kind, seq }) => kind === 'prompt' && seq >= this.#heard);
    this.#heard = timeline.length;
    const spoken = entries.flatMap(({ seq, data }) => {
      const [ids, languages] = [data['prompts'], data['languages']] as [number[], string[] | null];
      return ids.map((id, index) => {
        const found = prompts.find((prompt) => prompt.id === id && prompt.language === languages?.[index]);
        return { seq, audio: found?.audio ?? null };
      });
    });
    this.#played.value = spoken.map(({ seq }) => seq);
    this.player.play(
      spoken.map(({ audio }) => audio),
      this.muted.value,
    );
  }
}

function failureText(failure: ApiFailure): string {
  return failure.code === 'configuration_refused' ? texts.draftHasErrors : problemText(failure);
}
