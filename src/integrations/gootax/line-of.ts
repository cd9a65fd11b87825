import { findLine } from '../../directory/caller.js';
import type { Company, Line } from '../../company/company.js';
import type { OrderWire } from './order-wire.js';

/**
 * The line on whose behalf an order's people are called, in E.164: the one that the request names, else the one of its branch, else
 * the one that the order has, else the company's first. What names none of ours is passed over: it is kept
 * with the order.
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
