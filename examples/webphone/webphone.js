// The telephone of this page. JsSIP is bundled once into jssip.js: see docs/browser-phones.md.
import JsSIP from './jssip.js';

const place = (id) => document.getElementById(id);
const buttons = document.querySelectorAll('[data-when]');

let phone;
let session;
let wasCut = false;

function show(state, who = '') {
  place('call').textContent = who === '' ? state : `${state}: ${who}`;
  place('call').dataset.state = state;
  for (const button of buttons)
    button.disabled = !button.dataset.when.split(' ').includes(state) || phone === undefined;
  for (const key of place('keys').children) key.disabled = state !== 'talking';
}

function stand(standing) {
  place('standing').textContent = standing;
}

place('account').addEventListener('submit', (event) => {
  event.preventDefault();
  const { url, uri, password } = Object.fromEntries(new FormData(event.target));
  phone?.stop();
  phone = new JsSIP.UA({
    sockets: [new JsSIP.WebSocketInterface(url)],
    uri,
    password,
    // Registrations end with their connection; this is for a gateway that has died.
    register_expires: 120,
    // Seconds from one attempt to connect to the next: the first, and the longest.
    connection_recovery_min_interval: 1,
    connection_recovery_max_interval: 15,
    session_timers: false,
  });
  phone.on('connecting', () => stand('connecting'));
  phone.on('disconnected', () => {
    wasCut = true;
    stand('no connection');
  });
  phone.on('registered', () => {
    stand('registered');
    if (wasCut) tellWhereWeAre();
    wasCut = false;
  });
  phone.on('registrationFailed', ({ cause }) => stand(`not registered: ${cause}`));
  phone.on('newRTCSession', ({ session: fresh, originator }) => take(fresh, originator === 'remote'));
  phone.start();
  show('idle');
});

/** A call survives a lost connection, but Asterisk would send BYE over the old one: a re-INVITE announces the new one. */
function tellWhereWeAre() {
  if (session?.isEstablished()) session.renegotiate({ rtcOfferConstraints: { iceRestart: false } });
}

function take(fresh, incoming) {
  if (session !== undefined) {
    fresh.terminate({ status_code: 486 });
    return;
  }
  session = fresh;
  const who = fresh.remote_identity.display_name || fresh.remote_identity.uri.user;
  const over = (cause) => {
    session = undefined;
    show('idle', cause);
  };
  fresh.on('peerconnection', ({ peerconnection }) => listen(peerconnection));
  if (fresh.connection) listen(fresh.connection);
  fresh.on('icecandidate', gatherNoLonger());
  fresh.on('accepted', () => show('talking', who));
  fresh.on('hold', ({ originator }) => originator === 'local' && show('held', who));
  fresh.on('unhold', ({ originator }) => originator === 'local' && show('talking', who));
  fresh.on('ended', ({ cause }) => over(cause));
  fresh.on('failed', ({ cause }) => over(cause));
  show(incoming ? 'ringing' : 'calling', who);
}

function listen(connection) {
  connection.addEventListener('track', ({ streams: [stream] }) => (place('heard').srcObject = stream));
}

/** The first address will do: waiting for the others can take seconds where some of them lead nowhere. */
function gatherNoLonger() {
  let timer;
  return ({ ready }) => {
    clearTimeout(timer);
    timer = setTimeout(ready, 300);
  };
}

const AUDIO = { mediaConstraints: { audio: true, video: false }, pcConfig: { iceServers: [] } };

place('dial').addEventListener('submit', (event) => {
  event.preventDefault();
  phone.call(new FormData(event.target).get('number').replaceAll(/[\s()./-]/g, ''), AUDIO);
});
place('answer').addEventListener('click', () => session?.answer(AUDIO));
place('hold').addEventListener('click', () => session?.hold());
place('resume').addEventListener('click', () => session?.unhold());
place('hangup').addEventListener('click', () => session?.terminate());
for (const key of '123456789*0#') {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = key;
  button.addEventListener('click', () => session?.sendDTMF(key, { transportType: 'RFC2833' }));
  place('keys').append(button);
}
addEventListener('pagehide', () => phone?.stop());
show('idle');

// For a look from the browser's console.
globalThis.webphone = { phone: () => phone, session: () => session };
