import { useSignal } from '@preact/signals';
import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { useFieldErrors } from '../config/field-errors.js';
import { CallButton } from '../dialling/deferred-button.js';
import { formatExactInstant, groupDigits } from '../format.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { TextField } from '../ui/field.js';
import { saveFile } from '../ui/save-file.js';
import { usePolled } from '../ui/polled.js';
import { showFailure } from '../ui/toasts.js';
import { When } from '../ui/when.js';
import { Counts } from './counts.js';
import { ErasureForm, type Receipt } from './erasure.js';
import { texts } from './texts.js';

type Summary = paths['/api/v1/people/summary']['post']['responses'][200]['content']['application/json'];

/** What is stored about a number: shown, downloaded and erased. */
export default function PersonalDataPage() {
  const summary = useSignal<Summary | undefined>(undefined);
  const receipt = useSignal<Receipt | undefined>(undefined);
  const [past, reload] = usePolled(async () => api.get('/api/v1/people/erasures'));
  return (
    <>
      <PageHeader title={texts.title} />
      <p class="soft">{texts.hint}</p>
      <div class="cards-column">
        <Lookup
          isMain={summary.value === undefined}
          onFound={(found) => {
            summary.value = found;
            receipt.value = undefined;
          }}
        />
        {summary.value !== undefined && <Stored summary={summary.value} />}
        {summary.value !== undefined && (
          <ErasureForm
            key={summary.value.number}
            number={summary.value.number}
            isBlocked={summary.value.do_not_call}
            onErased={(erased) => {
              summary.value = undefined;
              receipt.value = erased;
              reload();
            }}
          />
        )}
        {receipt.value !== undefined && <ReceiptCard receipt={receipt.value} />}
      </div>
      <h2>{texts.past}</h2>
      {past?.erasures.length === 0 && <EmptyState icon="check" title={texts.noPast} />}
      {past !== undefined && past.erasures.length > 0 && <PastErasures erasures={past.erasures} />}
    </>
  );
}

function Lookup({ isMain, onFound }: { isMain: boolean; onFound: (summary: Summary) => void }) {
  const [number, setNumber] = useState('');
  const [isSending, setSending] = useState(false);
  const errors = useFieldErrors();
  const lookUp = async () => {
    setSending(true);
    const outcome = await api.post('/api/v1/people/summary', { body: { number } });
    setSending(false);
    if (!outcome.ok) {
      errors.show(outcome);
      return;
    }
    errors.clear();
    onFound(outcome.data);
  };
  return (
    <form
      class="item card"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void lookUp();
      }}
    >
      <TextField
        label={texts.number}
        type="tel"
        maxLength={40}
        value={number}
        error={errors.errorOf('body.number')}
        onChange={setNumber}
      />
      <div class="row">
        <button class={isMain ? 'primary' : ''} disabled={isSending}>
          {texts.lookUp}
        </button>
      </div>
    </form>
  );
}

function Stored({ summary: { number, counts, do_not_call: isBlocked, configuration } }: { summary: Summary }) {
  const [isLoading, setLoading] = useState(false);
  const isEmpty = Object.values(counts).every((count) => count === 0);
  const download = async () => {
    setLoading(true);
    const outcome = await api.post('/api/v1/people/export', { body: { number } });
    setLoading(false);
    // The name has no number: names of downloads are stored by browsers.
    if (outcome.ok) saveFile('personal-data.json', 'application/json', JSON.stringify(outcome.data, null, 2));
    else showFailure(outcome.status);
  };
  return (
    <section class="card" aria-labelledby="stored">
      <h2 id="stored">
        <span class="whole">{groupDigits(number)}</span>
        <CallButton number={number} />
      </h2>
      {isEmpty ? <p role="status">{texts.nothing}</p> : <Counts counts={counts} />}
      {isBlocked && <p>{texts.doNotCallYes}</p>}
      {configuration.length > 0 && (
        <div>
          <p>{texts.settingsHint}</p>
          <ul>
            {configuration.map(({ section, key }) => (
              <li key={`${section} ${key}`}>{[section, key].filter((part) => part !== '').join(' · ')}</li>
            ))}
          </ul>
        </div>
      )}
      <p class="soft">{texts.downloadHint}</p>
      <div class="row">
        <button type="button" disabled={isLoading} onClick={() => void download()}>
          {texts.download}
        </button>
      </div>
    </section>
  );
}

function ReceiptCard({ receipt }: { receipt: Receipt }) {
  const { id, at, counts, configuration, backups, log_truncated: isTruncated } = receipt;
  return (
    <section class="card" role="status" aria-labelledby="receipt">
      <h2 id="receipt">{texts.receipt}</h2>
      <Counts counts={counts} />
      <dl class="facts">
        <dt>{texts.at}</dt>
        <dd>{formatExactInstant(at)}</dd>
        <dt>{texts.id}</dt>
        <dd>
          <code>{id}</code>
        </dd>
      </dl>
      {configuration.length > 0 && (
        <p>
          {texts.settingsHint} {configuration.map(({ section, key }) => `${section} ${key}`).join(', ')}
        </p>
      )}
      {backups.length > 0 && (
        <p>
          {texts.backups} {backups.join(', ')}
        </p>
      )}
      {!isTruncated && <p>{texts.logKept}</p>}
      <p class="soft">{texts.receiptHint}</p>
    </section>
  );
}

function PastErasures({
  erasures,
}: {
  erasures: { id: string; at: string; by: string; counts: Record<string, number> }[];
}) {
  const words: Record<string, string> = texts.kinds;
  return (
    <table class="cards">
      <thead>
        <tr>
          <th>{texts.at}</th>
          <th>{texts.receipt}</th>
          <th>{texts.by}</th>
          <th>{texts.id}</th>
        </tr>
      </thead>
      <tbody>
        {erasures.map(({ id, at, by, counts }) => (
          <tr key={id}>
            <td>
              <When at={at} />
            </td>
            <td data-label={texts.receipt}>
              {Object.entries(counts)
                .filter(([, count]) => count > 0)
                .map(([kind, count]) => `${words[kind] ?? kind}: ${count}`)
                .join(', ') || '–'}
            </td>
            <td data-label={texts.by}>{by}</td>
            <td data-label={texts.id}>
              <code>{id}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
