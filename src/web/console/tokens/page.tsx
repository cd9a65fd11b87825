import { useState } from 'preact/hooks';
import { api } from '../api/client.js';
import { problemText } from '../config/problems.js';
import { formatExactInstant, formatWhen } from '../format.js';
import { PageHeader } from '../shell/page-header.js';
import { CopyValue } from '../ui/copy-value.js';
import { Dialog } from '../ui/dialog.js';
import { EmptyState } from '../ui/empty-state.js';
import { usePolled } from '../ui/polled.js';
import { Skeleton } from '../ui/skeleton.js';
import { showDone, showFailure, showProblem } from '../ui/toasts.js';
import { NewToken } from './new-token.js';
import { purposeOf } from './purposes.js';
import { texts } from './texts.js';

/** The API tokens of programs. */
export default function TokensPage() {
  const [data, reload] = usePolled(async () => api.get('/api/v1/tokens'));
  const [isAdding, setAdding] = useState(false);
  const [created, setCreated] = useState<{ name: string; token: string } | undefined>(undefined);
  const [revoking, setRevoking] = useState<string | undefined>(undefined);
  const revoke = async (name: string) => {
    setRevoking(undefined);
    const outcome = await api.delete('/api/v1/tokens/{name}', { path: { name } });
    if (outcome.ok) showDone(texts.revoked);
    else if (outcome.code === undefined) showFailure(outcome.status);
    else showProblem(problemText(outcome));
    reload();
  };
  return (
    <>
      <PageHeader title={texts.title}>
        {!isAdding && (
          <button type="button" class="primary" onClick={() => setAdding(true)}>
            {texts.add}
          </button>
        )}
      </PageHeader>
      <p class="soft">{texts.hint}</p>
      {created !== undefined && (
        <section class="card" aria-label={created.name}>
          <h2>{created.name}</h2>
          <p class="note" role="status">
            {texts.shownOnce}
          </p>
          <p>
            <CopyValue name={created.name} value={created.token} />
          </p>
        </section>
      )}
      {isAdding && (
        <NewToken
          onCreated={(token) => {
            setCreated(token);
            setAdding(false);
            reload();
          }}
          onCancel={() => setAdding(false)}
        />
      )}
      {data === undefined ? (
        <Skeleton rows={4} />
      ) : data.tokens.length === 0 ? (
        !isAdding && <EmptyState icon="integrations" title={texts.none} />
      ) : (
        <table class="cards">
          <thead>
            <tr>
              <th>{texts.name}</th>
              <th>{texts.purpose}</th>
              <th>{texts.lastUsed}</th>
              <th>{texts.expires}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {data.tokens.map((token) => (
              <tr key={token.name}>
                <td>{token.name}</td>
                <td data-label={texts.purpose}>
                  <Purpose scopes={token.scopes} />
                </td>
                <td data-label={texts.lastUsed}>
                  {token.last_used_at === null ? texts.never : formatWhen(token.last_used_at)}
                </td>
                <td data-label={texts.expires}>
                  {token.expires_at === null ? texts.noEnd : formatExactInstant(token.expires_at)}
                </td>
                <td>
                  <button
                    type="button"
                    class="danger"
                    aria-label={`${texts.revoke}: ${token.name}`}
                    onClick={() => setRevoking(token.name)}
                  >
                    {texts.revoke}
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {revoking !== undefined && (
        <Dialog title={texts.revokeTitle(revoking)} onClose={() => setRevoking(undefined)}>
          <p>{texts.revokeHint}</p>
          <div class="row">
            <button type="button" class="danger" onClick={() => void revoke(revoking)}>
              {texts.revoke}
            </button>
            <button type="button" onClick={() => setRevoking(undefined)}>
              {texts.cancel}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}

/** What a token is for; the single rights can be unfolded. */
function Purpose({ scopes }: { scopes: string[] }) {
  const words: Record<string, string> = texts.scopes;
  const purpose = purposeOf(scopes);
  return (
    <details>
      <summary>{purpose === undefined ? texts.custom : texts.purposes[purpose][0]}</summary>
      <ul class="plain">
        {scopes.map((scope) => (
          <li key={scope}>{words[scope] ?? scope}</li>
        ))}
      </ul>
    </details>
  );
}
