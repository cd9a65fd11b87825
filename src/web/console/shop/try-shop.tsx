import { useSignal } from '@preact/signals';
import { api } from '../api/client.js';
import { fieldErrorText, problemText } from '../config/problems.js';
import { formatSeconds } from '../format.js';
import { texts as integrationTexts } from '../integrations/texts.js';
import { failureText } from '../integrations/words.js';
import { session } from '../session.js';
import { Badge } from '../ui/badge.js';
import { TextField } from '../ui/field.js';
import { Icon } from '../ui/icon.js';
import { showProblem } from '../ui/toasts.js';
import type { Exchange, ShopSettings } from './settings.js';

const texts = integrationTexts.shop;

interface TryShopProps {
  url: string;
  profile: string;
  settings: ShopSettings;
}

/** Asks the shop as a call would, and shows its answer. */
export function TryShop({ url, profile, settings }: TryShopProps) {
  const digits = useSignal('');
  const isBusy = useSignal(false);
  const exchanges = useSignal<Exchange[] | undefined>(undefined);
  const ask = async (event: Event) => {
    event.preventDefault();
    if (isBusy.value) return;
    isBusy.value = true;
    const typed = digits.value.trim();
    const body = typed === '' ? { url, profile } : { url, profile, digits: typed };
    const outcome = await api.post('/api/v1/hand-over-test', { body });
    isBusy.value = false;
    if (outcome.ok) exchanges.value = outcome.data.exchanges;
    else showProblem(outcome.errors[0] === undefined ? problemText(outcome) : fieldErrorText(outcome.errors[0]));
  };
  return (
    <form class="try-shop" onSubmit={(event) => void ask(event)}>
      <p class="soft">{texts.tryHint}</p>
      <div class="row">
        <TextField
          label={texts.order}
          hint={texts.orderHint}
          value={digits.value}
          onChange={(value) => (digits.value = value)}
        />
        <button class="with-icon" disabled={isBusy.value}>
          <Icon name="play" />
          {isBusy.value ? texts.trying : texts.try}
        </button>
      </div>
      <div role="status">
        {exchanges.value && <Result exchanges={exchanges.value} settings={settings} typed={digits.value} />}
      </div>
    </form>
  );
}

interface ResultProps {
  exchanges: Exchange[];
  settings: ShopSettings;
  typed: string;
}

function Result({ exchanges, settings, typed }: ResultProps) {
  const works = exchanges.every((exchange) => isGood(exchange, settings));
  return (
    <>
      <Badge tone={works ? 'free' : 'bad'} icon={works ? 'check' : 'warning'}>
        {works ? texts.tried.works : texts.tried.broken}
      </Badge>
      <ol class="exchanges">
        {exchanges.map((exchange, index) => (
          <li key={index}>
            <p>{index === 0 ? texts.tried.started : texts.tried.typed(typed)}</p>
            <p>
              <strong>{answerText(exchange, settings)}</strong>{' '}
              <span class="soft">{texts.tried.took(formatSeconds(exchange.latency_ms))}</span>
            </p>
            <details>
              <summary>
                {integrationTexts.details} <span class="unseen">{texts.tried.step(index + 1)}</span>
              </summary>
              <h4>{texts.tried.request}</h4>
              <pre>{exchange.request.body}</pre>
              <h4>{texts.tried.response}</h4>
              <pre>{exchange.failed ?? `HTTP ${exchange.status ?? ''}\n${exchange.answer}`}</pre>
            </details>
          </li>
        ))}
      </ol>
    </>
  );
}

function isGood({ directive }: Exchange, settings: ShopSettings): boolean {
  if (directive === null || directive.type === 'bad' || directive.type === 'unknown') return false;
  return directive.prompt === null || settings.prompts.some(({ id }) => id === directive.prompt);
}

function answerText({ status, reason, directive }: Exchange, settings: ShopSettings): string {
  const { directives } = texts;
  if (directive === null) return texts.noAnswer(failureText({ status, reason }));
  const isRefused = status !== null && (status < 200 || status > 299);
  if (isRefused) return texts.noAnswer(failureText({ status, reason }));
  switch (directive.type) {
    case 'play':
      return directives.play(promptText(directive.prompt, settings));
    case 'menu':
      return directives.menu(
        promptText(directive.prompt, settings),
        formatSeconds(directive.timeout_ms ?? 0).replace(/[.,]0$/, ''),
      );
    case 'transfer':
      return directives.transfer(queueText(directive.queue));
    case 'unknown':
      return directives.unknown(directive.detail ?? '');
    default:
      return directives[directive.type];
  }
}

function promptText(id: number | null, { prompts }: ShopSettings): string {
  const prompt = prompts.find((each) => each.id === id);
  return prompt === undefined ? texts.unknownPrompt(id ?? 0) : `${prompt.id} ${prompt.name}`;
}

function queueText(id: string | null): string {
  return session.queues.find((queue) => String(queue.id) === id)?.name ?? id ?? '';
}
