import { sipSocketUrl } from '../../webphone/schema.js';
import { html, type Html } from '../../http/html.js';
import type { HandsetMembership } from '../../agents/handset-membership.js';
import type { PageTexts } from '../texts/texts.js';

export interface PhoneServers {
  /** The SIP server of phones. */
  sip: { server: string; port: number };
  /** The gateway's outside URL, without a trailing slash. */
  outsideUrl: string;
}

/** The settings that a person enters into a phone. @param password only directly after it was generated */
export function phoneSettings(
  texts: PageTexts,
  addresses: PhoneServers,
  { handset, webrtc }: HandsetMembership,
  password?: string,
): Html {
  const { ofHandsets: words } = texts;
  const rows = (webrtc ? forBrowser : forTelephone)(handset, addresses, texts);
  const secret = password === undefined ? html`<span class="soft">${words.passwordHidden}</span>` : copyable(password);
  return html`<h2>${webrtc ? words.typeInBrowser : words.typeIn}</h2>
    <dl class="facts">
      ${[...rows, [texts.password, secret]].map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    ${webrtc && html`<p class="soft">${words.otherKind}</p>`}`;
}

function forTelephone(user: string, { sip }: PhoneServers, { ofHandsets: words }: PageTexts) {
  return [
    [words.server, copyable(sip.server)],
    [words.port, copyable(String(sip.port))],
    [words.transport, words.transports],
    [words.user, copyable(user)],
    [words.authUser, copyable(user)],
  ];
}

function forBrowser(user: string, { outsideUrl }: PhoneServers, { ofHandsets: words }: PageTexts) {
  return [
    [words.socket, copyable(sipSocketUrl(outsideUrl))],
    [words.uri, copyable(`sip:${user}@${new URL(outsideUrl).hostname}`)],
    [words.user, copyable(user)],
  ];
}

/** A value that one click selects as a whole. */
export function copyable(value: string): Html {
  return html`<code class="copied">${value}</code>`;
}
