import { describe, expect, it } from 'vitest';
import type { AmiEvent, AmiFields } from '../../src/asterisk/ami/ami-connection.js';
import { firstOwnContact, hostOfContact, PhoneAddresses } from '../../src/asterisk/phone-addresses.js';
import { AsteriskError } from '../../src/asterisk/port.js';

const login = (accountid: string, remoteaddress: string, service = 'PJSIP') =>
  ({ event: 'SuccessfulAuth', service, accountid, remoteaddress }) as unknown as AmiEvent;

/** Asterisk's database, over AMI. */
const isOurs = () => Promise.resolve(true);

function database() {
  const rows = new Map<string, string>();
  const action = ({ Action, Key: key, Val: value }: AmiFields) => {
    if (Action === 'DBPut') rows.set(key as string, value as string);
    else rows.delete(key as string);
    return Promise.resolve({});
  };
  const list = (fields: AmiFields) => {
    const val = rows.get(fields['Key'] as string);
    if (val === undefined) return Promise.reject(new AsteriskError('refused', 'Database entry not found'));
    return Promise.resolve([{ event: 'DBGetResponse', val }]);
  };
  return { rows, addresses: () => new PhoneAddresses({ action, list, family: 'cordboard-phones' }) };
}

describe('the addresses of phones', () => {
  it('are those that proved the password, for IPv4 and IPv6, and survive a restart of the gateway', async () => {
    const { rows, addresses } = database();
    const known = addresses();
    await known.fromAmi(login('a1', 'IPV4/UDP/192.0.2.7/5060'), isOurs);
    await known.fromAmi(login('a1', 'IPV6/TCP/2001:db8::7/40000'), isOurs);
    await known.fromAmi(login('a1', 'IPV4/TCP/192.0.2.9/5060', 'AMI'), isOurs);
    expect(await known.of('a1')).toEqual(['[2001:db8::7]', '192.0.2.7']);
    expect(await addresses().of('a1')).toEqual(['[2001:db8::7]', '192.0.2.7']);
    expect(rows.get('a1')).toBe('[[]2001:db8::7[]]|192[.]0[.]2[.]7');
    expect(await known.of('a2')).toEqual([]);
  });

  it('are the newest sixteen of each handset', async () => {
    const known = database().addresses();
    for (let host = 1; host <= 40; host += 1) await known.fromAmi(login('a1', `IPV4/UDP/192.0.2.${host}/5060`), isOurs);
    expect((await known.of('a1')).length).toBe(16);
    expect((await known.of('a1'))[0]).toBe('192.0.2.40');
  });

  it('start with the existing contacts, and ignore later contacts without a proof', async () => {
    const known = database().addresses();
    await known.seed('a1', ['sip:a1@192.0.2.7:5060', 'sip:+420900123456@192.0.2.9;maddr=192.0.2.8']);
    await known.seed('a1', ['sip:a1@192.0.2.99']);
    expect(await known.of('a1')).toEqual(['192.0.2.7']);
    await known.forget('a1');
    expect(await known.of('a1')).toEqual([]);
  });
});

describe('the target of a contact', () => {
  it.each([
    ['sip:a1@192.0.2.7:5060', '192.0.2.7'],
    ['sip:192.0.2.7', '192.0.2.7'],
    ['sip:k3x9%2Bz@192.0.2.7:40123;transport=ws;x-ast-orig-host=4p.invalid:0', '192.0.2.7'],
    ['sip:a1@[2001:DB8::7]:5060;ob', '[2001:db8::7]'],
    ['sip:a1@provider.example', undefined],
    ['sip:a1@192.0.2.7;maddr=192.0.2.9', undefined],
    ['sip:a1@192.0.2.7;MAddr=192.0.2.9;ob', undefined],
    ['sip:a1@192.0.2.7;m%61ddr=192.0.2.9', undefined],
    ['sip:a1@192.0.2.7?Route=%3Csip:192.0.2.9%3Blr%3E', undefined],
    ['tel:+420900123456', undefined],
  ])('%s: %s', (uri, host) => {
    expect(hostOfContact(uri)).toBe(host);
  });

  it('the first contact with the phone’s own address is dialled, unchanged', () => {
    const hosts = ['192.0.2.7'];
    const list =
      'PJSIP/a1/sip:+420900@192.0.2.9&PJSIP/trunk/sip:1@192.0.2.7&PJSIP/a1/sip:x,y@192.0.2.7&PJSIP/a1/sip:a1@192.0.2.7;ob';
    expect(firstOwnContact(list, 'a1', hosts)).toBe('PJSIP/a1/sip:a1@192.0.2.7;ob');
    expect(firstOwnContact('', 'a1', hosts)).toBeUndefined();
    expect(firstOwnContact('PJSIP/a1/sip:a1@192.0.2.9', 'a1', hosts)).toBeUndefined();
  });
});
