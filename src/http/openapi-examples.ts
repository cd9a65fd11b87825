/** A request of one operation and its response, for the description. A test sends each of them to a real gateway. */
export interface OperationExample {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean>;
  headers?: Record<string, string>;
  body?: unknown;
  /** Of the response. */
  status: number;
  /** Body of the response: JSON, or text for other types. Left out for sound, files and empty responses. */
  answer?: unknown;
}

/** Examples by operation id. */
export type OperationExamples = Readonly<Record<string, OperationExample>>;
