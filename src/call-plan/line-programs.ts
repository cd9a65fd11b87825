import type { Company, Line } from '../company/company.js';
import type { Instant } from '../lib/clock.js';
import { callerPriority, compile, holidayYears } from './compile.js';
import type { HandOverContract } from './hand-over-contract.js';
import type { PlanProgram } from './program.js';

/** The programs of lines, compiled once for each version of the company's document, priority of callers and year. */
export class LinePrograms {
  readonly #programs = new WeakMap<Company, WeakMap<Line, Map<string, PlanProgram>>>();

  constructor(private readonly contract: HandOverContract) {}

  /** The same object for all calls with the same program: it must not be changed. @throws {Error} as {@link compile} */
  of(company: Company, line: Line, call: { caller: string; at: Instant }): PlanProgram {
    const ofLine = this.#ofLine(company, line);
    const key = [callerPriority(company, call.caller), ...holidayYears(call.at)].join(' ');
    const known = ofLine.get(key);
    if (known !== undefined) return known;
    const program = compile(company, line, this.contract, call);
    ofLine.set(key, program);
    return program;
  }

  #ofLine(company: Company, line: Line): Map<string, PlanProgram> {
    const ofCompany = this.#programs.get(company) ?? new WeakMap<Line, Map<string, PlanProgram>>();
    this.#programs.set(company, ofCompany);
    const ofLine = ofCompany.get(line) ?? new Map<string, PlanProgram>();
    ofCompany.set(line, ofLine);
    return ofLine;
  }
}
