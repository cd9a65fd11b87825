import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useRoute } from 'preact-iso';
import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import { labelsOf, SpecFields } from '../config/spec-field.js';
import { formatWhen } from '../format.js';
import { can, session } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { Badge } from '../ui/badge.js';
import { EmptyState } from '../ui/empty-state.js';
import { useLeave } from '../ui/leave.js';
import { usePolled } from '../ui/polled.js';
import { Skeleton } from '../ui/skeleton.js';
import { WayBack } from '../ui/way-back.js';
import { handsetFields, type HandsetItem } from './fields.js';
import { PhoneSetup } from './phone-setup.js';
import { HandsetBadge, loadHandsets, titleOf, userOf, type HandsetState } from './state.js';
import { texts } from './texts.js';

/** One handset: its state, how a phone is connected, and its settings. */
export default function HandsetPage() {
  const { name = '' } = useRoute().params;
  const [data, reload] = usePolled(loadHandsets, name);
  const handset = data?.handsets.find((each) => each.name === name);
  return (
    <>
      <WayBack to="/handsets">{texts.title}</WayBack>
      <PageHeader title={handset === undefined ? name : titleOf(handset)} />
      {data === undefined ? (
        <Skeleton rows={4} />
      ) : handset === undefined ? (
        <EmptyState icon="warning" title={texts.missing} />
      ) : (
        <div class="cards-column">
          <StateCard handset={handset} />
          {handset.endpoint === null && <PhoneSetup handset={handset} />}
          {handset.endpoint === null && !handset.webrtc && <LazyEnrolledPhone handset={handset.name} />}
        </div>
      )}
      {can('config:read') && <HandsetSettings name={name} onSaved={reload} />}
    </>
  );
}

/** Loaded after the rest of the page. */
function LazyEnrolledPhone(props: { handset: string }) {
  const [EnrolledPhone, setEnrolledPhone] = useState<ComponentType<typeof props> | undefined>(undefined);
  useEffect(() => void import('./enrolled-phone.js').then((module) => setEnrolledPhone(() => module.default)), []);
  return EnrolledPhone === undefined ? null : <EnrolledPhone {...props} />;
}

function StateCard({ handset }: { handset: HandsetState }) {
  const user = userOf(handset);
  return (
    <section class="card">
      <h2>{texts.state}</h2>
      <dl class="facts">
        <dt>{texts.state}</dt>
        <dd>
          <HandsetBadge handset={handset} />
        </dd>
        <dt>{texts.user}</dt>
        <dd>{user ?? texts.nobody}</dd>
        {handset.endpoint !== null && (
          <>
            <dt>{texts.ownPhone}</dt>
            <dd>{handset.endpoint}</dd>
          </>
        )}
        <dt>{texts.queues}</dt>
        <dd>
          {handset.queues.length === 0 ? (
            <>
              {texts.inNoQueue}
              {mayConfigure() && ' · '}
              {mayConfigure() && <a href="/queues">{texts.chooseQueue}</a>}
            </>
          ) : (
            handset.queues.map(({ queue }, index) => (
              <>
                {index > 0 && ', '}
                <a href={`/queues/${queue}`}>{session.queues.find(({ id }) => id === queue)?.name ?? queue}</a>
              </>
            ))
          )}
        </dd>
      </dl>
      {handset.contacts.map((contact) => (
        <div key={contact.address}>
          <Badge
            tone={contact.state === 'unreachable' ? 'bad' : 'free'}
            icon={contact.state === 'unreachable' ? 'off' : 'check'}
          >
            {contact.user_agent === '' ? texts.unknownDevice : contact.user_agent}
          </Badge>
          <span class="hint">
            {[contact.address, texts.reach[contact.state], `${texts.until} ${formatWhen(contact.expires_at)}`]
              .filter((part) => part !== null)
              .join(' · ')}
          </span>
        </div>
      ))}
    </section>
  );
}

function HandsetSettings({ name, onSaved }: { name: string; onSaved: () => void }) {
  const leave = useLeave();
  const editor = useItemEditor<HandsetItem>({ section: 'handsets', key: name });
  return (
    <>
      <h2>{texts.settings}</h2>
      <ItemForm
        editor={editor}
        labelOf={labelsOf(texts.form)}
        removable
        onSaved={onSaved}
        onRemoved={() => leave('/handsets')}
      >
        <section class="card">
          <SpecFields specs={handsetFields(false)} form={editor} words={texts.form} disabled={!mayConfigure()} />
        </section>
      </ItemForm>
    </>
  );
}
