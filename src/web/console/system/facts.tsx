import type { ComponentChildren } from 'preact';
import { formatWhen } from '../format.js';
import { sizeOf } from './size.js';
import { texts } from './texts.js';
import type { SystemState } from './types.js';

/** Versions, addresses, disk and database of this installation, and announcements without sound. */
export function MachineFacts({ state }: { state: SystemState }) {
  const { asterisk, version, node_version, addresses, disk, database, certificates, prompts_missing } = state;
  const rows: [string, ComponentChildren][] = [
    [texts.asterisk, `${releaseOf(asterisk.version)} ${asterisk.connected ? texts.connected : texts.notConnected}`],
    [texts.gateway, version],
    [texts.node, node_version],
    [texts.address, <Address key="address" url={addresses.outside_url} />],
    [texts.listensAt, addresses.listens_at],
    [texts.sip, sipWords(addresses.sip)],
    ...certificates.map(({ service, expires_at }): [string, string] => [
      texts.certificates[service],
      texts.expires(formatWhen(expires_at)),
    ]),
    [texts.disk, texts.ofTotal(sizeOf(disk.free_bytes), sizeOf(disk.total_bytes))],
    [texts.database, sizeOf(database.bytes)],
  ];
  return (
    <section class="card" aria-labelledby="machine">
      <h2 id="machine">{texts.machine}</h2>
      <dl class="facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {prompts_missing.length > 0 && (
        <>
          <h3>{texts.missingPrompts}</h3>
          <ul>
            {prompts_missing.map(({ id, name, languages }) => (
              <li key={id}>
                <a href={`/prompts/${id}`}>{name}</a>{' '}
                <span class="soft">{texts.missingPrompt(languages.join(', '))}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function sipWords({ server, port, tls_port }: SystemState['addresses']['sip']): string {
  return tls_port === null ? `${server}:${port}` : `${server}:${port}, TLS ${tls_port}`;
}

function Address({ url }: { url: string }) {
  return (
    <>
      {url} {!url.startsWith('https:') && <span class="soft">({texts.noHttps})</span>}
    </>
  );
}

/** Without what a distribution adds: `22.10.1` of `22.10.1+dfsg-1`. */
function releaseOf(version: string | null): string {
  return /^[\d.]+/.exec(version ?? '')?.[0] ?? '';
}
