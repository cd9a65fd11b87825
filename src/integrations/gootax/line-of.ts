import { findLine } from '../../directory/caller.js';
import type { Company, Line } from '../../company/company.js';
import type { OrderWire } from './order-wire.js';

/**
 * The line for calls to the parties of an order, in E.164: that of the request, else that of its branch, else that of the order, else the
 * company's first. Unknown lines and branches are ignored; they are stored with the order.
 */
export function lineOf(wire: OrderWire, company: Company, known: string | null | undefined): string | undefined {
  const { lines, country } = company;
  const named = wire.find('line', (value) => findLine(lines, value, country) !== undefined);
  const branch = wire.find('branch', (value) => lines.some((line) => line.branch === value));
  return (
    numberOf(named && findLine(lines, named.value, country)) ??
    numberOf(lines.find((line) => branch !== undefined && line.branch === branch.value)) ??
    numberOf(known == null ? undefined : findLine(lines, known, country)) ??
    numberOf(lines[0])
  );
}

function numberOf(line: Line | undefined): string | undefined {
  return line?.number;
}
