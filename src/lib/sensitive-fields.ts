/**
 * Names of fields that hold somebody's phone number or the keys they pressed, wherever they appear: in logs they are
 * left out, in timelines they are masked for readers without the right to see them.
 */
export const PERSONAL_FIELDS = [
  'caller',
  'callee',
  'caller_number',
  'called_number',
  'callerNumber',
  'calledNumber',
  'caller_id',
  'callerId',
  'number',
  'phone',
  'clid',
  'from',
  'to',
  'digit',
  'digits',
  'received_digits',
  'receivedDigits',
  'key',
  'keys',
  'typed',
  'collected',
  'saved',
  'input',
] as const;

/** Names of fields that hold a secret: never logged, whoever asks. */
export const SECRET_FIELDS = [
  'password',
  'secret',
  'token',
  'access_token',
  'api_key',
  'apiKey',
  'api-key',
  'authorization',
  'cookie',
  'set-cookie',
] as const;

/** Names of fields that hold what others sent or were sent, with anything inside. */
export const CONTENT_FIELDS = ['body', 'request_body', 'requestBody', 'answer', 'answer_body', 'answerBody'] as const;
