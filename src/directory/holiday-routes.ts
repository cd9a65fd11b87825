import { z } from 'zod';
import { json } from '../http/answer.js';
import { notFound } from '../http/problem.js';
import { route, type Route } from '../http/route.js';
import { supportedLanguageOf } from '../lib/language.js';
import type { NamedRegion, PublicHoliday } from './public-holidays.js';

const MAX_YEARS = 10;
const regionName = z.object({ code: z.string().describe('As `holidays` of opening hours names it'), name: z.string() });
const regionParam = z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,4})?$/, 'a code such as CZ or DE-BY');
const year = z.coerce.number().int().min(1970).max(2100);

/** Knows public holidays. */
export interface HolidaySource {
  /** Countries; or the regions of one. */
  regions(country: string | undefined, language: string): Promise<NamedRegion[]>;
  /** Undefined for an unknown region. @param language of the names */
  holidays(region: string, years: readonly number[], language: string): Promise<PublicHoliday[] | undefined>;
}

/** `/api/v1/holidays`: the public holidays that opening hours can name. */
export function holidayRoutes(source: HolidaySource): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api/v1/holidays',
      scope: 'config:read',
      summary: 'Countries whose public holidays are known, and the regions of one of them',
      query: z.strictObject({
        country: regionParam.optional().describe('The regions of this country, in place of all countries'),
      }),
      answers: { 200: { description: 'Names', schema: z.object({ regions: z.array(regionName) }) } },
      handle: async ({ query: { country }, languages }) =>
        json({ regions: await source.regions(country, supportedLanguageOf(languages)) }),
    }),
    route({
      method: 'GET',
      path: '/api/v1/holidays/:region',
      scope: 'config:read',
      summary: 'The public holidays of a country or region',
      params: z.object({ region: regionParam }),
      query: z.strictObject({ from_year: year, years: z.coerce.number().int().min(1).max(MAX_YEARS).default(1) }),
      answers: {
        200: {
          description: 'Days, in order',
          schema: z.object({ holidays: z.array(z.object({ date: z.string(), name: z.string() })) }),
        },
        404: { description: 'They are not known' },
      },
      async handle({ params: { region }, query, languages }) {
        const years = Array.from({ length: query.years }, (_, index) => query.from_year + index);
        const holidays = await source.holidays(region, years, supportedLanguageOf(languages));
        if (holidays === undefined) throw notFound(`the public holidays of ${region} are not known`);
        return json({ holidays });
      },
    }),
  ];
}
