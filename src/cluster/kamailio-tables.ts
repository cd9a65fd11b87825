import { isIPv4 } from 'node:net';
import type { Company } from '../company/company.js';
import { nationalDigits } from '../directory/numbers.js';
import type { Trunk } from '../directory/trunk-schema.js';
import type { FrontNode, FrontSettings } from './front-settings.js';
import { placementOf, type Order, type Placement } from './placement.js';

/** The tables that Kamailio reads again while it runs, as the text of their files. */

/** Groups of addresses, for the module `permissions`. */
export const GROUP = { phones: 1, nodes: 2, trunks: 3 } as const;

/** One set for each node, so that each is asked once whether it is there. */
export function nodesTable(nodes: readonly FrontNode[]): string {
  return nodes.map(({ name, host, port }, index) => `${index + 1} sip:${host}:${port} 0 0 duid=${name}\n`).join('');
}

/** @param trunks with the IP addresses and networks of each */
export function addressesTable(
  { nodes, phones }: FrontSettings,
  trunks: readonly (Pick<Trunk, 'name' | 'server'> & { sources: readonly string[] })[],
): string {
  const rows = [
    ...phones.map((network) => `${GROUP.phones} ${network.replace('/', ' ')} 0 phone`),
    ...nodes.map(({ host, port, name }) => `${GROUP.nodes} ${host} 32 ${port} ${name}`),
    ...trunks.flatMap(({ name, server, sources }) => {
      const host = server.replace(/:\d+$/, '');
      const ofName = isIPv4(host) ? [] : [`${GROUP.trunks} ${host} 32 0 ${name}`];
      const networks = sources.filter((source) => isIPv4(source.replace(/\/\d+$/, '')));
      return [...networks.map((one) => `${GROUP.trunks} ${withMask(one)} 0 ${name}`), ...ofName];
    }),
  ];
  return rows.map((row) => `${row}\n`).join('');
}

/**
 * What is called or who calls, with the sets of {@link nodesTable} in their order: `to/+420222333444` is on `2=8;1=8`.
 * In the format of the module `db_text`, whose columns a colon separates: no key has one.
 */
export function routesTable(
  company: Pick<Company, 'queues' | 'handsets' | 'lines' | 'parts'>,
  nodes: readonly FrontNode[],
): string {
  const numberOf = new Map(nodes.map(({ name }, index) => [name, index + 1]));
  const placement = placementOf(company, [...numberOf.keys()]);
  const routes = new Map<string, Order>([['others', placement.others], ...routesOf(company, placement)]);
  const rows = [...routes].map(([key, order], index) => {
    const sets = order.map((node) => `${numberOf.get(node)}=${IN_ORDER}`).join(';');
    return `${index + 1}:${key}:0:0:${sets}:0\n`;
  });
  return `${COLUMNS}\n${rows.join('')}`;
}

/** The algorithm of the module `dispatcher` that takes the first destination of a set. */
const IN_ORDER = 8;
const COLUMNS = 'id(int,auto) key_name(string) key_type(int) value_type(int) key_value(string) expires(int)';

function* routesOf(
  { queues, handsets, lines }: Pick<Company, 'queues' | 'handsets' | 'lines'>,
  placement: Placement,
): Generator<[string, Order]> {
  const { others } = placement;
  for (const { id, extension } of queues)
    if (extension !== undefined) yield [`to/${extension}`, placement.queues.get(id) ?? others];
  for (const { name, extension, endpoint } of handsets) {
    const order = placement.handsets.get(name) ?? others;
    // A telephone of the company's own Asterisk has no account here.
    if (endpoint === undefined) yield [`from/${name}`, order];
    yield [`to/${name}`, order];
    if (extension !== undefined) yield [`to/${extension}`, order];
  }
  for (const { number } of lines)
    for (const notation of notationsOf(number)) yield [`to/${notation}`, placement.lines.get(number) ?? others];
}

/** The notations in which providers and phones write a number. */
function notationsOf(number: string): string[] {
  const digits = number.replace(/^\+/, '');
  return [`+${digits}`, digits, `00${digits}`, nationalDigits(number)];
}

function withMask(source: string): string {
  const [address = '', bits = '32'] = source.split('/');
  return `${address} ${bits}`;
}
