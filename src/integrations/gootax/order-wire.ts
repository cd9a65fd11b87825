import { toE164 } from '../../directory/numbers.js';
import type { FieldProblem } from '../../http/problem.js';
import type { OrderDetails } from '../../orders/order.js';
import type { PartyRole } from '../../masked-bridges/port.js';
import { plain, type FieldName, type GootaxProfile } from './profile.js';
import { compact } from '../../lib/compact.js';

const LONGEST_ID = 200;
const LONGEST_WAIT_MIN = 24 * 60;

/** A field of a request and its name there. */
interface WireField {
  name: string;
  value: string;
}

/** Reads a request by the field names of the profile. */
export class OrderWire {
  /** Fields that are present with unusable values. */
  readonly ignored: string[] = [];
  readonly wrong: FieldProblem[] = [];

  /**
   * @param values every scalar by its path
   * @param country ISO 3166, of numbers without a country code
   */
  constructor(
    private readonly values: ReadonlyMap<string, string>,
    private readonly profile: GootaxProfile,
    private readonly country: string,
  ) {}

  /** The first field that is present of the possible ones. */
  find(field: FieldName, fits: (value: string) => boolean = () => true): WireField | undefined {
    for (const name of this.profile.fields[field]) {
      const value = this.values.get(name);
      if (value !== undefined && fits(value)) return { name, value };
    }
    return undefined;
  }

  orderId(): string | undefined {
    const found = this.find('order');
    if (found === undefined || found.value.length <= LONGEST_ID) return found?.value;
    this.wrong.push({ field: found.name, detail: `at most ${LONGEST_ID} characters` });
    return undefined;
  }

  /** E.164; a present but invalid number is added to {@link wrong}. */
  phone(field: 'client' | 'driver'): string | undefined {
    const found = this.find(field);
    const number = found && toE164(found.value, this.country);
    if (found && number === undefined)
      this.wrong.push({ field: found.name, detail: 'not a phone number; send it with its country code' });
    return number;
  }

  /** A phone number in a field that may also hold other values. */
  party(field: 'first' | 'second'): string | undefined {
    const found = this.find(field, (value) => toE164(value, this.country) !== undefined);
    return found && toE164(found.value, this.country);
  }

  initiator(): PartyRole {
    const { initiators, initiator } = this.profile;
    const found = this.find('initiator', (value) => Object.hasOwn(initiators, plain(value)));
    return (found && initiators[plain(found.value)]) ?? initiator;
  }

  details(): OrderDetails {
    const text = (field: FieldName) => this.find(field)?.value.slice(0, LONGEST_ID);
    const [carMark, carModel, carColor, carPlate] = [
      ...[text('car_mark'), text('car_model'), text('car_color'), text('car_plate')],
    ];
    const minutes = this.#minutes();
    return compact({ carMark, carModel, carColor, carPlate, minutes });
  }

  /** Whole minutes, rounded up: an early car is better than a late one. */
  #minutes(): number | undefined {
    const found = this.find('minutes');
    if (found === undefined) return undefined;
    const minutes = /^\d{1,4}([.,]\d+)?$/.test(found.value) ? Math.ceil(Number(found.value.replace(',', '.'))) : NaN;
    if (minutes <= LONGEST_WAIT_MIN) return minutes;
    this.ignored.push(found.name);
    return undefined;
  }
}
