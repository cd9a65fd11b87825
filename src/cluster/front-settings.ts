import { isIPv4 } from 'node:net';
import { z } from 'zod';

/** The settings of the machine that say where Kamailio is, and which nodes are behind it. */

/** An IPv4 address with a port: Asterisk and Kamailio compare addresses, and look no names up. */
export const sipAddress = z
  .string()
  .refine(
    (text) => isIPv4(text.replace(/:\d{1,5}$/, '')) && /:\d{1,5}$/.test(text),
    'an IPv4 address with a port, such as 192.0.2.10:5060',
  )
  .transform((text): SipAddress => {
    const [host = '', port = ''] = text.split(':');
    return { host, port: Number(port) };
  });

export interface SipAddress {
  host: string;
  port: number;
}

export interface FrontNode extends SipAddress {
  name: string;
}

export interface FrontSettings {
  /** Kamailio's own address, to which phones and providers send. */
  front: SipAddress;
  /** The Asterisk of each node. Their order numbers them: append new ones. */
  nodes: FrontNode[];
  /** Networks (CIDR) from which phones may come. */
  phones: string[];
}

const NODE = /^([a-z0-9-]{1,40})=(.+)$/;
const PRIVATE_NETWORKS = '10.0.0.0/8,172.16.0.0/12,192.168.0.0/16';

const node = z.string().transform((text, context): FrontNode => {
  const [, name, written] = NODE.exec(text) ?? [];
  const address = sipAddress.safeParse(written);
  if (name !== undefined && address.success) return { name, ...address.data };
  context.addIssue({ code: 'custom', message: 'NAME=ADDRESS:PORT, such as a=192.0.2.11:5060, separated by commas' });
  return z.NEVER;
});

const network = z.string().refine((text) => {
  const [host = '', bits = ''] = text.split('/');
  return isIPv4(host) && /^\d{1,2}$/.test(bits) && Number(bits) <= 32;
}, 'IPv4 networks such as 192.168.0.0/16, separated by commas');

const listOf = <T extends z.ZodType<unknown, string>>(one: T) =>
  z
    .string()
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .pipe(z.array(one).min(1, 'at least one is needed'));

const settings = z
  .object({
    SIP_FRONT: sipAddress,
    SIP_NODES: listOf(node).refine(
      (nodes) => new Set(nodes.map(({ name }) => name)).size === nodes.length,
      'each name may be there only once',
    ),
    SIP_PHONES: listOf(network).prefault(PRIVATE_NETWORKS),
  })
  .transform(({ SIP_FRONT: front, SIP_NODES: nodes, SIP_PHONES: phones }): FrontSettings => ({ front, nodes, phones }));

/** @throws z.ZodError that names the variable */
export function readFrontSettings(env: Record<string, string | undefined>): FrontSettings {
  return settings.parse(Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
}
