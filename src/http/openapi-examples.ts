/** A request of one operation and its response, for the description. A test sends each of them to a real gateway. */
export interface OperationExample {
  path?: Record<string, string | number>;
  query?: Record<string, string | number | boolean>;
  headers?: Record<string, string>;
  /** JSON, or text for other types. Left out for files. */
  body?: unknown;
  /** Of the response. */
  status?: number;
  /** Body of the response: JSON, or text for other types. Left out for sound, files and empty responses. */
  answer?: unknown;
  /** `ETag` of the response. */
  etag?: string;
  /**
   * Names of values in the response that later examples use, by field (`bridge_id`, `recordings.0.id`, or `etag`): ids and secrets are others in
   * each run.
   */
  names?: Record<string, string>;
  /** Who sends it in the test: an administrator (left out), nobody, an embedded phone, or a person as `login:password`. */
  login?: string;
}

/** Examples by operation id. */
export type OperationExamples = Readonly<Record<string, OperationExample>>;
