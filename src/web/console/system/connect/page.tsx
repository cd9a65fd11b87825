import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import type { IconName } from '../../../icons.js';
import { api } from '../../api/client.js';
import { PageHeader } from '../../shell/page-header.js';
import { Badge } from '../../ui/badge.js';
import { CopyValue } from '../../ui/copy-value.js';
import { Icon } from '../../ui/icon.js';
import { Skeleton } from '../../ui/skeleton.js';
import { showFailure } from '../../ui/toasts.js';
import { WayBack } from '../../ui/way-back.js';
import { pageLanguage } from '../../texts.js';
import { texts as ofSystem } from '../texts.js';
import type { ConnectSheet } from '../types.js';
import { connectTexts as texts } from './texts.js';
import '../../styles/setup.css';

type Row = ConnectSheet['rows'][number];

const ICONS: Record<Row['state'], { icon: IconName; name: string }> = {
  ok: { icon: 'check', name: 'good' },
  warning: { icon: 'warning', name: 'warning' },
  missing: { icon: 'off', name: 'bad' },
  unknown: { icon: 'pause', name: 'warning' },
};

/** What an Asterisk of the company's own has and lacks, as `cordboard connect --check` says, and the snippets for its files. */
export default function ConnectPage() {
  const sheet = useSignal<ConnectSheet | undefined>(undefined);
  const isLooking = useSignal(false);
  const look = async () => {
    if (isLooking.value) return;
    isLooking.value = true;
    const outcome = await api.get('/api/v1/system/connect-sheet');
    isLooking.value = false;
    if (outcome.ok) sheet.value = outcome.data;
    else showFailure(outcome.status);
  };
  useEffect(() => void look(), []);
  return (
    <>
      <WayBack to="/system">{ofSystem.title}</WayBack>
      <PageHeader title={texts.title}>
        <button type="button" aria-disabled={isLooking.value} onClick={() => void look()}>
          {texts.again}
        </button>
      </PageHeader>
      <p>{texts.about}</p>
      {isLooking.value && <p role="status">{texts.looking}</p>}
      {sheet.value === undefined ? <Skeleton rows={8} /> : <Sheet sheet={sheet.value} />}
    </>
  );
}

function Sheet({ sheet: { ari_url, folder, rows, snippets } }: { sheet: ConnectSheet }) {
  const missing = rows.filter(({ state }) => state === 'missing').length;
  const unknown = rows.filter(({ state }) => state === 'unknown').length;
  return (
    <>
      <dl class="facts">
        <dt>{texts.address}</dt>
        <dd>{ari_url}</dd>
        <dt>{texts.folder}</dt>
        <dd>{folder ?? texts.noFolder}</dd>
      </dl>
      <section aria-labelledby="found">
        <h2 id="found">{texts.found}</h2>
        {(missing > 0 || unknown === 0) && (
          <Badge tone={missing > 0 ? 'bad' : 'free'} icon={missing > 0 ? 'off' : 'check'}>
            {missing > 0 ? texts.missing(missing) : texts.nothingMissing}
          </Badge>
        )}
        <ul class="checks">
          {rows.map((row) => (
            <SheetRow key={`${row.topic} ${row.text}`} row={row} />
          ))}
        </ul>
      </section>
      <section aria-labelledby="snippets">
        <h2 id="snippets">{texts.snippets}</h2>
        <p>{texts.snippetsAbout}</p>
        {snippets.map((snippet) => (
          <Snippet key={`${snippet.file} ${snippet.section ?? ''}`} snippet={snippet} />
        ))}
      </section>
    </>
  );
}

function SheetRow({ row: { topic, state, text, remedy } }: { row: Row }) {
  const { icon, name } = ICONS[state];
  return (
    <li class={name} data-topic={topic} data-state={state}>
      <Icon name={icon} />
      <div>
        <b>{texts.topics[topic] ?? topic}</b> <span class="soft">{texts.states[state]}</span>
        <InEnglish isOpen={state !== 'ok'}>
          <p lang="en">{text}</p>
          {remedy !== null && (
            <p>
              <b>{ofSystem.whatToDo}</b> <span lang="en">{remedy}</span>
            </p>
          )}
        </InEnglish>
      </div>
    </li>
  );
}

/** What only English has words for: folded in other languages, unless it is needed. */
function InEnglish({ isOpen, children }: { isOpen: boolean; children: ComponentChildren }) {
  if (pageLanguage === 'en') return <>{children}</>;
  return (
    <details open={isOpen}>
      <summary>{ofSystem.english}</summary>
      {children}
    </details>
  );
}

function Snippet({ snippet }: { snippet: ConnectSheet['snippets'][number] }) {
  const { file, freepbx_file, section, why, text } = snippet;
  const place = section === null ? file : `${file}, ${texts.section} [${section}]`;
  return (
    <details class="snippet" data-file={file}>
      <summary>
        {texts.into} <code>{place}</code>
        {freepbx_file !== file && (
          <span class="soft">
            {' '}
            ({texts.orFreepbx}: <code>{freepbx_file}</code>)
          </span>
        )}
      </summary>
      <p lang="en">{why}</p>
      <CopyValue name={place} value={text} />
    </details>
  );
}
