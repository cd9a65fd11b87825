/** Fields of a hand-over's requests. */
export const HAND_OVER_REQUEST_FIELDS = [
  'caller_number',
  'called_number',
  'received_digits',
  'hangup',
  'bridge_result',
  'call_result',
  'call_id',
  'step',
] as const;

/** Fields of a hand-over's responses that the contract defines. */
export const HAND_OVER_RESPONSE_FIELDS = [
  'action',
  'recording_id',
  'menu_timeout',
  'max',
  'call_group_id',
  'group_transfer_recording_id',
  'group_mobile_present',
  'group_continue_busy',
  'skip_caller_id_transfer',
  'group_priority',
] as const;
