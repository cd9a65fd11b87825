import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { connectionOf, type PhoneConnection } from '../../../directory/phone-encryption.js';
import { api } from '../api/client.js';
import type { paths } from '../api/schema.js';
import { mayConfigure } from '../config/may-configure.js';
import { problemText } from '../config/problems.js';
import { formatWhen } from '../format.js';
import { CopyValue } from '../ui/copy-value.js';
import { SelectField } from '../ui/field.js';
import { showFailure, showProblem } from '../ui/toasts.js';
import {
  FILE_MENU_OF,
  FILE_PHONES,
  fileSettingsFor,
  MENU_OF,
  phoneNames,
  settingsFor,
  type PhoneName,
} from './phones.js';
import type { HandsetState } from './state.js';
import { texts } from './texts.js';

type Servers = paths['/api/v1/phone-servers']['get']['responses'][200]['content']['application/json'];
type Credentials = paths['/api/v1/handsets/{name}/password']['post']['responses'][200]['content']['application/json'];

/** Connects a phone: a new password, and with it the settings of the phone. Both are shown only once. */
export function PhoneSetup({ handset }: { handset: HandsetState }) {
  const [servers, setServers] = useState<Servers | undefined>(undefined);
  const [created, setCreated] = useState<Credentials | undefined>(undefined);
  useEffect(() => {
    setCreated(undefined);
    void api.get('/api/v1/phone-servers').then((outcome) => outcome.ok && setServers(outcome.data));
  }, [handset.name]);
  const isCreating = useRef(false);
  const create = async () => {
    // The former password would be shown if the answers of two presses overtook each other.
    if (isCreating.current) return;
    isCreating.current = true;
    const outcome = await api.post('/api/v1/handsets/{name}/password', { path: { name: handset.name } });
    isCreating.current = false;
    if (outcome.ok) setCreated(outcome.data);
    else if (outcome.code === undefined) showFailure(outcome.status);
    else showProblem(problemText(outcome));
  };
  if (servers === undefined) return null;
  const { server, port, tls_port } = servers;
  const connection = connectionOf({ server, port, tlsPort: tls_port ?? undefined }, handset.encryption);
  return (
    <section class="card" aria-labelledby="connect">
      <h2 id="connect">{handset.webrtc ? texts.connectBrowser : texts.connect}</h2>
      {!handset.webrtc && handset.encryption !== 'off' && tls_port === null && (
        <p class="problem">{texts.noTls[handset.encryption]}</p>
      )}
      {created !== undefined ? (
        <>
          <p class="note" role="status">
            {texts.shownOnce}
          </p>
          {handset.webrtc ? (
            <BrowserSettings servers={servers} created={created} />
          ) : (
            <PhoneSettings connection={connection} created={created} />
          )}
        </>
      ) : (
        <>
          <p class="soft">{handset.contacts.length > 0 ? texts.makePasswordHint : texts.connectHint}</p>
          <SettingList
            settings={
              handset.webrtc
                ? [[texts.socket, servers.websocket_url]]
                : [
                    [texts.server, connection.server],
                    [texts.port, `${connection.port}${connection.transport === 'tls' ? ' (TLS)' : ''}`],
                    [texts.userName, handset.name],
                  ]
            }
          />
          {mayConfigure() && (
            <p>
              <button
                type="button"
                class={handset.contacts.length > 0 ? 'danger' : 'primary'}
                onClick={() => void create()}
              >
                {texts.makePassword}
              </button>
            </p>
          )}
        </>
      )}
    </section>
  );
}

function PhoneSettings({ connection, created }: { connection: PhoneConnection; created: Credentials }) {
  const [phone, setPhone] = useState<PhoneName>('linphone');
  const { provisioning } = created;
  const file = FILE_PHONES.find((one) => one === phone);
  const url = file && provisioning?.[file];
  return (
    <>
      <SelectField
        label={texts.yourPhone}
        value={phone}
        options={phoneNames.map((value) => ({ value, name: texts.phoneNames[value] }))}
        onChange={(value) => setPhone(value as PhoneName)}
      />
      {file !== undefined && url !== undefined && provisioning !== null && (
        <>
          <h3>{phone === 'linphone' ? texts.scan : texts.automatically}</h3>
          <p class="soft">
            <span lang="en">{FILE_MENU_OF[file]}</span>. {texts.reachable(new URL(url).host)}{' '}
            {texts.validUntil(formatWhen(provisioning.expires_at))}
          </p>
          {phone === 'linphone' && <LazyQrCode text={url} label={texts.qrCode} />}
          <SettingList isForeign settings={fileSettingsFor(file, url)} />
          <p>
            <a class="button" href={new URL(url).pathname} download={`${created.user}-${file}`}>
              {texts.downloadFile}
            </a>
          </p>
        </>
      )}
      <h3>{texts.byHand}</h3>
      <p class="soft" lang="en">
        {MENU_OF[phone]}
      </p>
      <SettingList
        isForeign
        settings={settingsFor(phone, { ...connection, user: created.user, password: created.password })}
      />
    </>
  );
}

/** The library for QR codes is loaded when one is shown. */
function LazyQrCode(props: { text: string; label: string }) {
  const [QrCode, setQrCode] = useState<ComponentType<typeof props> | undefined>(undefined);
  useEffect(() => void import('./qr.js').then((module) => setQrCode(() => module.default)), []);
  return QrCode === undefined ? <span class="qr" /> : <QrCode {...props} />;
}

function BrowserSettings({ servers, created }: { servers: Servers; created: Credentials }) {
  return (
    <SettingList
      settings={[
        [texts.socket, servers.websocket_url],
        [texts.uri, `sip:${created.user}@${servers.websocket_domain}`],
        [texts.userName, created.user],
        [texts.password, created.password],
      ]}
    />
  );
}

/** @param isForeign the names are those of the phone's own English menus */
function SettingList(props: { settings: readonly (readonly [name: string, value: string])[]; isForeign?: boolean }) {
  return (
    <dl class="facts">
      {props.settings.map(([name, value]) => (
        <>
          <dt lang={props.isForeign === true ? 'en' : undefined}>{name}</dt>
          <dd>
            <CopyValue name={name} value={value} />
          </dd>
        </>
      ))}
    </dl>
  );
}
