/** The parts of Bruno's own library that we use: it has no types. */
declare module '@usebruno/lang' {
  export function jsonToBruV2(request: object): string;
  export function bruToJsonV2(text: string): { http: { method: string; url: string }; body?: { json?: string } };
  export function jsonToCollectionBru(collection: object): string;
  export function envJsonToBruV2(environment: object): string;
}
