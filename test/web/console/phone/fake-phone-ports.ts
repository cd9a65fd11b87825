import type { PhonePorts, SipPort } from '../../../../src/web/console/phone/operator-phone.js';
import type { Account, PhoneEvent } from '../../../../src/web/console/phone/phone-state.js';

type Report = (event: PhoneEvent) => void;

/** A SIP client whose Asterisk accepts and reaches it at once, and whose calls are answered at once. */
class FakeSip implements SipPort {
  account: Account | undefined;
  reconnects = 0;
  readonly commands: string[] = [];

  constructor(private readonly report: Report) {}

  start(account: Account): void {
    this.account = account;
    this.#register();
  }

  stop(): void {
    this.account = undefined;
  }

  reconnect(): void {
    this.reconnects += 1;
    this.report({ type: 'sip_disconnected' });
    this.#register();
  }

  replaceVoice(): void {
    this.commands.push('replace voice');
  }

  dial(id: string, number: string): void {
    this.commands.push(`dial ${id} ${number}`);
    this.report({ type: 'call_connected', id, at: 0 });
  }

  answer(id: string): void {
    this.commands.push(`answer ${id}`);
    this.report({ type: 'call_connected', id, at: 0 });
  }

  reject(id: string, status: number): void {
    this.commands.push(`reject ${id} ${status}`);
  }

  hangUp(id: string): void {
    this.commands.push(`hang up ${id}`);
  }

  hold(id: string): void {
    this.commands.push(`hold ${id}`);
  }

  resume(id: string): void {
    this.commands.push(`resume ${id}`);
  }

  mute(id: string, isMuted: boolean): void {
    this.commands.push(`${isMuted ? 'mute' : 'unmute'} ${id}`);
  }

  sendKey(id: string, key: string): void {
    this.commands.push(`key ${id} ${key}`);
  }

  #register(): void {
    this.report({ type: 'sip_registered' });
    this.report({ type: 'sip_reached' });
  }
}

/** A browser with one tab and a microphone, and a gateway that answers as `account` says. */
export class FakePhonePorts implements PhonePorts {
  readonly sip: FakeSip;
  readonly tab: PhonePorts['tab'];
  readonly microphone: PhonePorts['microphone'];
  account: PhoneEvent = {
    type: 'account_received',
    account: { user: 'eva', authorizationUser: 'eva~1', password: 'x', iceServers: [] },
  };
  loaded = 0;
  remembered = false;

  constructor(readonly report: Report) {
    this.sip = new FakeSip(report);
    const nothing = () => undefined;
    const claim = () => report({ type: 'tab_claimed' });
    this.tab = { claim, release: nothing, requestFromOther: nothing, refuseOther: nothing };
    this.microphone = { open: () => report({ type: 'microphone_opened' }), close: nothing };
  }

  loadSip: PhonePorts['loadSip'] = () => {
    this.loaded += 1;
    return Promise.resolve(this.sip);
  };

  fetchAccount(): void {
    this.report(this.account);
  }

  remember(isOn: boolean): void {
    this.remembered = isOn;
  }
}
