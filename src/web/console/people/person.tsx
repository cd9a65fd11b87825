import { useRoute } from 'preact-iso';
import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { ItemForm, useItemEditor } from '../config/item-form.js';
import { mayConfigure } from '../config/may-configure.js';
import { problemText } from '../config/problems.js';
import { labelsOf, SpecFields } from '../config/spec-field.js';
import { session } from '../session.js';
import { PageHeader } from '../shell/page-header.js';
import { CopyText, CopyValue } from '../ui/copy-value.js';
import { deferred } from '../ui/deferred.js';
import { useLeave } from '../ui/leave.js';
import { usePolled } from '../ui/polled.js';
import { showFailure, showProblem } from '../ui/toasts.js';
import { WayBack } from '../ui/way-back.js';
import { personFields, type PersonItem } from './fields.js';
import { rememberUser } from './page.js';
import { texts } from './texts.js';

const PopToken = deferred(async () => (await import('../account/pop-token.js')).PopToken, 2);

/** One person: data, role, and access. */
export default function PersonPage() {
  const { id = '' } = useRoute().params;
  const leave = useLeave();
  const [data, reload] = usePolled(async () => api.get('/api/v1/accounts'), id);
  const person = data?.accounts.find((each) => String(each.id) === id);
  const editor = useItemEditor<PersonItem>({ section: 'operators', key: id });
  return (
    <>
      <WayBack to="/people">{texts.title}</WayBack>
      <PageHeader title={person?.name ?? texts.person} />
      {person !== undefined && (
        <div class="cards-column">
          <Access
            key={person.login}
            login={person.login}
            hasPassword={person.has_password}
            isMain={!editor.isChanged.value}
            onChange={reload}
          />
          {session.usesDispatch && <PopToken operator={person.id} />}
        </div>
      )}
      <h2>{texts.data}</h2>
      <ItemForm
        editor={editor}
        labelOf={labelsOf(texts.form)}
        removable
        onSaved={() => {
          rememberUser(editor.body.value);
          reload();
        }}
        onRemoved={() => leave('/people')}
      >
        <section class="card">
          <SpecFields specs={personFields} form={editor} words={texts.form} disabled={!mayConfigure()} />
        </section>
      </ItemForm>
    </>
  );
}

interface AccessProps {
  login: string;
  hasPassword: boolean;
  /** False: another button of the page is the main one. */
  isMain: boolean;
  onChange: () => void;
}

/** Creates a password; with it an invitation to hand over. Both are shown only once. */
function Access({ login, hasPassword, isMain, onChange }: AccessProps) {
  const [password, setPassword] = useState<string | undefined>(undefined);
  const create = async () => {
    const outcome = await api.put('/api/v1/accounts/{login}/password', { path: { login }, body: {} });
    if (outcome.ok) {
      setPassword(outcome.data.password);
      onChange();
    } else if (outcome.code === undefined) showFailure(outcome.status);
    else showProblem(problemText(outcome));
  };
  const address = `${location.origin}/login`;
  return (
    <section class="card" aria-labelledby="access">
      <h2 id="access">{texts.access}</h2>
      {password === undefined ? (
        <>
          <p class="soft">{hasPassword ? texts.newPasswordHint : texts.noPasswordHint}</p>
          <p>
            <button
              type="button"
              class={hasPassword ? 'danger' : isMain ? 'primary' : ''}
              onClick={() => void create()}
            >
              {hasPassword ? texts.newPassword : texts.makePassword}
            </button>
          </p>
        </>
      ) : (
        <>
          <p class="note" role="status">
            {texts.shownOnce}
          </p>
          <dl class="facts">
            <dt>{texts.address}</dt>
            <dd>
              <CopyValue name={texts.address} value={address} />
            </dd>
            <dt>{texts.login}</dt>
            <dd>
              <CopyValue name={texts.login} value={login} />
            </dd>
            <dt>{texts.password}</dt>
            <dd>
              <CopyValue name={texts.password} value={password} />
            </dd>
          </dl>
          <p>
            <CopyText
              name={texts.copyInvitation}
              value={[address, `${texts.login}: ${login}`, `${texts.password}: ${password}`].join('\n')}
            />
          </p>
        </>
      )}
    </section>
  );
}
