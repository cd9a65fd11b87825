import type { Company, Line } from '../company/company.js';
import { callerPriority, compile } from './compile.js';
import type { HandOverContract } from './hand-over-contract.js';
import type { PlanProgram } from './program.js';

/** The programs of lines, compiled once for each version of the company's document and each priority of callers. */
export class LinePrograms {
  readonly #programs = new WeakMap<Company, WeakMap<Line, Map<number, PlanProgram>>>();

  constructor(private readonly contract: HandOverContract) {}

  /** The same object for all calls with the same program: it must not be changed. @throws {Error} as {@link compile} */
  of(company: Company, line: Line, caller: string): PlanProgram {
    const ofLine = this.#ofLine(company, line);
    const priority = callerPriority(company, caller);
    const known = ofLine.get(priority);
    if (known !== undefined) return known;
    const program = compile(company, line, this.contract, caller);
    ofLine.set(priority, program);
    return program;
  }

  #ofLine(company: Company, line: Line): Map<number, PlanProgram> {
    const ofCompany = this.#programs.get(company) ?? new WeakMap<Line, Map<number, PlanProgram>>();
    this.#programs.set(company, ofCompany);
    const ofLine = ofCompany.get(line) ?? new Map<number, PlanProgram>();
    ofCompany.set(line, ofLine);
    return ofLine;
  }
}
