/** The parts of Bruno's own library that we use: it has no types. */
declare module '@usebruno/lang' {
  export function jsonToBruV2(request: object): string;
  interface Named {
    name: string;
    value: string;
    enabled: boolean;
  }
  export interface BruRequest {
    meta: { name: string; seq: string };
    http: { method: string; url: string; body: string; auth: string };
    params?: (Named & { type: 'path' | 'query' })[];
    headers?: Named[];
    auth?: { basic?: { username: string; password: string }; bearer?: { token: string } };
    body?: { json?: string };
    assertions?: Named[];
  }
  export function bruToJsonV2(text: string): BruRequest;
  export function collectionBruToJson(text: string): { meta: { name: string; seq: string } };
  export function jsonToCollectionBru(collection: object): string;
  export function envJsonToBruV2(environment: object): string;
}
