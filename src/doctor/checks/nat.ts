import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import type { Section } from '../../asterisk/ami/config-file.js';
import type { AsteriskProbe } from '../../asterisk/probe.js';
import { isPrivate } from '../../http/private-addresses.js';
import { failed, ok, skipped, warning, type Finding } from '../finding.js';

/** What Asterisk says of itself to telephones and providers. */
interface Announced {
  /** Of the transports; undefined: the machine's own address. */
  media: string | undefined;
  signaling: string | undefined;
  /** Networks without translation: `192.168.0.0/16`. */
  localNets: string[];
}

interface Places {
  /** IPv4 addresses of Asterisk's machine. */
  own: string[];
  /** Hosts that telephones and browsers use. */
  used: string[];
}

/** The address that Asterisk announces, against those of its machine and those that telephones use. */
export async function checkNat(probe: AsteriskProbe, places: Places): Promise<Finding> {
  const sections = await probe.configuration('pjsip.conf');
  if (sections === undefined) return skipped('Asterisk has no pjsip.conf');
  const announced = announcedIn(sections);
  const resolved = announced.media === undefined ? undefined : await resolvedAs(announced.media);
  if (announced.media !== undefined && resolved === undefined)
    return failed(`external_media_address=${announced.media} cannot be resolved`, 'nat_unresolved');
  return judgeNat(announced, places, resolved);
}

/** @param resolved address of `announced.media` */
export function judgeNat(announced: Announced, { own, used }: Places, resolved: string | undefined): Finding {
  const has = `this machine: ${own.join(', ') || 'unknown'}`;
  if (resolved === undefined) {
    const value = `no outside address is set; ${has}`;
    const isReachedFromOutside = used.some((host) => isIP(host) !== 0 && !isPrivate(host)) && !own.some(isPublic);
    return isReachedFromOutside ? warning(value, 'nat_missing') : ok(value);
  }
  const value = `announces ${announced.media ?? ''}, local: ${announced.localNets.join(', ') || 'none'}; ${has}`;
  if (announced.signaling === undefined || announced.signaling !== announced.media) return warning(value, 'nat_half');
  if (isPrivate(resolved) && !own.includes(resolved)) return warning(value, 'nat_private');
  if (own.some((address) => !isPublic(address) && !isIn(announced.localNets, address)))
    return warning(value, 'nat_local_net');
  return ok(value);
}

export function announcedIn(sections: readonly Section[]): Announced {
  const transports = sections
    .map(({ settings }) => settings)
    .filter((settings) => settings.some(([name, value]) => name === 'type' && value === 'transport'));
  const all = transports.flat();
  const first = (name: string) => all.find(([key]) => key === name)?.[1];
  return {
    media: first('external_media_address'),
    signaling: first('external_signaling_address'),
    localNets: [...new Set(all.filter(([name]) => name === 'local_net').map(([, value]) => value))],
  };
}

function isPublic(address: string): boolean {
  return !isPrivate(address);
}

async function resolvedAs(host: string): Promise<string | undefined> {
  return lookup(host).then(
    ({ address }) => address,
    () => undefined,
  );
}

/** Networks in Asterisk's notations: `192.168.0.0/16` or `192.168.0.0/255.255.0.0`. */
function isIn(networks: readonly string[], address: string): boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', mask = '32'] = network.split('/');
    const bits = isIP(mask) === 4 ? bitsOf(mask) : Number(mask);
    if (isIP(base) === 4 && bits >= 0 && bits <= 32) list.addSubnet(base, bits);
  }
  return list.check(address);
}

function bitsOf(mask: string): number {
  return mask.split('.').reduce((bits, part) => bits + (Number(part).toString(2).match(/1/g)?.length ?? 0), 0);
}
