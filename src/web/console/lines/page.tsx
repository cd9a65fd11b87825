import { useLocation } from 'preact-iso';
import { api } from '../api/client.js';
import { AddLink } from '../config/add-link.js';
import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import { labelsOf, SpecField, SpecFields } from '../config/spec-field.js';
import { groupDigits } from '../format.js';
import { languageName } from '../names.js';
import { can, renameInSession } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { EmptyState } from '../ui/empty-state.js';
import { useLeave } from '../ui/leave.js';
import { usePolled } from '../ui/polled.js';
import { Skeleton } from '../ui/skeleton.js';
import { WayBack } from '../ui/way-back.js';
import { lineGroups, newLineNumber, withPlainNumber, type LineItem } from './fields.js';
import { texts } from './texts.js';
import { TrunkBadge } from './trunk.js';

/** The numbers of the company; with `?new` the form for another one. */
export default function LinesPage() {
  const { query } = useLocation();
  return 'new' in query && mayConfigure() ? <NewLine /> : <LineList />;
}

function LineList() {
  const [data] = usePolled(async () => api.get('/api/v1/lines'));
  return (
    <>
      <PageHeader title={texts.title}>
        <AddLink to="/lines?new=1" text={texts.add} primary />
      </PageHeader>
      {can('metrics:read') && <TrunkBadge />}
      {data === undefined ? (
        <Skeleton rows={4} />
      ) : data.lines.length === 0 ? (
        <EmptyState icon="calls" title={texts.none}>
          {texts.noneHint}
        </EmptyState>
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th>{texts.line}</th>
              <th>{texts.callerId}</th>
              <th>{texts.languages}</th>
              <th>{texts.queues}</th>
            </tr>
          </thead>
          <tbody>
            {data.lines.map((line) => (
              <tr key={line.number}>
                <td>
                  <a href={`/lines/${encodeURIComponent(line.number)}`}>
                    {line.name === '' ? groupDigits(line.number) : line.name}
                  </a>
                  {line.name !== '' && <span class="hint whole">{groupDigits(line.number)}</span>}
                </td>
                <td data-label={texts.callerId} class="whole">
                  {groupDigits(line.caller_id)}
                </td>
                <td data-label={texts.languages}>{line.languages.map(languageName).join(', ')}</td>
                <td data-label={texts.queues}>{shortList(line.queues.map(({ name }) => name))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

/** Queues of a line that its row names. */
const SHOWN_QUEUES = 3;

function shortList(names: string[]): string {
  const more = names.length - SHOWN_QUEUES;
  const shown = names.slice(0, SHOWN_QUEUES).join(', ');
  return names.length === 0 ? '–' : more > 0 ? `${shown} ${texts.more(more)}` : shown;
}

/** A new line hangs up until it has a plan. */
function NewLine() {
  const leave = useLeave();
  const editor = useItemEditor<LineItem>(
    { section: 'lines', key: '' },
    { body: { number: '', plan: ['hang_up'] }, keyField: 'number' },
    withPlainNumber,
  );
  return (
    <>
      <WayBack to="/lines">{texts.title}</WayBack>
      <PageHeader title={texts.add} />
      <ItemForm
        editor={editor}
        labelOf={labelsOf(texts.form)}
        onSaved={(key) => {
          renameInSession('lines', key, editor.body.value.name ?? '');
          leave(`/lines/${encodeURIComponent(key)}`);
        }}
      >
        <section class="card">
          <SpecField spec={newLineNumber} form={editor} words={texts.form} />
          <SpecFields specs={lineGroups.basics} form={editor} words={texts.form} />
          <p class="note">{texts.planHint}</p>
        </section>
      </ItemForm>
    </>
  );
}
