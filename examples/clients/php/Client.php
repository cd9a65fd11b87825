<?php
// Generated from the OpenAPI document by `npm run api-files`: do not edit.
declare(strict_types=1);

namespace Cordboard;

require_once __DIR__ . '/Http.php';

/**
 * The API of a Cordboard gateway: a method for each operation. A refused request throws ApiError.
 *
 * @phpstan-type Problem array{type: string, title: string, status: int|float, detail: string, code: string, params?: array<string, mixed>, errors?: list<array{field: string, detail: string, code: string, params?: array<string, mixed>}>, ...}
 * @phpstan-type ConfigProblem array{severity: 'error'|'warning', file: string, line: int|float, column: int|float, path: string, message: string, remedy?: string, code?: 'invalid_type'|'too_big'|'too_small'|'invalid_format'|'not_multiple_of'|'unrecognized_keys'|'invalid_union'|'invalid_key'|'invalid_element'|'invalid_value'|'custom'|'missing'|'invalid'|'scope_missing'|'key_differs'|'not_before'|'too_long'|'address_has_login'|'never_reached'|'endless_loop'|'part_unused'|'min_over_max'|'reserved_field'|'never_closed'|'shop_failure_hangs_up'|'same_way'|'no_keys'|'not_a_time_zone'|'day_twice'|'always_closed'|'day_left_out'|'ends_before_it_begins'|'last_minute_closed'|'times_overlap'|'short_gap'|'no_such_day'|'no_holidays'|'unknown_holidays'|'prompt_unused'|'unknown_sound'|'prompt_without_audio'|'languages_without_audio'|'bad_number'|'code_in_use'|'duplicate'|'endpoint_is_handset'|'endpoint_twice'|'is_a_handset'|'no_audio'|'no_caller_in_address'|'no_new_calls'|'keys_not_encrypted'|'no_secret'|'not_a_country'|'not_a_number'|'not_our_account'|'not_now'|'nothing_announced'|'plan_empty'|'prompt_id_retired'|'refused'|'reserved_name'|'too_many_at_once'|'two_logins'|'unavailable'|'unknown_call'|'unknown_fragment'|'unknown_handset'|'unknown_music'|'unknown_part'|'unknown_placeholder'|'unknown_profile'|'unknown_prompt'|'unknown_line'|'unknown_queue'|'unknown_target'|'weak_password'|'wrong_password', params?: array<string, mixed>}
 * @phpstan-type Draft array{id: string, name: string, author: string|null, own: bool, base_version: int, revision: int, created_at: string, updated_at: string}
 * @phpstan-type DraftWithDocument array{id: string, name: string, author: string|null, own: bool, base_version: int, revision: int, created_at: string, updated_at: string, current_version: int, document: array<string, mixed>}
 * @phpstan-type PublishedConfig array{version: int, changes: list<ConfigChange>, warnings: list<ConfigProblem>, not_settled: list<string>}
 * @phpstan-type ConfigChange array{section: 'settings'|'prompts'|'handsets'|'queues'|'trunks'|'music'|'operators'|'parts'|'lines'|'webhooks'|'callbacks'|'profiles', key: string, change: 'added'|'changed'|'removed', before?: mixed, after?: mixed}
 * @phpstan-type PastCallsReplay array{revision: int, state: 'running'|'done'|'canceled'|'failed', reason: 'draft_has_errors'|'internal_error'|null, days: int, started_at: string, done: int, total: int, same: int, different: int, unclear: int, groups: list<array{count: int, key: string|null, was: array{type: 'prompts', prompts: list<array{id: int, name: string}>}|array{type: 'queue', queue: int, name: string}|array{type: 'shop', url: string}|array{type: 'dial', to: array{handset: string}|array{number: string}|array{party: 'client'|'driver', order: string}}|array{type: 'detect_machine'}|array{type: 'hang_up', cause: string}|array{type: 'no_line'}|null, would: array{type: 'prompts', prompts: list<array{id: int, name: string}>}|array{type: 'queue', queue: int, name: string}|array{type: 'shop', url: string}|array{type: 'dial', to: array{handset: string}|array{number: string}|array{party: 'client'|'driver', order: string}}|array{type: 'detect_machine'}|array{type: 'hang_up', cause: string}|array{type: 'no_line'}|null, calls: list<array{id: string, started_at: string}>}>}
 * @phpstan-type Account array{id: int, login: string, name: string, role: string, handset: string|null, has_password: bool}
 * @phpstan-type SetupAnswers array{language?: string, kind?: 'plain'|'shop'|'taxi', shop_url?: string, remove_example?: bool, trunk?: 'provider'|'demo'|'later', provider?: array{server: string, user: string, registers: bool}, number?: string, name?: string, hours?: 'always'|array{weekly: array<string, list<array{from: string, to: string}>>, holidays?: string}, answered_by?: 'browser'|'phone', prompts?: array<string, array{kind: 'shipped'|'spoken', text?: string}>}
 * @phpstan-type AuditEntry array{id: int, at: string, actor_kind: 'operator'|'token'|'gateway', actor_id: int|null, actor: string, action: string, subject: string, detail: array<string, mixed>}
 * @phpstan-type Token array{name: string, scopes: list<string>, created_at: string, expires_at: string|null, last_used_at: string|null}
 * @phpstan-type Line array{number: string, national: string, name: string, branch: string|null, tariff: string|null, caller_id: string, time_zone: string, language: string, languages: list<string>, queue: array{id: int, name: string}|null, queues: list<array{id: int, name: string}>, handset_labels: list<array{label: string, queue: int}>, plan: list<mixed>}
 * @phpstan-type Handset array{name: string, display_name: string, webrtc: bool, encryption: 'off'|'wanted'|'required', max_contacts: int, endpoint: string|null, registered: bool, contacts: list<array{address: string|null, user_agent: string, state: 'reachable'|'unreachable'|'unknown', expires_at: string}>, queues: list<array{queue: int, logged_in: bool, paused: bool, pause_reason: string, state: 'free'|'ringing'|'busy'|'wrap_up'|'unavailable', wrap_up_until: string|null}>}
 * @phpstan-type Prompt array{id: int, name: string, sound: string|null, audio: list<array{language: string, source: 'own'|'shipped', sha256: string, duration_ms: int, url: string}>, used_in: list<array{where: string}>}
 * @phpstan-type Music array{name: string, title: string, sound: string|null, audio: list<array{source: 'own'|'shipped', sha256: string, duration_ms: int, url: string}>, used_in: list<array{where: string}>}
 * @phpstan-type Call array{id: string, kind: string, line: string, caller: string, direction: 'incoming'|'outgoing', running: bool, at: string, started_at: string, answered_at: string|null, ended_at: string|null, ended_by: string|null, outcome: 'answered'|'served'|'lost'|'unanswered'|'busy'|'unreachable'|'rejected'|'refused'|'failed'|null, reason: string|null, queue: int|null, waited_ms: int|null, agent: array{handset?: string, number?: string, party?: 'client'|'driver'}|null, talk_ms: int|null, order: string|null, menu_keys: list<string>, has_recording: bool, note: CallNote|null}
 * @phpstan-type CallNote array{text: string, by: string, at: string}
 * @phpstan-type CallWithTimeline array{id: string, kind: string, line: string, caller: string, direction: 'incoming'|'outgoing', running: bool, at: string, started_at: string, answered_at: string|null, ended_at: string|null, ended_by: string|null, outcome: 'answered'|'served'|'lost'|'unanswered'|'busy'|'unreachable'|'rejected'|'refused'|'failed'|null, reason: string|null, queue: int|null, waited_ms: int|null, agent: array{handset?: string, number?: string, party?: 'client'|'driver'}|null, talk_ms: int|null, order: string|null, menu_keys: list<string>, has_recording: bool, note: CallNote|null, recordings: list<array{id: string, started_at: string, duration_ms: int, audio: string}>, legs: list<array{kind: 'handset'|'trunk', name: string, ended_at: string, grade: 'good'|'fair'|'poor', mos: int|float, received: array{packets: int, lost_share: int|float, jitter_ms: int|float}, sent: array{packets: int, lost_share: int|float, jitter_ms: int|float}|null, round_trip_ms: int|float|null}>, timeline: list<array{seq: int, at: string, offset_ms: int, kind: string, data: array<string, mixed>}>}
 * @phpstan-type Recording array{id: string, call_id: string, kind: 'talk'|'message', line: string, queue: int|null, agent: string|null, started_at: string, duration_ms: int, bytes: int, sha256: string, audio: string}
 * @phpstan-type Message array{id: string, call_id: string, number: string, line: string, queue: int|null, for_queue: int|null, for_handset: string|null, at: string, duration_ms: int, heard: array{at: string, by: string|null}|null, done: array{at: string, by: string|null}|null, audio: string}
 * @phpstan-type Delivery array{id: int, webhook: string, event_id: string, call_id: string, seq: int, event: string, state: 'waiting'|'delivered'|'dropped'|'dead', tries: int, created_at: string, expires_at: string, due_at: string|null, finished_at: string|null, body: array<string, mixed>}
 * @phpstan-type DeliveryWithAttempts array{id: int, webhook: string, event_id: string, call_id: string, seq: int, event: string, state: 'waiting'|'delivered'|'dropped'|'dead', tries: int, created_at: string, expires_at: string, due_at: string|null, finished_at: string|null, body: array<string, mixed>, attempts: list<array{latency_ms: int, status: int|null, failed: string|null, reason: 'connect'|'connect_timeout'|'timeout'|'reset'|'too_large'|'redirect'|'invalid_url'|'closed'|'other'|null, answer: string, number: int, at: string}>}
 * @phpstan-type RecordedRequest array{id: int, at: string, token: string, method: string, path: string, query: array<string, mixed>, headers: array<string, string>, body: mixed, bytes: int, status: int, why: string}
 * @phpstan-type LiveQueue array{id: int, name: string, waiting: int}
 * @phpstan-type LiveCall array{id: string, direction: 'incoming'|'outgoing', line?: string, number: string, name?: string, from?: array{handset?: string, number?: string, party?: 'client'|'driver'}, label?: string, state: 'in_plan'|'waiting'|'ringing'|'talking', started_at: string, since: string, queue?: int, position?: int, rings: list<array{handset?: string, number?: string, party?: 'client'|'driver', since: string}>, talk?: array{handset?: string, number?: string, party?: 'client'|'driver', since: string}, transfer?: array{by: string, to: array{handset?: string, number?: string, party?: 'client'|'driver'}, state: 'ringing'|'consulting'|'swapped'|'conference'}, parked?: array{place: int, by: string, since: string}, customer?: array{name: string, url?: string, orders: list<array{id: string, status?: string, url?: string, total?: string}>}}
 * @phpstan-type LiveHandset array{name: string, display_name: string, operator?: string, state: 'free'|'ringing'|'busy'|'unavailable'|'unknown', queues: list<array{queue: int, paused: bool, pause_reason?: string}>}
 * @phpstan-type TelfaErrors array{errors: list<string>}
 * @phpstan-type TelfaCall array{id: int|string, call_id: string, direction: 'incoming'|'outgoing', caller_number: string, dialed_number: string, started_at: string, answered_at: string|null, ended_at: string|null, duration: int|null, running: bool, state: string, ended_by: string|null, result: 'answered'|'served'|'lost'|'unanswered'|'busy'|'unreachable'|'rejected'|'refused'|'failed'|null, waited: int|null, talked: int|null, group_id: int|null, agent: string|null, recordings: list<array{id: string, state: string, duration: int|null, url: string}>}
 * @phpstan-type TelfaUser array{id: int, login: string, email: string|null, name: string, role: string, handset: string|null, mobile: string|null}
 * @phpstan-type TelfaUserState array{id: int, login: string, name: string, state: 'offline'|'logged_out'|'paused'|'talking'|'ringing'|'free', registered: bool, groups: list<array{id: int, logged_in: bool, paused: bool, pause_reason: string|null, state: string}>}
 * @phpstan-type TelfaRecording array{id: int, name: string, languages: list<string>}
 * @phpstan-type TelfaRecipe array{id: int, name: string, number_id: int|null, steps: list<TelfaStep>}
 * @phpstan-type TelfaStep array{id: int, position: int, action: string, settings: mixed}
 * @phpstan-type TelfaWebhook array{id: string, url: string, events: list<string>}
 * @phpstan-type DispatchOrder array{id: string|int|float, status: string, phone?: string, driver_phone?: string, line?: string, branch?: string|int|float, car_time?: string|int|float, car_mark?: string, car_model?: string, car_color?: string, car_number?: string, ...}
 * @phpstan-type DispatchOrderStored array{ok: true, order: array{id: string, status: 'new'|'accepted'|'driver_finishing_current'|'arrived'|'paid_waiting'|'executing'|'completed_paid'|'client_refused'|'driver_late'|'overdue'|'driver_refused'|'no_driver'|'cancelled_by_driver'|'ordered_by_mistake'|null, active: bool}, ignored: list<string>, notification: array{id: string, state: string, is_new: bool}|null, not_notified?: 'no_phone'|'unknown_status'}
 * @phpstan-type RuntelCall array{call_id: string, direction: 'incoming'|'outgoing', caller_number: string, called_number: string, started_at: string, answered_at: string|null, ended_at: string|null, duration: int|null, running: bool, recordings: list<array{id: string, duration: int|null, url: string}>}
 * @phpstan-type RuntelUser array{id: int, login: string, name: string, handset: string|null, extension: string|null, state: string}
 * @phpstan-type CallEvent array{event: 'call_started'|'queue_joined'|'ringing'|'answered'|'queue_left'|'hangup'|'recording_ready', event_id: string, seq: int, timestamp: string, call_id: string, direction: 'incoming'|'outgoing', caller_number: string, called_number: string, handset: string|null, queue: array{id: int, name: string, position: int, waiting: int, joined_at: string}|null, agent: string|null, started_at: string, answered_at: string|null, ended_at: string|null, duration: int|null, result: 'SUCCESS'|'NO_ANSWER'|'USER_BUSY'|'USER_NOT_REGISTERED'|'ABANDONED'|'REJECTED'|null, recording?: array{id: string, url: string, duration: int, talk_duration?: int}, setup?: array{line: array{number: string, name: string}, queues: list<array{id: int, name: string}>, handsets: list<array{label: string, queue: int}>}}
 * @phpstan-type BridgeEvent array{event_id: string, seq: int, timestamp: string, event: 'bridge', bridge_id: string, order_id: string, state: 'queued'|'dialing_a'|'a_answered'|'dialing_b'|'bridged'|'ended'|'failed', failed: array{leg: 'a'|'b', reason: 'busy'|'no_answer'|'rejected'|'unreachable'|'canceled', detail: 'unknown_outcome'|'refused'|'provider_refused'|'no_such_number'|'asterisk_restart'|'not_confirmed'|null}|null, ended_by: 'a'|'b'|'limit'|'canceled'|'asterisk'|'fault'|null, line: string, created_at: string, bridged_at: string|null, ended_at: string|null, metadata: array<string, string|int|float|bool>}
 * @phpstan-type BridgeRecordingEvent array{event_id: string, seq: int, timestamp: string, event: 'bridge_recording', bridge_id: string, order_id: string, state: 'queued'|'dialing_a'|'a_answered'|'dialing_b'|'bridged'|'ended'|'failed', failed: array{leg: 'a'|'b', reason: 'busy'|'no_answer'|'rejected'|'unreachable'|'canceled', detail: 'unknown_outcome'|'refused'|'provider_refused'|'no_such_number'|'asterisk_restart'|'not_confirmed'|null}|null, ended_by: 'a'|'b'|'limit'|'canceled'|'asterisk'|'fault'|null, line: string, created_at: string, bridged_at: string|null, ended_at: string|null, metadata: array<string, string|int|float|bool>, recording: array{id: string, url: string, duration: int}}
 * @phpstan-type NotificationEvent array{event_id: string, seq: int, timestamp: string, event: 'notification', notification_id: string, external_id: string, order_id: string, status: string, batch: string|null, state: 'waiting'|'calling'|'done', result: 'delivered'|'busy'|'no_answer'|'failed'|'expired'|'superseded'|'window_missed'|'refused'|'canceled'|null, attempts: list<array{number: int, call_id: string, started_at: string, ended_at: string|null, outcome: 'heard'|'heard_by_machine'|'cut_short'|'machine'|'busy'|'no_answer'|'rejected'|'unreachable'|'no_such_number'|'refused'|'limited'|'unknown'|'failed'|null}>, next_attempt_at: string|null, answered_at: string|null, duration: int|null, digit: string|null, action: 'connect_driver'|'connect_operator'|'cancel_order'|'repeat'|'webhook'|null, created_at: string, expires_at: string, finished_at: string|null}
 * @phpstan-type CallNoteEvent array{event_id: string, seq: int, timestamp: string, event: 'call_note', call_id: string, note: string, by: string}
 * @phpstan-type AlarmEvent array{event_id: string, seq: int, timestamp: string, event: 'alarm', alarm: string, rule: 'trunk_down'|'queue_unstaffed'|'queue_waiting'|'shop_failing'|'deliveries_late'|'disk_low'|'backup_old'|'dial_limit'|'password_guessing'|'address_banned'|'certificate'|'gateway_degraded'|'calls_refused', about: string, state: 'fired'|'resolved', since: string, resolved_at: string, subject: string, text: string, url: string}
 * @phpstan-type TestEvent array{event: 'test', event_id: string, timestamp: string}
 * @phpstan-type HandOverResponse array{action?: 'answer'|'play'|'menu'|'transfer_to_group'|'hangup'|'return', recording_id?: int|float|string, menu_timeout?: int|float|string, max?: int|float|string, call_group_id?: int|float|string, group_transfer_recording_id?: int|float|string, group_continue_busy?: bool|int|float|string, skip_caller_id_transfer?: bool|int|float|string, group_priority?: int|float|string, ...}
 * @phpstan-type HandOverRequest array{caller_number: string, called_number: string, received_digits?: string, hangup?: true, bridge_result?: 'SUCCESS'|'USER_BUSY'|'NO_ANSWER'|'USER_NOT_REGISTERED', call_result?: 'SUCCESS'|'USER_BUSY'|'NO_ANSWER'|'USER_NOT_REGISTERED', call_id?: string, step?: int, ...}
 * @phpstan-type CustomerLookupAnswer array{name: string, url?: string, orders?: list<array{id?: string, number?: string, status?: string, total?: string, url?: string, ...}>, ...}
 * @phpstan-type CustomerLookup array{number: string, number_e164: string}
 * @phpstan-type OrderLookupAnswer array{orders: list<array{id: string, status: string, ...}>, ...}
 * @phpstan-type OrderLookup array{number: string, number_e164: string, line: string}
 */
final class Client extends Http
{
    /**
     * Liveness: the process responds
     *
     * @return array{status: 'ok'}
     */
    public function getHealthz(): array
    {
        return $this->json('GET', '/healthz');
    }

    /**
     * Readiness: everything the gateway needs is usable
     *
     * @return array{status: 'ready'|'degraded'|'not ready', checks: array<string, string>, problems: list<array{check: string, problem: string, remedy?: string, blocking: bool}>}
     */
    public function getReadyz(): array
    {
        return $this->json('GET', '/readyz');
    }

    /**
     * State of the gateway, Asterisk, the trunk and the disk, with a remedy for each problem
     *
     * @return array{status: 'ready'|'degraded'|'not ready', version: string, node_version: string, addresses: array{outside_url: string, listens_at: string, sip: array{server: string, port: int, tls_port: int|null}}, database: array{bytes: int|float}, prompts_missing: list<array{id: int, name: string, languages: list<string>}>, asterisk: array{connected: bool, version: string|null}, trunk: array{endpoint: string, state: 'online'|'offline'|'unknown', registrations: list<string>}|null, trunks: list<array{name: string, title: string, state: 'registered'|'reachable'|'unchecked'|'busy'|'registering'|'rejected'|'unreachable'|'missing'|'disabled'|'unknown', up: bool, problem: string|null, problem_code: 'rejected'|'unreachable'|'registering'|'missing'|'busy'|'no_password'|'unknown_host'|'name_taken'|'not_written'|'endpoint_missing'|'endpoint_not_registered'|'endpoint_unreachable'|'no_answer'|'silent'|'sip'|'cause'|null, problem_values: array<string, string>, channels: int, max_channels: int|null, last_error: array{at: string, message: string, code: 'rejected'|'unreachable'|'registering'|'missing'|'busy'|'no_password'|'unknown_host'|'name_taken'|'not_written'|'endpoint_missing'|'endpoint_not_registered'|'endpoint_unreachable'|'no_answer'|'silent'|'sip'|'cause', values: array<string, string>}|null}>, backup: array{last_at: string|null, last_bytes: int|float|null, failure: string|null, at: string|null}, certificates: list<array{service: 'https'|'sip', expires_at: string}>, disk: array{free_bytes: int|float, total_bytes: int|float}, checks: list<array{check: string, ok: bool, blocking: bool, problem: string|null, remedy: string|null, remedy_code: 'ari_login'|'ari_not_found'|'ari_no_answer'|'ami_login'|'ami_no_answer'|'ami_permission'|'dialplan_old'|'dialplan_missing'|'sorcery_missing'|'security_events_missing'|'func_db_missing'|'endpoint_unknown'|'endpoint_taken'|'queues_no_config_user'|'queues_login'|'queues_permission'|'own_asterisk'|'trunk_unknown'|'trunk_not_registered'|'trunk_unreachable'|'trunk_of_company'|'backup_no_space'|'notifications_held'|'backup_failed'|'certificate_needed'|'certificate_of_asterisk'|'certificate_expires'|'certificate_files'|'bans_own_asterisk'|'redis_away'|null}>}
     */
    public function getSystem(): array
    {
        return $this->json('GET', '/api/v1/system');
    }

    /**
     * The alarms that fire now, and the silences
     *
     * @return array{alarms: list<array{id: int, rule: 'trunk_down'|'queue_unstaffed'|'queue_waiting'|'shop_failing'|'deliveries_late'|'disk_low'|'backup_old'|'dial_limit'|'password_guessing'|'address_banned'|'certificate'|'gateway_degraded'|'calls_refused', about: string, state: 'firing'|'resolved', title: string, text: string, remedy: string, since: string, fired_at: string, resolved_at: string|null, sent_at: string|null, acknowledged: array{at: string, by: string}|null, silenced: bool}>, silences: list<array{id: int, rule: 'trunk_down'|'queue_unstaffed'|'queue_waiting'|'shop_failing'|'deliveries_late'|'disk_low'|'backup_old'|'dial_limit'|'password_guessing'|'address_banned'|'certificate'|'gateway_degraded'|'calls_refused', about: string|null, until: string, reason: string, by: string, at: string}>}
     */
    public function getAlarms(): array
    {
        return $this->json('GET', '/api/v1/alarms');
    }

    /**
     * Resolved alarms, newest first
     *
     * @param array{before?: int, limit?: int} $query
     * @return array{alarms: list<array{id: int, rule: 'trunk_down'|'queue_unstaffed'|'queue_waiting'|'shop_failing'|'deliveries_late'|'disk_low'|'backup_old'|'dial_limit'|'password_guessing'|'address_banned'|'certificate'|'gateway_degraded'|'calls_refused', about: string, state: 'firing'|'resolved', title: string, text: string, remedy: string, since: string, fired_at: string, resolved_at: string|null, sent_at: string|null, acknowledged: array{at: string, by: string}|null, silenced: bool}>, next: int|null}
     */
    public function getAlarmsHistory(array $query = []): array
    {
        return $this->json('GET', '/api/v1/alarms/history', query: $query);
    }

    /**
     * Says that you take care of an alarm; others see it
     *
     * @param int $id
     * @return array{alarms: list<array{id: int, rule: 'trunk_down'|'queue_unstaffed'|'queue_waiting'|'shop_failing'|'deliveries_late'|'disk_low'|'backup_old'|'dial_limit'|'password_guessing'|'address_banned'|'certificate'|'gateway_degraded'|'calls_refused', about: string, state: 'firing'|'resolved', title: string, text: string, remedy: string, since: string, fired_at: string, resolved_at: string|null, sent_at: string|null, acknowledged: array{at: string, by: string}|null, silenced: bool}>, silences: list<array{id: int, rule: 'trunk_down'|'queue_unstaffed'|'queue_waiting'|'shop_failing'|'deliveries_late'|'disk_low'|'backup_old'|'dial_limit'|'password_guessing'|'address_banned'|'certificate'|'gateway_degraded'|'calls_refused', about: string|null, until: string, reason: string, by: string, at: string}>}
     */
    public function postAlarmAcknowledge(int $id): array
    {
        return $this->json('POST', '/api/v1/alarms/' . self::part($id) . '/acknowledge');
    }

    /**
     * Sends no messages about an alarm for a time. If it still fires at the end, it is sent then. Replaces an earlier silence of the same alarm
     *
     * @param array{rule: 'trunk_down'|'queue_unstaffed'|'queue_waiting'|'shop_failing'|'deliveries_late'|'disk_low'|'backup_old'|'dial_limit'|'password_guessing'|'address_banned'|'certificate'|'gateway_degraded'|'calls_refused', about?: string|null, minutes: int, reason: string} $body
     * @return array{id: int, rule: 'trunk_down'|'queue_unstaffed'|'queue_waiting'|'shop_failing'|'deliveries_late'|'disk_low'|'backup_old'|'dial_limit'|'password_guessing'|'address_banned'|'certificate'|'gateway_degraded'|'calls_refused', about: string|null, until: string, reason: string, by: string, at: string}
     */
    public function postAlarmsSilences(array $body): array
    {
        return $this->json('POST', '/api/v1/alarms/silences', body: $body);
    }

    /**
     * Ends a silence
     *
     * @param int $id
     * @return array{alarms: list<array{id: int, rule: 'trunk_down'|'queue_unstaffed'|'queue_waiting'|'shop_failing'|'deliveries_late'|'disk_low'|'backup_old'|'dial_limit'|'password_guessing'|'address_banned'|'certificate'|'gateway_degraded'|'calls_refused', about: string, state: 'firing'|'resolved', title: string, text: string, remedy: string, since: string, fired_at: string, resolved_at: string|null, sent_at: string|null, acknowledged: array{at: string, by: string}|null, silenced: bool}>, silences: list<array{id: int, rule: 'trunk_down'|'queue_unstaffed'|'queue_waiting'|'shop_failing'|'deliveries_late'|'disk_low'|'backup_old'|'dial_limit'|'password_guessing'|'address_banned'|'certificate'|'gateway_degraded'|'calls_refused', about: string|null, until: string, reason: string, by: string, at: string}>}
     */
    public function deleteAlarmsSilence(int $id): array
    {
        return $this->json('DELETE', '/api/v1/alarms/silences/' . self::part($id));
    }

    /**
     * The last complete check of the system, with its progress
     *
     * @return array{run: array{id: string, started_at: string, finished_at: string|null, status: 'ok'|'warning'|'failed', rows: list<array{check: 'settings'|'gateway'|'disk'|'http'|'ari'|'ami'|'queue_writer'|'dialplan'|'sip_udp'|'sip_tcp'|'rtp'|'nat'|'browsers'|'codecs'|'trunk'|'clock'|'certificate'|'prompts'|'backup'|'redis'|'sip_call'|'sip_digits'|'sip_sound_there'|'sip_sound_back'|'loop_back', looked_at: string, state: 'waiting'|'running'|'done', status: 'ok'|'warning'|'failed'|'skipped'|null, value: string|null, remedy: string|null, remedy_code: 'ari_login'|'ari_not_found'|'ari_no_answer'|'ami_login'|'ami_no_answer'|'ami_permission'|'dialplan_old'|'dialplan_missing'|'sorcery_missing'|'security_events_missing'|'func_db_missing'|'endpoint_unknown'|'endpoint_taken'|'queues_no_config_user'|'queues_login'|'queues_permission'|'own_asterisk'|'trunk_unknown'|'trunk_not_registered'|'trunk_unreachable'|'trunk_of_company'|'backup_no_space'|'notifications_held'|'backup_failed'|'certificate_needed'|'certificate_of_asterisk'|'certificate_expires'|'certificate_files'|'bans_own_asterisk'|'redis_away'|'settings_invalid'|'gateway_down'|'gateway_refuses'|'disk_not_writable'|'disk_full'|'disk_slow'|'http_public'|'http_outside'|'http_port_taken'|'browser_https'|'ari_read_only'|'codec_missing'|'codec_trunk'|'codec_opus'|'sip_outside'|'sip_no_answer'|'rtp_few'|'rtp_taken'|'nat_unresolved'|'nat_missing'|'nat_half'|'nat_private'|'nat_local_net'|'clock_differs'|'certificate_no_answer'|'certificate_expired'|'certificate_name'|'certificate_soon'|'prompt_file'|'prompt_missing'|'backup_none'|'backup_old'|'loop_back_enter'|'loop_back_answer'|'loop_back_digits'|'loop_back_audio'|'sip_call_account'|'sip_call_codecs'|'sip_call_refused'|'sip_digits'|'sip_sound_there'|'sip_sound_back'|'no_result'|null, duration_ms: int|float|null}>}|null}
     */
    public function getSystemChecks(): array
    {
        return $this->json('GET', '/api/v1/system/checks');
    }

    /**
     * Begins to check everything: ports, NAT, rights, clocks, disk, codecs, prompts, certificate, trunk, backup
     *
     * @param array{loop_back?: bool} $body
     * @return array{id: string, started_at: string, finished_at: string|null, status: 'ok'|'warning'|'failed', rows: list<array{check: 'settings'|'gateway'|'disk'|'http'|'ari'|'ami'|'queue_writer'|'dialplan'|'sip_udp'|'sip_tcp'|'rtp'|'nat'|'browsers'|'codecs'|'trunk'|'clock'|'certificate'|'prompts'|'backup'|'redis'|'sip_call'|'sip_digits'|'sip_sound_there'|'sip_sound_back'|'loop_back', looked_at: string, state: 'waiting'|'running'|'done', status: 'ok'|'warning'|'failed'|'skipped'|null, value: string|null, remedy: string|null, remedy_code: 'ari_login'|'ari_not_found'|'ari_no_answer'|'ami_login'|'ami_no_answer'|'ami_permission'|'dialplan_old'|'dialplan_missing'|'sorcery_missing'|'security_events_missing'|'func_db_missing'|'endpoint_unknown'|'endpoint_taken'|'queues_no_config_user'|'queues_login'|'queues_permission'|'own_asterisk'|'trunk_unknown'|'trunk_not_registered'|'trunk_unreachable'|'trunk_of_company'|'backup_no_space'|'notifications_held'|'backup_failed'|'certificate_needed'|'certificate_of_asterisk'|'certificate_expires'|'certificate_files'|'bans_own_asterisk'|'redis_away'|'settings_invalid'|'gateway_down'|'gateway_refuses'|'disk_not_writable'|'disk_full'|'disk_slow'|'http_public'|'http_outside'|'http_port_taken'|'browser_https'|'ari_read_only'|'codec_missing'|'codec_trunk'|'codec_opus'|'sip_outside'|'sip_no_answer'|'rtp_few'|'rtp_taken'|'nat_unresolved'|'nat_missing'|'nat_half'|'nat_private'|'nat_local_net'|'clock_differs'|'certificate_no_answer'|'certificate_expired'|'certificate_name'|'certificate_soon'|'prompt_file'|'prompt_missing'|'backup_none'|'backup_old'|'loop_back_enter'|'loop_back_answer'|'loop_back_digits'|'loop_back_audio'|'sip_call_account'|'sip_call_codecs'|'sip_call_refused'|'sip_digits'|'sip_sound_there'|'sip_sound_back'|'no_result'|null, duration_ms: int|float|null}>}
     */
    public function postSystemChecks(array $body): array
    {
        return $this->json('POST', '/api/v1/system/checks', body: $body);
    }

    /**
     * What an Asterisk of your own has and lacks for the gateway, also before it is connected
     *
     * @return array{ari_url: string, app: string, folder: string|null, rows: list<array{topic: string, state: 'ok'|'missing'|'warning'|'unknown', text: string, remedy: string|null}>, snippets: list<array{file: string, freepbx_file: string, section: string|null, why: string, text: string}>}
     */
    public function getSystemConnectSheet(): array
    {
        return $this->json('GET', '/api/v1/system/connect-sheet');
    }

    /**
     * Metrics for Prometheus
     *
     * @return string text/plain
     */
    public function getMetrics(): string
    {
        return $this->text('GET', '/metrics');
    }

    /**
     * The whole configuration, as YAML; its ETag is the version. People’s numbers are masked without the scope numbers:read
     *
     * @return string application/yaml
     */
    public function getConfig(): string
    {
        return $this->text('GET', '/api/v1/config');
    }

    /**
     * Makes the configuration what the document says: all of it, or nothing. With If-Match only if its version is that of the ETag
     *
     * @param string $content the body, such as the bytes of a file
     * @param string $type its content type, such as application/yaml
     * @param array{dry_run?: 'true'|'false'} $query
     * @param array{'If-Match'?: string} $headers
     * @return array{applied: bool, changes: list<array{section: string, key: string, change: string, text: string}>, warnings: list<ConfigProblem>, not_settled: list<string>}
     */
    public function putConfig(string $content, string $type, array $query = [], array $headers = []): array
    {
        return $this->json('PUT', '/api/v1/config', content: $content, type: $type, query: $query, headers: $headers);
    }

    /**
     * What is wrong with a configuration, each with its place and what to do about it
     *
     * @param string $content the body, such as the bytes of a file
     * @param string $type its content type, such as application/yaml
     * @return array{problems: list<ConfigProblem>}
     */
    public function postConfigLint(string $content, string $type): array
    {
        return $this->json('POST', '/api/v1/config/lint', content: $content, type: $type);
    }

    /**
     * The actions of call plans with their settings, for forms
     *
     * @return array{actions: list<array{name: string, fields: list<array{name: string, kind: 'prompt'|'prompts'|'queue'|'handset'|'part'|'profile'|'phone_number'|'duration'|'key'|'hours'|'recording'|'url'|'text'|'number'|'choice'|'switch', required: bool, default?: mixed, minimum?: int|float, maximum?: int|float, choices?: list<string>, one_of?: string, settings?: list<string>}>, branches: list<array{name: string, by_key: bool, required: bool}>, bare: string|null, stands_alone: bool, waits: bool, ends: bool}>}
     */
    public function getPlanActions(): array
    {
        return $this->json('GET', '/api/v1/plan-actions');
    }

    /**
     * Runs the plan of a line without a telephone: the configuration, a draft or a document. The scope numbers:read is needed as well, and config:write to send requests to the real shop
     *
     * @param array{config?: string, draft?: string, line: string, keys?: string|list<string>, pause?: bool, at?: string, caller?: string, shop?: string, stub?: list<mixed>, order?: 'new'|'accepted'|'driver_finishing_current'|'arrived'|'paid_waiting'|'executing'|'completed_paid'|'client_refused'|'driver_late'|'overdue'|'driver_refused'|'no_driver'|'cancelled_by_driver'|'ordered_by_mistake', nobody_answers?: bool, answering?: array{handset?: string, after_s?: int|float, talk_s?: int|float}} $body
     * @return array{line: string, caller: string, time_zone: string, started_at: string, ended_at: string, ended_by: string, keys_left: string, shop: 'stub'|'real', waiting: array{place: string|null, keys: list<string>, typed: string, max: int, hash_ends: bool, until: string|null}|null, places: list<string>, prompts: list<array{id: int, language: string, name: string|null, audio: string|null}>, timeline: list<array{seq: int, at: string, offset_ms: int, kind: string, place: string|null, data: array<string, mixed>}>, text: string}
     */
    public function postSimulate(array $body): array
    {
        return $this->json('POST', '/api/v1/simulate', body: $body);
    }

    /**
     * Drafts of the configuration, the last changed first
     *
     * @return array{drafts: list<Draft>, current_version: int}
     */
    public function getConfigDrafts(): array
    {
        return $this->json('GET', '/api/v1/config/drafts');
    }

    /**
     * Makes a draft from the current configuration, or from a document. The scope numbers:read is needed as well
     *
     * @param array{name?: string, document?: array<string, mixed>, yaml?: string, base_version?: int} $body
     * @return DraftWithDocument
     */
    public function postConfigDrafts(array $body): array
    {
        return $this->json('POST', '/api/v1/config/drafts', body: $body);
    }

    /**
     * A draft with its document. The scope numbers:read is needed as well
     *
     * @param string $id
     * @return DraftWithDocument
     */
    public function getConfigDraft(string $id): array
    {
        return $this->json('GET', '/api/v1/config/drafts/' . self::part($id));
    }

    /**
     * Changes items of a draft, which may have errors meanwhile. With If-Match: the ETag of the draft. The scope numbers:read is needed as well
     *
     * @param string $id
     * @param array{name?: string, changes?: list<array{section: 'settings'|'prompts'|'handsets'|'queues'|'trunks'|'music'|'operators'|'parts'|'lines'|'webhooks'|'callbacks'|'profiles', key: string, body: mixed, position?: int}>} $body
     * @param array{'If-Match'?: string} $headers
     * @return DraftWithDocument
     */
    public function patchConfigDraft(string $id, array $body, array $headers = []): array
    {
        return $this->json('PATCH', '/api/v1/config/drafts/' . self::part($id), body: $body, headers: $headers);
    }

    /**
     * Removes a draft
     *
     * @param string $id
     * @return void
     */
    public function deleteConfigDraft(string $id): void
    {
        $this->done('DELETE', '/api/v1/config/drafts/' . self::part($id));
    }

    /**
     * What is wrong with a draft, each with its place and remedy. The scope numbers:read is needed as well
     *
     * @param string $id
     * @return array{problems: list<ConfigProblem>}
     */
    public function postConfigDraftLint(string $id): array
    {
        return $this->json('POST', '/api/v1/config/drafts/' . self::part($id) . '/lint');
    }

    /**
     * What publishing a draft would change, and for which lines. The scope numbers:read is needed as well
     *
     * @param string $id
     * @return array{changes: list<array{section: 'settings'|'prompts'|'handsets'|'queues'|'trunks'|'music'|'operators'|'parts'|'lines'|'webhooks'|'callbacks'|'profiles', key: string, change: 'added'|'changed'|'removed', before?: mixed, after?: mixed, lines: list<string>}>, conflicts: list<array{section: string, key: string, base: mixed, draft: mixed, current: mixed, changed_by: list<array{version: int, at: string, author: string|null}>}>}
     */
    public function getConfigDraftDiff(string $id): array
    {
        return $this->json('GET', '/api/v1/config/drafts/' . self::part($id) . '/diff');
    }

    /**
     * Takes over what others have published since the draft began. With If-Match: the ETag of the draft. The scope numbers:read is needed as well
     *
     * @param string $id
     * @param array{choices?: list<array{section: 'settings'|'prompts'|'handsets'|'queues'|'trunks'|'music'|'operators'|'parts'|'lines'|'webhooks'|'callbacks'|'profiles', key: string, keep: 'draft'|'current'}>} $body
     * @param array{'If-Match'?: string} $headers
     * @return DraftWithDocument
     */
    public function postConfigDraftRebase(string $id, array $body, array $headers = []): array
    {
        return $this->json('POST', '/api/v1/config/drafts/' . self::part($id) . '/rebase', body: $body, headers: $headers);
    }

    /**
     * Publishes a draft and removes it. Changes of others to other items are kept. With If-Match: the ETag of the draft. The scope numbers:read is needed as well
     *
     * @param string $id
     * @param array{'If-Match'?: string} $headers
     * @return PublishedConfig
     */
    public function postConfigDraftPublish(string $id, array $headers = []): array
    {
        return $this->json('POST', '/api/v1/config/drafts/' . self::part($id) . '/publish', headers: $headers);
    }

    /**
     * Starts to replay the incoming calls of the last days with a draft, in the background. The scopes numbers:read and calls:read are needed as well
     *
     * @param string $id
     * @param array{days?: int, limit?: int} $body
     * @return array{replay: PastCallsReplay}
     */
    public function postConfigDraftReplay(string $id, array $body): array
    {
        return $this->json('POST', '/api/v1/config/drafts/' . self::part($id) . '/replay', body: $body);
    }

    /**
     * The progress and the result of the last replay with a draft
     *
     * @param string $id
     * @return array{replay: PastCallsReplay|null}
     */
    public function getConfigDraftReplay(string $id): array
    {
        return $this->json('GET', '/api/v1/config/drafts/' . self::part($id) . '/replay');
    }

    /**
     * Cancels the replay; its result so far stays
     *
     * @param string $id
     * @return void
     */
    public function deleteConfigDraftReplay(string $id): void
    {
        $this->done('DELETE', '/api/v1/config/drafts/' . self::part($id) . '/replay');
    }

    /**
     * Published versions of the configuration, newest first; the last 200 are kept
     *
     * @param array{before?: int, limit?: int} $query
     * @return array{versions: list<array{version: int, at: string, author: string|null}>, current: int, next: int|float|null}
     */
    public function getConfigVersions(array $query = []): array
    {
        return $this->json('GET', '/api/v1/config/versions', query: $query);
    }

    /**
     * A published version and what it changed. The scope numbers:read is needed as well
     *
     * @param int $version
     * @return array{version: int, at: string, author: string|null, document: array<string, mixed>, changes: list<ConfigChange>}
     */
    public function getConfigVersion(int $version): array
    {
        return $this->json('GET', '/api/v1/config/versions/' . self::part($version));
    }

    /**
     * Publishes an older version again. With If-Match: the number of the current version, in quotes
     *
     * @param int $version
     * @param array{'If-Match'?: string} $headers
     * @return PublishedConfig
     */
    public function postConfigVersionRestore(int $version, array $headers = []): array
    {
        return $this->json('POST', '/api/v1/config/versions/' . self::part($version) . '/restore', headers: $headers);
    }

    /**
     * The items of a section, in their order; people’s numbers are masked without the scope numbers:read
     *
     * @param string $section
     * @return array{items: list<array{section: 'settings'|'prompts'|'handsets'|'queues'|'trunks'|'music'|'operators'|'parts'|'lines'|'webhooks'|'callbacks'|'profiles', key: string, etag: string, body: mixed}>}
     */
    public function getConfigBySection(string $section): array
    {
        return $this->json('GET', '/api/v1/config/' . self::part($section));
    }

    /**
     * One item, with its ETag; people’s numbers are masked without the scope numbers:read
     *
     * @param string $section
     * @param string $key
     * @return array{section: 'settings'|'prompts'|'handsets'|'queues'|'trunks'|'music'|'operators'|'parts'|'lines'|'webhooks'|'callbacks'|'profiles', key: string, etag: string, body: mixed}
     */
    public function getConfigBySectionByKey(string $section, string $key): array
    {
        return $this->json('GET', '/api/v1/config/' . self::part($section) . '/' . self::part($key));
    }

    /**
     * Stores an item: with If-Match what it was when you read it, or with If-None-Match: * a new one
     *
     * @param string $section
     * @param string $key
     * @param mixed $body
     * @param array{position?: int} $query
     * @param array{'If-Match'?: string, 'If-None-Match'?: string} $headers
     * @return array{version: int, changes: list<ConfigChange>, warnings: list<ConfigProblem>, not_settled: list<string>, etag: string}
     */
    public function putConfigBySectionByKey(string $section, string $key, mixed $body, array $query = [], array $headers = []): array
    {
        return $this->json('PUT', '/api/v1/config/' . self::part($section) . '/' . self::part($key), body: $body, query: $query, headers: $headers);
    }

    /**
     * Removes an item; with If-Match what it was when you read it
     *
     * @param string $section
     * @param string $key
     * @param array{'If-Match'?: string} $headers
     * @return PublishedConfig
     */
    public function deleteConfigBySectionByKey(string $section, string $key, array $headers = []): array
    {
        return $this->json('DELETE', '/api/v1/config/' . self::part($section) . '/' . self::part($key), headers: $headers);
    }

    /**
     * The caller’s own name, scopes and handset
     *
     * @return array{name: string, scopes: list<'config:read'|'config:write'|'calls:read'|'numbers:read'|'calls:control'|'calls:reject'|'calls:listen'|'recordings:read'|'recordings:delete'|'monitor:read'|'operators:read'|'operators:control'|'accounts:write'|'people:data'|'audit:read'|'prompts:read'|'prompts:write'|'webhooks:write'|'metrics:read'|'lines:read'|'dispatch:notify'|'dispatch:connect'|'backups:make'|'phones:embed'|'alarms:write'|'bans:write'>, operator: int|null, handset: string|null}
     */
    public function getMe(): array
    {
        return $this->json('GET', '/api/v1/me');
    }

    /**
     * All operators, and whether each has a password
     *
     * @return array{accounts: list<Account>}
     */
    public function getAccounts(): array
    {
        return $this->json('GET', '/api/v1/accounts');
    }

    /**
     * Sets or generates a password; ends the operator’s sessions
     *
     * @param string $login
     * @param array{password?: string} $body
     * @return array{password: string}
     */
    public function putAccountPassword(string $login, array $body): array
    {
        return $this->json('PUT', '/api/v1/accounts/' . self::part($login) . '/password', body: $body);
    }

    /**
     * Changes your own password; ends all your sessions
     *
     * @param array{old: string, new: string} $body
     * @return array<string, mixed>
     */
    public function postMePassword(array $body): array
    {
        return $this->json('POST', '/api/v1/me/password', body: $body);
    }

    /**
     * Makes a one-time link for the set-up of a company that has no account yet; valid for a day
     *
     * @return array{url: string, expires_at: string}
     */
    public function postSetupLink(): array
    {
        return $this->json('POST', '/api/v1/setup/link');
    }

    /**
     * Creates the account of the first admin with the code of the link, and logs the browser in
     *
     * @param array{code: string, login: string, name: string, password: string} $body
     * @return array{login: string}
     */
    public function postSetupAccount(array $body): array
    {
        return $this->json('POST', '/api/v1/setup/account', body: $body);
    }

    /**
     * How far the set-up of the company is
     *
     * @return array{state: 'new'|'open'|'finished'|'dismissed', step?: string, answers: SetupAnswers, made: array{prompts: array<string, int>, queue?: int, handset?: string, test_handset?: string, part?: string}, account_exists: bool}
     */
    public function getSetup(): array
    {
        return $this->json('GET', '/api/v1/setup');
    }

    /**
     * Stores how far the set-up of the company is; the configuration itself is changed by its own routes
     *
     * @param array{state: 'open'|'finished'|'dismissed', step?: string, answers: SetupAnswers, made: array{prompts?: array<string, int>, queue?: int, handset?: string, test_handset?: string, part?: string}} $body
     * @return array{state: 'open'|'finished'|'dismissed', step?: string, answers: SetupAnswers, made: array{prompts: array<string, int>, queue?: int, handset?: string, test_handset?: string, part?: string}}
     */
    public function putSetup(array $body): array
    {
        return $this->json('PUT', '/api/v1/setup', body: $body);
    }

    /**
     * Who logged in, changed the configuration or accounts, heard recordings, listened in; newest first
     *
     * @param array{actor?: string, action?: 'logged_in'|'login_failed'|'password_set'|'setup_link_created'|'token_created'|'token_revoked'|'screen_pop_token_set'|'screen_pop_token_removed'|'configuration_published'|'configuration_restored'|'draft_published'|'account_added'|'account_changed'|'account_removed'|'roles_changed'|'prompt_added'|'prompt_replaced'|'prompt_removed'|'handset_password_set'|'handset_password_shown'|'trunk_password_set'|'embedded_phone_opened'|'phone_settings_fetched'|'phone_settings_refused'|'phone_enrolled'|'phone_withdrawn'|'recording_played'|'recording_downloaded'|'recording_deleted'|'call_listened'|'call_listen_refused'|'call_note_changed'|'calls_exported'|'report_exported'|'audit_exported'|'configuration_exported'|'webhook_tested'|'deliveries_resent'|'hand_over_tested'|'recorded_requests_removed'|'do_not_call_added'|'do_not_call_removed'|'person_exported'|'person_erased'|'backup_made'|'backup_downloaded'|'alarm_acknowledged'|'alarm_silenced'|'alarm_silence_ended'|'address_banned'|'ban_lifted'|'guesses_not_banned', from?: string, to?: string, before?: int, limit?: int} $query
     * @return array{entries: list<AuditEntry>, next: int|null}
     */
    public function getAudit(array $query = []): array
    {
        return $this->json('GET', '/api/v1/audit', query: $query);
    }

    /**
     * The whole audit log that matches, as CSV
     *
     * @param array{actor?: string, action?: 'logged_in'|'login_failed'|'password_set'|'setup_link_created'|'token_created'|'token_revoked'|'screen_pop_token_set'|'screen_pop_token_removed'|'configuration_published'|'configuration_restored'|'draft_published'|'account_added'|'account_changed'|'account_removed'|'roles_changed'|'prompt_added'|'prompt_replaced'|'prompt_removed'|'handset_password_set'|'handset_password_shown'|'trunk_password_set'|'embedded_phone_opened'|'phone_settings_fetched'|'phone_settings_refused'|'phone_enrolled'|'phone_withdrawn'|'recording_played'|'recording_downloaded'|'recording_deleted'|'call_listened'|'call_listen_refused'|'call_note_changed'|'calls_exported'|'report_exported'|'audit_exported'|'configuration_exported'|'webhook_tested'|'deliveries_resent'|'hand_over_tested'|'recorded_requests_removed'|'do_not_call_added'|'do_not_call_removed'|'person_exported'|'person_erased'|'backup_made'|'backup_downloaded'|'alarm_acknowledged'|'alarm_silenced'|'alarm_silence_ended'|'address_banned'|'ban_lifted'|'guesses_not_banned', from?: string, to?: string, before?: int, limit?: int} $query
     * @return string text/csv
     */
    public function getAuditCsv(array $query = []): string
    {
        return $this->text('GET', '/api/v1/audit.csv', query: $query);
    }

    /**
     * All tokens except those of the environment
     *
     * @return array{tokens: list<Token>}
     */
    public function getTokens(): array
    {
        return $this->json('GET', '/api/v1/tokens');
    }

    /**
     * Creates a token; you can only grant scopes that you have. With `replace`, the token that has this name is revoked in the same step
     *
     * @param array{name: string, scopes: list<'config:read'|'config:write'|'calls:read'|'numbers:read'|'calls:control'|'calls:reject'|'calls:listen'|'recordings:read'|'recordings:delete'|'monitor:read'|'operators:read'|'operators:control'|'accounts:write'|'people:data'|'audit:read'|'prompts:read'|'prompts:write'|'webhooks:write'|'metrics:read'|'lines:read'|'dispatch:notify'|'dispatch:connect'|'backups:make'|'phones:embed'|'alarms:write'|'bans:write'>, expires_at?: string, replace?: bool} $body
     * @return array{token: string}
     */
    public function postTokens(array $body): array
    {
        return $this->json('POST', '/api/v1/tokens', body: $body);
    }

    /**
     * Revokes a token at once
     *
     * @param string $name
     * @return void
     */
    public function deleteToken(string $name): void
    {
        $this->done('DELETE', '/api/v1/tokens/' . self::part($name));
    }

    /**
     * When the operator’s access token of the dispatch was set; the token itself is never shown
     *
     * @param int $id
     * @return array{set_since: string|null}
     */
    public function getOperatorDispatchToken(int $id): array
    {
        return $this->json('GET', '/api/v1/operators/' . self::part($id) . '/dispatch-token');
    }

    /**
     * Sets the operator’s access token of the dispatch, for the screen pop; stored encrypted
     *
     * @param int $id
     * @param array{token: string} $body
     * @return array{set_since: string|null}
     */
    public function putOperatorDispatchToken(int $id, array $body): array
    {
        return $this->json('PUT', '/api/v1/operators/' . self::part($id) . '/dispatch-token', body: $body);
    }

    /**
     * Deletes the operator’s access token of the dispatch
     *
     * @param int $id
     * @return void
     */
    public function deleteOperatorDispatchToken(int $id): void
    {
        $this->done('DELETE', '/api/v1/operators/' . self::part($id) . '/dispatch-token');
    }

    /**
     * The contacts of the company, by name
     *
     * @return array{contacts: list<array{name: string, number: string, note: string|null}>}
     */
    public function getContacts(): array
    {
        return $this->json('GET', '/api/v1/contacts');
    }

    /**
     * Countries whose public holidays are known, and the regions of one of them
     *
     * @param array{country?: string} $query
     * @return array{regions: list<array{code: string, name: string}>}
     */
    public function getHolidays(array $query = []): array
    {
        return $this->json('GET', '/api/v1/holidays', query: $query);
    }

    /**
     * The public holidays of a country or region
     *
     * @param string $region
     * @param array{from_year: int, years?: int} $query
     * @return array{holidays: list<array{date: string, name: string}>}
     */
    public function getHoliday(string $region, array $query): array
    {
        return $this->json('GET', '/api/v1/holidays/' . self::part($region), query: $query);
    }

    /**
     * A SIP account of your own handset for the phone in your browser, valid for half an hour; only with a login of a person, or in an embedded phone
     *
     * @param string $name
     * @return array{user: string, authorization_user: string, password: string, expires_at: string, ice_servers: list<array{urls: list<string>, username?: string, credential?: string}>}
     */
    public function postHandsetBrowserPhone(string $name): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/browser-phone');
    }

    /**
     * STUN and TURN servers for the audio of a browser phone, with new credentials
     *
     * @param string $name
     * @return array{ice_servers: list<array{urls: list<string>, username?: string, credential?: string}>, expires_at: string|null}
     */
    public function postHandsetIceServers(string $name): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/ice-servers');
    }

    /**
     * Server addresses that phones need besides user name and password
     *
     * @return array{server: string, port: int, transports: list<'udp'|'tcp'>, tls_port: int|null, websocket_url: string, websocket_domain: string}
     */
    public function getPhoneServers(): array
    {
        return $this->json('GET', '/api/v1/phone-servers');
    }

    /**
     * Creates a new password for a handset and returns it once; phones with the old one lose access
     *
     * @param string $name
     * @return array{user: string, password: string, provisioning: array{linphone: string, yealink: string, grandstream: string, expires_at: string}|null}
     */
    public function postHandsetPassword(string $name): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/password');
    }

    /**
     * The trunks of the company and their states, in the order of the configuration
     *
     * @return array{trunks: list<array{name: string, title: string, state: 'registered'|'reachable'|'unchecked'|'busy'|'registering'|'rejected'|'unreachable'|'missing'|'disabled'|'unknown', up: bool, problem: string|null, problem_code: 'rejected'|'unreachable'|'registering'|'missing'|'busy'|'no_password'|'unknown_host'|'name_taken'|'not_written'|'endpoint_missing'|'endpoint_not_registered'|'endpoint_unreachable'|'no_answer'|'silent'|'sip'|'cause'|null, problem_values: array<string, string>, channels: int, max_channels: int|null, last_error: array{at: string, message: string, code: 'rejected'|'unreachable'|'registering'|'missing'|'busy'|'no_password'|'unknown_host'|'name_taken'|'not_written'|'endpoint_missing'|'endpoint_not_registered'|'endpoint_unreachable'|'no_answer'|'silent'|'sip'|'cause', values: array<string, string>}|null, has_password: bool}>}
     */
    public function getTrunks(): array
    {
        return $this->json('GET', '/api/v1/trunks');
    }

    /**
     * Stores the password of a trunk, which no request returns, and uses it at once
     *
     * @param string $name
     * @param array{password: string} $body
     * @return void
     */
    public function putTrunkPassword(string $name, array $body): void
    {
        $this->done('PUT', '/api/v1/trunks/' . self::part($name) . '/password', body: $body);
    }

    /**
     * Calls a number over this trunk alone, as the dial policy allows, and hangs up when it is answered; /api/v1/calls tells how it went
     *
     * @param string $name
     * @param array{number: string} $body
     * @return array{call_id: string}
     */
    public function postTrunkTestCall(string $name, array $body): array
    {
        return $this->json('POST', '/api/v1/trunks/' . self::part($name) . '/test-call', body: $body);
    }

    /**
     * The desk phone of a handset that fetches its settings by itself
     *
     * @param string $name
     * @return array{phone: array{mac: string, created_at: string, expires_at: string|null, first_fetched_at: string|null, last_fetched_at: string|null, device: string}|null}
     */
    public function getHandsetEnrolledPhone(string $name): array
    {
        return $this->json('GET', '/api/v1/handsets/' . self::part($name) . '/enrolled-phone');
    }

    /**
     * Makes an address at which one desk phone fetches the settings of a handset; a former address is withdrawn
     *
     * @param string $name
     * @param array{mac: string} $body
     * @return array{mac: string, created_at: string, expires_at: string|null, first_fetched_at: string|null, last_fetched_at: string|null, device: string, url: string}
     */
    public function putHandsetEnrolledPhone(string $name, array $body): array
    {
        return $this->json('PUT', '/api/v1/handsets/' . self::part($name) . '/enrolled-phone', body: $body);
    }

    /**
     * Withdraws that address; the phone keeps its account until the handset has a new password
     *
     * @param string $name
     * @return void
     */
    public function deleteHandsetEnrolledPhone(string $name): void
    {
        $this->done('DELETE', '/api/v1/handsets/' . self::part($name) . '/enrolled-phone');
    }

    /**
     * Settings of a phone, at the address that came with its password, for 15 minutes, or at that of an enrolled phone
     *
     * @param string $token
     * @param string $file
     * @return string application/xml; charset=utf-8
     */
    public function getProvisioningByTokenByFile(string $token, string $file): string
    {
        return $this->text('GET', '/provisioning/' . self::part($token) . '/' . self::part($file));
    }

    /**
     * A token that opens the phone of this handset in a page of this origin, once within five minutes
     *
     * @param string $name
     * @param array{origin: string} $body
     * @return array{token: string, expires_at: string}
     */
    public function postHandsetPhoneToken(string $name, array $body): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/phone-token', body: $body);
    }

    /**
     * Exchanges the token of an embedded phone for a session, whose token the phone sends as a bearer token
     *
     * @param array{token: string, origin: string} $body
     * @return array{token: string, expires_at: string}
     */
    public function postPhoneSessions(array $body): array
    {
        return $this->json('POST', '/api/v1/phone-sessions', body: $body);
    }

    /**
     * Renews the session of an embedded phone: for ten minutes, altogether for twelve hours
     *
     * @return array{expires_at: string}
     */
    public function postPhoneSessionRenewal(): array
    {
        return $this->json('POST', '/api/v1/phone-session/renewal');
    }

    /**
     * Ends the session of an embedded phone
     *
     * @return void
     */
    public function deletePhoneSession(): void
    {
        $this->done('DELETE', '/api/v1/phone-session');
    }

    /**
     * The company’s lines: branch, default tariff, caller ID, time zone, languages, queue and plan of each
     *
     * @param array{branch?: string} $query
     * @return array{lines: list<Line>}
     */
    public function getLines(array $query = []): array
    {
        return $this->json('GET', '/api/v1/lines', query: $query);
    }

    /**
     * The line of a number, in any form: +420222333444, 00420222333444, 222333444
     *
     * @param string $number
     * @return Line
     */
    public function getLine(string $number): array
    {
        return $this->json('GET', '/api/v1/lines/' . self::part($number));
    }

    /**
     * All handsets with their registered phones and their memberships in queues
     *
     * @return array{handsets: list<Handset>}
     */
    public function getHandsets(): array
    {
        return $this->json('GET', '/api/v1/handsets');
    }

    /**
     * Logs a handset in to all its queues, or to the given ones
     *
     * @param string $name
     * @param array{queues?: list<int>} $body
     * @return Handset
     */
    public function postHandsetLogIn(string $name, array $body): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/log-in', body: $body);
    }

    /**
     * Logs a handset out of all its queues, or of the given ones
     *
     * @param string $name
     * @param array{queues?: list<int>} $body
     * @return Handset
     */
    public function postHandsetLogOut(string $name, array $body): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/log-out', body: $body);
    }

    /**
     * Pauses a handset in all queues that it is logged in to, or in the given ones
     *
     * @param string $name
     * @param array{queues?: list<int>, reason?: ''|string} $body
     * @return Handset
     */
    public function postHandsetPause(string $name, array $body): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/pause', body: $body);
    }

    /**
     * Ends the pause of a handset
     *
     * @param string $name
     * @param array{queues?: list<int>} $body
     * @return Handset
     */
    public function postHandsetUnpause(string $name, array $body): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/unpause', body: $body);
    }

    /**
     * Ends the wrap-up time of a handset after a call: queues ring it again
     *
     * @param string $name
     * @param array<string, mixed> $body
     * @return Handset
     */
    public function postHandsetEndWrapUp(string $name, array $body): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/end-wrap-up', body: $body);
    }

    /**
     * Extends the wrap-up time of a handset by a minute, up to ten minutes after the call
     *
     * @param string $name
     * @param array<string, mixed> $body
     * @return Handset
     */
    public function postHandsetExtendWrapUp(string $name, array $body): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/extend-wrap-up', body: $body);
    }

    /**
     * The memberships of one handset in its queues, with its wrap-up time
     *
     * @param string $name
     * @return array{queues: list<array{queue: int, logged_in: bool, paused: bool, pause_reason: string, state: 'free'|'ringing'|'busy'|'wrap_up'|'unavailable', wrap_up_until: string|null}>}
     */
    public function getHandsetQueues(string $name): array
    {
        return $this->json('GET', '/api/v1/handsets/' . self::part($name) . '/queues');
    }

    /**
     * History of logins, logouts and pauses, newest first
     *
     * @param array{handset?: string, operator?: string, queue?: int, since?: string, limit?: int, cursor?: int} $query
     * @return array{events: list<array{id: int, at: string, handset: string, operator: string|null, queue: int, event: 'logged_in'|'logged_out'|'paused'|'unpaused', reason: string, by: string}>, next: string|null}
     */
    public function getOperatorEvents(array $query = []): array
    {
        return $this->json('GET', '/api/v1/operator-events', query: $query);
    }

    /**
     * Lists all prompts, sorted by id
     *
     * @return array{prompts: list<Prompt>}
     */
    public function getPrompts(): array
    {
        return $this->json('GET', '/api/v1/prompts');
    }

    /**
     * Creates a prompt under an id that was never used
     *
     * @param array{name: string, sound?: string, audio?: array<string, string>} $body
     * @return Prompt
     */
    public function postPrompts(array $body): array
    {
        return $this->json('POST', '/api/v1/prompts', body: $body);
    }

    /**
     * Creates a prompt from a text by text to speech
     *
     * @param array{text: string, voice?: string, name: string} $body
     * @return Prompt
     */
    public function postPromptsFromText(array $body): array
    {
        return $this->json('POST', '/api/v1/prompts/from-text', body: $body);
    }

    /**
     * Returns one prompt and where it is used
     *
     * @param int $id
     * @return Prompt
     */
    public function getPrompt(int $id): array
    {
        return $this->json('GET', '/api/v1/prompts/' . self::part($id));
    }

    /**
     * Changes name and shipped sound; also the audio when `audio` is given
     *
     * @param int $id
     * @param array{name: string, sound?: string, audio?: array<string, string>} $body
     * @return Prompt
     */
    public function putPrompt(int $id, array $body): array
    {
        return $this->json('PUT', '/api/v1/prompts/' . self::part($id), body: $body);
    }

    /**
     * Removes a prompt that no plan uses; a 409 lists the plans in `used_in`
     *
     * @param int $id
     * @return void
     */
    public function deletePrompt(int $id): void
    {
        $this->done('DELETE', '/api/v1/prompts/' . self::part($id));
    }

    /**
     * Sets a prompt's audio in one language (WAV, MP3, Ogg Vorbis, FLAC; 20 MB, 10 minutes)
     *
     * @param int $id
     * @param string $language
     * @param string $content the body, such as the bytes of a file
     * @param string $type its content type, such as multipart/form-data
     * @return Prompt
     */
    public function putPromptAudioByLanguage(int $id, string $language, string $content, string $type): array
    {
        return $this->json('PUT', '/api/v1/prompts/' . self::part($id) . '/audio/' . self::part($language), content: $content, type: $type);
    }

    /**
     * Returns a prompt's audio in one language; supports ranges
     *
     * @param int $id
     * @param string $language
     * @return string audio/wav
     */
    public function getPromptAudioByLanguage(int $id, string $language): string
    {
        return $this->text('GET', '/api/v1/prompts/' . self::part($id) . '/audio/' . self::part($language));
    }

    /**
     * Removes the company's own recording; the shipped one of that language is played again
     *
     * @param int $id
     * @param string $language
     * @return Prompt
     */
    public function deletePromptAudioByLanguage(int $id, string $language): array
    {
        return $this->json('DELETE', '/api/v1/prompts/' . self::part($id) . '/audio/' . self::part($language));
    }

    /**
     * Stores audio under its hash; prompts refer to it as `sha256:…`
     *
     * @param string $content the body, such as the bytes of a file
     * @param string $type its content type, such as multipart/form-data
     * @return array{sha256: string, duration_ms: int, url: string}
     */
    public function postAudio(string $content, string $type): array
    {
        return $this->json('POST', '/api/v1/audio', content: $content, type: $type);
    }

    /**
     * Speaks a text and stores the audio under its hash, to be heard before a prompt uses it
     *
     * @param array{text: string, voice?: string} $body
     * @return array{sha256: string, duration_ms: int, url: string, language: string}
     */
    public function postAudioFromText(array $body): array
    {
        return $this->json('POST', '/api/v1/audio/from-text', body: $body);
    }

    /**
     * Audio for Asterisk by its hash; immutable
     *
     * @param string $file
     * @return string audio/wav
     */
    public function getMediaByFile(string $file): string
    {
        return $this->text('GET', '/media/' . self::part($file));
    }

    /**
     * Lists all music, sorted by name
     *
     * @return array{music: list<Music>}
     */
    public function getMusic(): array
    {
        return $this->json('GET', '/api/v1/music');
    }

    /**
     * Creates music; queues refer to it by name in the company document
     *
     * @param array{title?: string, sound?: string, audio?: list<string>, name: string} $body
     * @return Music
     */
    public function postMusic(array $body): array
    {
        return $this->json('POST', '/api/v1/music', body: $body);
    }

    /**
     * Returns one music and the queues that play it
     *
     * @param string $name
     * @return Music
     */
    public function getMusicByName(string $name): array
    {
        return $this->json('GET', '/api/v1/music/' . self::part($name));
    }

    /**
     * Changes title and shipped music; also the recordings and their order when `audio` is given
     *
     * @param string $name
     * @param array{title?: string, sound?: string, audio?: list<string>} $body
     * @return Music
     */
    public function putMusicByName(string $name, array $body): array
    {
        return $this->json('PUT', '/api/v1/music/' . self::part($name), body: $body);
    }

    /**
     * Removes music that no queue plays; a 409 lists the queues in `used_in`
     *
     * @param string $name
     * @return void
     */
    public function deleteMusicByName(string $name): void
    {
        $this->done('DELETE', '/api/v1/music/' . self::part($name));
    }

    /**
     * Appends a recording (WAV, MP3, Ogg Vorbis, FLAC; 20 MB, 10 minutes)
     *
     * @param string $name
     * @param string $content the body, such as the bytes of a file
     * @param string $type its content type, such as multipart/form-data
     * @return Music
     */
    public function postMusicByNameAudio(string $name, string $content, string $type): array
    {
        return $this->json('POST', '/api/v1/music/' . self::part($name) . '/audio', content: $content, type: $type);
    }

    /**
     * Returns one recording; supports ranges
     *
     * @param string $name
     * @param string $sha256
     * @return string audio/wav
     */
    public function getMusicByNameAudioBySha256(string $name, string $sha256): string
    {
        return $this->text('GET', '/api/v1/music/' . self::part($name) . '/audio/' . self::part($sha256));
    }

    /**
     * Removes one of the company's own recordings; 409 when a queue would have nothing left to play
     *
     * @param string $name
     * @param string $sha256
     * @return Music
     */
    public function deleteMusicByNameAudioBySha256(string $name, string $sha256): array
    {
        return $this->json('DELETE', '/api/v1/music/' . self::part($name) . '/audio/' . self::part($sha256));
    }

    /**
     * The recordings and the music that ship with Cordboard, for `sound` of prompts and music
     *
     * @return array{sounds: list<array{sound: string, audio: list<array{duration_ms: int, url: string, language: string, text: string|null}>}>, music: list<array{duration_ms: int, url: string, sound: string}>}
     */
    public function getShippedSounds(): array
    {
        return $this->json('GET', '/api/v1/shipped-sounds');
    }

    /**
     * The built-in recordings of a language that templates of status announcements can name
     *
     * @param array{language: string} $query
     * @return array{recordings: list<array{name: string, text: string, audio: string|null}>}
     */
    public function getStatusSpeechRecordings(array $query): array
    {
        return $this->json('GET', '/api/v1/status-speech/recordings', query: $query);
    }

    /**
     * Previews the announcement of an order's status, piece by piece
     *
     * @param array{status: 'new'|'accepted'|'driver_finishing_current'|'arrived'|'paid_waiting'|'executing'|'completed_paid'|'client_refused'|'driver_late'|'overdue'|'driver_refused'|'no_driver'|'cancelled_by_driver'|'ordered_by_mistake'|null, language: string, occasion?: 'notification'|'inquiry', template?: string, car_mark?: string, car_model?: string, car_color?: string, car_plate?: string, minutes?: int|float, vars?: array<string, string|int|float>, pieces?: list<string|int|array{say: string, before?: list<string|int>, after?: list<string|int>, case?: 'nominative'|'accusative'}|array{text: string}|array{choose: list<list<string|int|array{say: string, before?: list<string|int>, after?: list<string|int>, case?: 'nominative'|'accusative'}|array{text: string}>>}>} $body
     * @return array{silent: bool, text: string, pieces: list<array{prompt: int|float, text: string, audio: string|null}>, left_out: list<string>}
     */
    public function postStatusSpeechPreview(array $body): array
    {
        return $this->json('POST', '/api/v1/status-speech/preview', body: $body);
    }

    /**
     * Searches calls, newest first; `Accept: text/csv` exports all of them. Numbers are masked without the scope numbers:read
     *
     * @param array{q?: string, line?: string, direction?: 'incoming'|'outgoing', outcome?: 'answered'|'served'|'lost'|'unanswered'|'busy'|'unreachable'|'rejected'|'refused'|'failed', queue?: int, agent?: string, handset?: string, order?: string, waited_over?: int|float, has_recording?: 'true'|'false', has_note?: 'true'|'false', running?: 'true'|'false', from?: string, to?: string, since?: string, limit?: int, cursor?: string} $query
     * @return array{calls: list<Call>, next: string|null}
     */
    public function getCalls(array $query = []): array
    {
        return $this->json('GET', '/api/v1/calls', query: $query);
    }

    /**
     * Click to call: rings the handset, then the number. With an Idempotency-Key, a repeated request within 24 hours starts no second call
     *
     * @param array{handset: string, number: string, line?: string, auto_answer?: bool} $body
     * @param array{'Idempotency-Key'?: string} $headers
     * @return array{call_id: string}
     */
    public function postCalls(array $body, array $headers = []): array
    {
        return $this->json('POST', '/api/v1/calls', body: $body, headers: $headers);
    }

    /**
     * Exports all calls that match, newest first; `limit` is ignored
     *
     * @param array{q?: string, line?: string, direction?: 'incoming'|'outgoing', outcome?: 'answered'|'served'|'lost'|'unanswered'|'busy'|'unreachable'|'rejected'|'refused'|'failed', queue?: int, agent?: string, handset?: string, order?: string, waited_over?: int|float, has_recording?: 'true'|'false', has_note?: 'true'|'false', running?: 'true'|'false', from?: string, to?: string, since?: string, limit?: int, cursor?: string} $query
     * @return string text/csv
     */
    public function getCallsCsv(array $query = []): string
    {
        return $this->text('GET', '/api/v1/calls.csv', query: $query);
    }

    /**
     * One call with its timeline; numbers and digits are masked without the scope numbers:read
     *
     * @param string $id
     * @return CallWithTimeline
     */
    public function getCall(string $id): array
    {
        return $this->json('GET', '/api/v1/calls/' . self::part($id));
    }

    /**
     * Repeats an ended call on the plan as it is now, with the same keys and the recorded responses of the shop. Calls nobody and sends nothing. Needs calls:read and numbers:read
     *
     * @param string $id
     * @return array{recorded: list<array{kind: string, data: array<string, mixed>}>, now: list<array{kind: string, data: array<string, mixed>}>, differs_at: int|null}
     */
    public function postCallReplay(string $id): array
    {
        return $this->json('POST', '/api/v1/calls/' . self::part($id) . '/replay');
    }

    /**
     * The call as input for `cordboard simulate FILE --call`: line, time, keys and responses of the shop. Needs numbers:read
     *
     * @param string $id
     * @return array{format: 1, request: array{line: string, keys: string, at: string, caller: string, stub: list<mixed>}, course: list<array{kind: string, data: array<string, mixed>}>}
     */
    public function getCallFixture(string $id): array
    {
        return $this->json('GET', '/api/v1/calls/' . self::part($id) . '/fixture');
    }

    /**
     * Calls by direction: outcomes, service level, waiting and talk
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return array{from: string, to: string, by: 'hour'|'day'|'weekday'|'weekday_hour', time_zone: string, within_s: int|float, pending: int, rows: list<array{answered: int, served: int, lost: int, unanswered: int, busy: int, unreachable: int, rejected: int, refused: int, failed: int, group: string, calls: int, service_level: int|float|null, waited_average_ms: int|null, waited_p90_ms: int|null, lost_after_average_ms: int|null, lost_after_p90_ms: int|null, talk_ms: int, key: string}>, totals: list<array{answered: int, served: int, lost: int, unanswered: int, busy: int, unreachable: int, rejected: int, refused: int, failed: int, group: string, calls: int, service_level: int|float|null, waited_average_ms: int|null, waited_p90_ms: int|null, lost_after_average_ms: int|null, lost_after_p90_ms: int|null, talk_ms: int, key: string}>}
     */
    public function getReportsCalls(array $query = []): array
    {
        return $this->json('GET', '/api/v1/reports/calls', query: $query);
    }

    /**
     * Calls by direction: outcomes, service level, waiting and talk, as CSV
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return string text/csv
     */
    public function getReportsCallsCsv(array $query = []): string
    {
        return $this->text('GET', '/api/v1/reports/calls.csv', query: $query);
    }

    /**
     * Calls by their last queue
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return array{from: string, to: string, by: 'hour'|'day'|'weekday'|'weekday_hour', time_zone: string, within_s: int|float, pending: int, rows: list<array{answered: int, served: int, lost: int, unanswered: int, busy: int, unreachable: int, rejected: int, refused: int, failed: int, group: string, calls: int, service_level: int|float|null, waited_average_ms: int|null, waited_p90_ms: int|null, lost_after_average_ms: int|null, lost_after_p90_ms: int|null, talk_ms: int, key: string}>, totals: list<array{answered: int, served: int, lost: int, unanswered: int, busy: int, unreachable: int, rejected: int, refused: int, failed: int, group: string, calls: int, service_level: int|float|null, waited_average_ms: int|null, waited_p90_ms: int|null, lost_after_average_ms: int|null, lost_after_p90_ms: int|null, talk_ms: int, key: string}>}
     */
    public function getReportsQueues(array $query = []): array
    {
        return $this->json('GET', '/api/v1/reports/queues', query: $query);
    }

    /**
     * Calls by their last queue, as CSV
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return string text/csv
     */
    public function getReportsQueuesCsv(array $query = []): string
    {
        return $this->text('GET', '/api/v1/reports/queues.csv', query: $query);
    }

    /**
     * Calls by line
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return array{from: string, to: string, by: 'hour'|'day'|'weekday'|'weekday_hour', time_zone: string, within_s: int|float, pending: int, rows: list<array{answered: int, served: int, lost: int, unanswered: int, busy: int, unreachable: int, rejected: int, refused: int, failed: int, group: string, calls: int, service_level: int|float|null, waited_average_ms: int|null, waited_p90_ms: int|null, lost_after_average_ms: int|null, lost_after_p90_ms: int|null, talk_ms: int, key: string}>, totals: list<array{answered: int, served: int, lost: int, unanswered: int, busy: int, unreachable: int, rejected: int, refused: int, failed: int, group: string, calls: int, service_level: int|float|null, waited_average_ms: int|null, waited_p90_ms: int|null, lost_after_average_ms: int|null, lost_after_p90_ms: int|null, talk_ms: int, key: string}>}
     */
    public function getReportsLines(array $query = []): array
    {
        return $this->json('GET', '/api/v1/reports/lines', query: $query);
    }

    /**
     * Calls by line, as CSV
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return string text/csv
     */
    public function getReportsLinesCsv(array $query = []): string
    {
        return $this->text('GET', '/api/v1/reports/lines.csv', query: $query);
    }

    /**
     * Talks, wrap-up and pauses of each handset
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return array{from: string, to: string, by: 'hour'|'day'|'weekday'|'weekday_hour', time_zone: string, within_s: int|float, pending: int, rows: list<array{group: string, key: string, answered: int, unanswered: int, talk_ms: int, talk_average_ms: int|null, waited_average_ms: int|null, wrap_up_ms: int, pause_ms: int}>, totals: list<array{group: string, key: string, answered: int, unanswered: int, talk_ms: int, talk_average_ms: int|null, waited_average_ms: int|null, wrap_up_ms: int, pause_ms: int}>}
     */
    public function getReportsAgents(array $query = []): array
    {
        return $this->json('GET', '/api/v1/reports/agents', query: $query);
    }

    /**
     * Talks, wrap-up and pauses of each handset, as CSV
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return string text/csv
     */
    public function getReportsAgentsCsv(array $query = []): string
    {
        return $this->text('GET', '/api/v1/reports/agents.csv', query: $query);
    }

    /**
     * Keys chosen in menus, and where callers hang up
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return array{from: string, to: string, by: 'hour'|'day'|'weekday'|'weekday_hour', time_zone: string, within_s: int|float, pending: int, rows: list<array{group: string, key: string, entered: int, keys: array<string, int>, timeouts: int, gave_up: int, name: string|null}>, totals: list<array{group: string, key: string, entered: int, keys: array<string, int>, timeouts: int, gave_up: int, name: string|null}>}
     */
    public function getReportsMenus(array $query = []): array
    {
        return $this->json('GET', '/api/v1/reports/menus', query: $query);
    }

    /**
     * Keys chosen in menus, and where callers hang up, as CSV
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return string text/csv
     */
    public function getReportsMenusCsv(array $query = []): string
    {
        return $this->text('GET', '/api/v1/reports/menus.csv', query: $query);
    }

    /**
     * Finished notifications by the status of the order
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return array{from: string, to: string, by: 'hour'|'day'|'weekday'|'weekday_hour', time_zone: string, within_s: int|float, pending: int, rows: list<array{group: string, key: string, finished: int, attempts: int, results: array<string, int>}>, totals: list<array{group: string, key: string, finished: int, attempts: int, results: array<string, int>}>}
     */
    public function getReportsNotifications(array $query = []): array
    {
        return $this->json('GET', '/api/v1/reports/notifications', query: $query);
    }

    /**
     * Finished notifications by the status of the order, as CSV
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return string text/csv
     */
    public function getReportsNotificationsCsv(array $query = []): string
    {
        return $this->text('GET', '/api/v1/reports/notifications.csv', query: $query);
    }

    /**
     * Requests to the shop’s application: errors and latency
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return array{from: string, to: string, by: 'hour'|'day'|'weekday'|'weekday_hour', time_zone: string, within_s: int|float, pending: int, rows: list<array{group: string, key: string, requests: int, answered: int, errors: int, no_answer: int, latency_average_ms: int|null, latency_p90_ms: int|null}>, totals: list<array{group: string, key: string, requests: int, answered: int, errors: int, no_answer: int, latency_average_ms: int|null, latency_p90_ms: int|null}>}
     */
    public function getReportsShop(array $query = []): array
    {
        return $this->json('GET', '/api/v1/reports/shop', query: $query);
    }

    /**
     * Requests to the shop’s application: errors and latency, as CSV
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return string text/csv
     */
    public function getReportsShopCsv(array $query = []): string
    {
        return $this->text('GET', '/api/v1/reports/shop.csv', query: $query);
    }

    /**
     * How well handsets, trunks and lines were heard: loss, jitter, round trip and poor legs
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return array{from: string, to: string, by: 'hour'|'day'|'weekday'|'weekday_hour', time_zone: string, within_s: int|float, pending: int, rows: list<array{group: string, key: string, legs: int, good: int, fair: int, poor: int, poor_share: int|float|null, mos_average: int|float|null, lost_share: int|float|null, jitter_average_ms: int|null, round_trip_average_ms: int|null}>, totals: list<array{group: string, key: string, legs: int, good: int, fair: int, poor: int, poor_share: int|float|null, mos_average: int|float|null, lost_share: int|float|null, jitter_average_ms: int|null, round_trip_average_ms: int|null}>}
     */
    public function getReportsQuality(array $query = []): array
    {
        return $this->json('GET', '/api/v1/reports/quality', query: $query);
    }

    /**
     * How well handsets, trunks and lines were heard: loss, jitter, round trip and poor legs, as CSV
     *
     * @param array{from?: string, to?: string, by?: 'hour'|'day'|'weekday'|'weekday_hour', key?: string, within?: int|float} $query
     * @return string text/csv
     */
    public function getReportsQualityCsv(array $query = []): string
    {
        return $this->text('GET', '/api/v1/reports/quality.csv', query: $query);
    }

    /**
     * Lists recordings, newest first
     *
     * @param array{call?: string, queue?: int, line?: string, kind?: 'talk'|'message', since?: string, until?: string, limit?: int, cursor?: string} $query
     * @return array{recordings: list<Recording>, next: string|null}
     */
    public function getRecordings(array $query = []): array
    {
        return $this->json('GET', '/api/v1/recordings', query: $query);
    }

    /**
     * Returns one recording
     *
     * @param string $id
     * @return Recording
     */
    public function getRecording(string $id): array
    {
        return $this->json('GET', '/api/v1/recordings/' . self::part($id));
    }

    /**
     * Deletes a recording permanently; the timeline of its call names the user
     *
     * @param string $id
     * @return void
     */
    public function deleteRecording(string $id): void
    {
        $this->done('DELETE', '/api/v1/recordings/' . self::part($id));
    }

    /**
     * Returns the audio of a recording; supports ranges. With `download=1` browsers save it as a file
     *
     * @param string $id
     * @param array{download?: '1'} $query
     * @return string audio/wav
     */
    public function getRecordingAudio(string $id, array $query = []): string
    {
        return $this->text('GET', '/api/v1/recordings/' . self::part($id) . '/audio', query: $query);
    }

    /**
     * Messages of callers, newest first; default: those that nobody has marked as done
     *
     * @param array{state?: 'open'|'done'|'all', line?: string, limit?: int, cursor?: string} $query
     * @return array{messages: list<Message>, next: string|null}
     */
    public function getMessages(array $query = []): array
    {
        return $this->json('GET', '/api/v1/messages', query: $query);
    }

    /**
     * How many messages are not done, and how many of these nobody has heard
     *
     * @return array{open: int, unheard: int}
     */
    public function getMessagesCount(): array
    {
        return $this->json('GET', '/api/v1/messages/count');
    }

    /**
     * Returns the audio of a message; supports ranges. A token needs the scope recordings:read as well
     *
     * @param string $id
     * @return string audio/wav
     */
    public function getMessageAudio(string $id): string
    {
        return $this->text('GET', '/api/v1/messages/' . self::part($id) . '/audio');
    }

    /**
     * Marks a message as done. A token needs the scope calls:control as well
     *
     * @param string $id
     * @return void
     */
    public function postMessageDone(string $id): void
    {
        $this->done('POST', '/api/v1/messages/' . self::part($id) . '/done');
    }

    /**
     * Opens a message again that was marked as done. A token needs the scope calls:control as well
     *
     * @param string $id
     * @return void
     */
    public function deleteMessageDone(string $id): void
    {
        $this->done('DELETE', '/api/v1/messages/' . self::part($id) . '/done');
    }

    /**
     * Calls the number and plays a prompt, or runs a part. Idempotency-Key as for click to call
     *
     * @param array{number: string, line?: string, prompt?: int, part?: string} $body
     * @param array{'Idempotency-Key'?: string} $headers
     * @return array{call_id: string}
     */
    public function postCallsAnnounce(array $body, array $headers = []): array
    {
        return $this->json('POST', '/api/v1/calls/announce', body: $body, headers: $headers);
    }

    /**
     * Interrupts the call in any state, plays the prompt and hangs up; its result is REJECTED. Repeating it is harmless
     *
     * @param string $id
     * @param array{prompt?: int} $body
     * @return void
     */
    public function postCallInterrupt(string $id, array $body): void
    {
        $this->done('POST', '/api/v1/calls/' . self::part($id) . '/interrupt', body: $body);
    }

    /**
     * Hangs up; does nothing for a call that is over
     *
     * @param string $id
     * @return void
     */
    public function postCallHangup(string $id): void
    {
        $this->done('POST', '/api/v1/calls/' . self::part($id) . '/hangup');
    }

    /**
     * Transfers the caller to a queue, a handset, a number or one of your lines, in any state of the call. For a click-to-call, transfers the called number
     *
     * @param string $id
     * @param array{queue?: int, handset?: string, number?: string, line?: string} $body
     * @return void
     */
    public function postCallTransfer(string $id, array $body): void
    {
        $this->done('POST', '/api/v1/calls/' . self::part($id) . '/transfer', body: $body);
    }

    /**
     * Plays a prompt into the call, to one side or to both
     *
     * @param string $id
     * @param array{prompt: int, side?: 'caller'|'callee'|'both'} $body
     * @return void
     */
    public function postCallPlay(string $id, array $body): void
    {
        $this->done('POST', '/api/v1/calls/' . self::part($id) . '/play', body: $body);
    }

    /**
     * Rings the supervisor's handset, which then listens, whispers or takes part until the call ends. For a handset that takes part already, changes the mode
     *
     * @param string $id
     * @param array{handset: string, mode?: 'listen'|'whisper'|'barge'} $body
     * @return void
     */
    public function postCallListen(string $id, array $body): void
    {
        $this->done('POST', '/api/v1/calls/' . self::part($id) . '/listen', body: $body);
    }

    /**
     * Moves a caller who waits in a queue to a position. Repeating it is harmless
     *
     * @param string $id
     * @param array{position: int} $body
     * @return void
     */
    public function postCallMove(string $id, array $body): void
    {
        $this->done('POST', '/api/v1/calls/' . self::part($id) . '/move', body: $body);
    }

    /**
     * Transfers the call in which your own handset talks to a queue, a handset, a number or a line. To the own handset: rings it again
     *
     * @param string $name
     * @param array{queue?: int, handset?: string, number?: string, line?: string, call_id?: string, ask_first?: bool} $body
     * @return array{call_id: string}
     */
    public function postHandsetTransfer(string $name, array $body): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/transfer', body: $body);
    }

    /**
     * The next step of a transfer in which your own handset asks the target first
     *
     * @param string $name
     * @param string $step
     * @param array{call_id?: string} $body
     * @return array{call_id: string}
     */
    public function postHandsetTransferByStep(string $name, string $step, array $body): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/transfer/' . self::part($step), body: $body);
    }

    /**
     * Parks the caller with whom your own handset talks in a numbered place. The place is in the live state
     *
     * @param string $name
     * @param array{call_id?: string} $body
     * @return array{call_id: string}
     */
    public function postHandsetPark(string $name, array $body): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/park', body: $body);
    }

    /**
     * Rings your own handset, which then talks with a parked caller
     *
     * @param string $name
     * @param array{call_id: string} $body
     * @return array{call_id: string}
     */
    public function postHandsetPickUp(string $name, array $body): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/pick-up', body: $body);
    }

    /**
     * The note about a call, and whether you may write it. Digits of the notes of others are masked without numbers:read
     *
     * @param string $id
     * @return array{note: CallNote|null, may_write: bool}
     */
    public function getCallNote(string $id): array
    {
        return $this->json('GET', '/api/v1/calls/' . self::part($id) . '/note');
    }

    /**
     * Writes the note about a call of your own handset, during the talk or after it. Other calls need calls:control
     *
     * @param string $id
     * @param array{text: string, replaces?: string|null} $body
     * @return array{note: CallNote|null, may_write: bool}
     */
    public function putCallNote(string $id, array $body): array
    {
        return $this->json('PUT', '/api/v1/calls/' . self::part($id) . '/note', body: $body);
    }

    /**
     * The outside party of a call: name and open orders from the shop, the last calls and notes. Also while the call is running
     *
     * @param string $id
     * @return array{name: string|null, url: string|null, orders: list<array{id: string, status: string|null, total: string|null, url: string|null}>, calls: list<array{id: string, started_at: string, direction: 'incoming'|'outgoing', line: string, queue: int|null, outcome: 'answered'|'served'|'lost'|'unanswered'|'busy'|'unreachable'|'rejected'|'refused'|'failed'|null, talk_ms: int|null, agent: array{handset?: string, number?: string, party?: 'client'|'driver'}|null}>, notes: list<array{text: string, by: string, at: string, call_id: string}>}
     */
    public function getCallCustomer(string $id): array
    {
        return $this->json('GET', '/api/v1/calls/' . self::part($id) . '/customer');
    }

    /**
     * Rings your own handset, then a number or the outside party of an earlier call. With an Idempotency-Key, a repeated request within 24 hours starts no second call
     *
     * @param string $name
     * @param array{number?: string, call_id?: string, line?: string} $body
     * @param array{'Idempotency-Key'?: string} $headers
     * @return array{call_id: string}
     */
    public function postHandsetCall(string $name, array $body, array $headers = []): array
    {
        return $this->json('POST', '/api/v1/handsets/' . self::part($name) . '/call', body: $body, headers: $headers);
    }

    /**
     * The last numbers that your own handset called, talked with or missed, newest first
     *
     * @param string $name
     * @param array{limit?: int} $query
     * @return array{calls: list<array{call_id: string, number: string, name: string|null, direction: 'incoming'|'outgoing', started_at: string, outcome: 'answered'|'served'|'lost'|'unanswered'|'busy'|'unreachable'|'rejected'|'refused'|'failed'|null, result: 'talked'|'missed'|'elsewhere'|'unanswered'}>}
     */
    public function getHandsetCalls(string $name, array $query = []): array
    {
        return $this->json('GET', '/api/v1/handsets/' . self::part($name) . '/calls', query: $query);
    }

    /**
     * Whether numbers may be called, by the rules of the dial policy; limits of the day do not count
     *
     * @param array{numbers: list<string>} $body
     * @return array{checks: list<array{number: string, allowed: bool, why: string|null}>}
     */
    public function postDialChecks(array $body): array
    {
        return $this->json('POST', '/api/v1/dial-checks', body: $body);
    }

    /**
     * Calls that were refused before a plan began, newest first; numbers are masked without numbers:read
     *
     * @param array{reason?: 'unknown_line'|'line_full'|'too_many'|'not_durable'|'unknown_arguments', before?: int, limit?: int} $query
     * @return array{calls: list<array{id: int, at: string, last_at: string, times: int, reason: 'unknown_line'|'line_full'|'too_many'|'not_durable'|'unknown_arguments', dialled: string, number: string|null, caller: string, endpoint: string}>, next: int|float|null}
     */
    public function getRefusedCalls(array $query = []): array
    {
        return $this->json('GET', '/api/v1/refused-calls', query: $query);
    }

    /**
     * Numbers whose incoming calls were missed, the last missed first
     *
     * @param array{state?: 'open'|'closed'|'all', from?: string, limit?: int, cursor?: string} $query
     * @return array{missed: list<array{number: string, state: 'open'|'closed', times: int, waited_longest_ms: int, waited_total_ms: int, first_at: string, last_at: string, last_call_id: string, lines: list<string>, queues: list<int>, orders: list<array{id: string, status: string|null}>, closed: array{how: 'answered'|'done', at: string, call_id: string|null, by: string|null, note: string|null}|null}>, next: string|null}
     */
    public function getMissedCalls(array $query = []): array
    {
        return $this->json('GET', '/api/v1/missed-calls', query: $query);
    }

    /**
     * How many numbers are to be called back: those that the list of the last 14 days has
     *
     * @return array{open: int}
     */
    public function getMissedCallsCount(): array
    {
        return $this->json('GET', '/api/v1/missed-calls/count');
    }

    /**
     * Marks a missed number as done until its next missed call. A token needs the scope calls:control as well
     *
     * @param string $number
     * @param array{note?: string} $body
     * @return void
     */
    public function postMissedCallDone(string $number, array $body): void
    {
        $this->done('POST', '/api/v1/missed-calls/' . self::part($number) . '/done', body: $body);
    }

    /**
     * Opens a number again that was marked as done. A token needs the scope calls:control as well
     *
     * @param string $number
     * @return void
     */
    public function deleteMissedCallDone(string $number): void
    {
        $this->done('DELETE', '/api/v1/missed-calls/' . self::part($number) . '/done');
    }

    /**
     * Rings your own handset, then the missed number. With an Idempotency-Key, a repeated request within 24 hours starts no second call
     *
     * @param string $number
     * @param array{handset?: string, line?: string} $body
     * @param array{'Idempotency-Key'?: string} $headers
     * @return array{call_id: string}
     */
    public function postMissedCallCallBack(string $number, array $body, array $headers = []): array
    {
        return $this->json('POST', '/api/v1/missed-calls/' . self::part($number) . '/call-back', body: $body, headers: $headers);
    }

    /**
     * Connects two parties that do not see each other’s number: A is called, then B. A running bridge of the same order and pair is returned instead. With an Idempotency-Key, a repeated request within 24 hours starts no second bridge
     *
     * @param array{order_id: string, initiator: 'client'|'driver', a: array{phone: string, role: 'client'|'driver'}, b: array{phone: string, role: 'client'|'driver'}, line?: string, ring_timeout_a_s?: int, ring_timeout_b_s?: int, max_duration_s?: int, wait_audio?: 'ringback'|'silence', confirm_digit?: string, record?: bool|array{announce?: int}, callback_url?: string, metadata?: array<string, string|int|float|bool>} $body
     * @param array{'Idempotency-Key'?: string} $headers
     * @return array{bridge_id: string, order_id: string, state: 'queued'|'dialing_a'|'a_answered'|'dialing_b'|'bridged'|'ended'|'failed', failed: array{leg: 'a'|'b', reason: 'busy'|'no_answer'|'rejected'|'unreachable'|'canceled', detail: 'unknown_outcome'|'refused'|'provider_refused'|'no_such_number'|'asterisk_restart'|'not_confirmed'|null}|null, ended_by: 'a'|'b'|'limit'|'canceled'|'asterisk'|'fault'|null, line: string, created_at: string, bridged_at: string|null, ended_at: string|null, metadata: array<string, string|int|float|bool>, a: array{phone?: string, role: 'client'|'driver'}, b: array{phone?: string, role: 'client'|'driver'}}
     */
    public function postBridges(array $body, array $headers = []): array
    {
        return $this->json('POST', '/api/v1/bridges', body: $body, headers: $headers);
    }

    /**
     * Bridges, newest first
     *
     * @param array{order_id?: string, running?: 'true'|'false', numbers?: 'true'|'false', limit?: int, cursor?: string} $query
     * @return array{bridges: list<array{bridge_id: string, order_id: string, state: 'queued'|'dialing_a'|'a_answered'|'dialing_b'|'bridged'|'ended'|'failed', failed: array{leg: 'a'|'b', reason: 'busy'|'no_answer'|'rejected'|'unreachable'|'canceled', detail: 'unknown_outcome'|'refused'|'provider_refused'|'no_such_number'|'asterisk_restart'|'not_confirmed'|null}|null, ended_by: 'a'|'b'|'limit'|'canceled'|'asterisk'|'fault'|null, line: string, created_at: string, bridged_at: string|null, ended_at: string|null, metadata: array<string, string|int|float|bool>, a: array{phone?: string, role: 'client'|'driver'}, b: array{phone?: string, role: 'client'|'driver'}}>, next: string|null}
     */
    public function getBridges(array $query = []): array
    {
        return $this->json('GET', '/api/v1/bridges', query: $query);
    }

    /**
     * The status of a bridge
     *
     * @param string $id
     * @param array{numbers?: 'true'|'false'} $query
     * @return array{bridge_id: string, order_id: string, state: 'queued'|'dialing_a'|'a_answered'|'dialing_b'|'bridged'|'ended'|'failed', failed: array{leg: 'a'|'b', reason: 'busy'|'no_answer'|'rejected'|'unreachable'|'canceled', detail: 'unknown_outcome'|'refused'|'provider_refused'|'no_such_number'|'asterisk_restart'|'not_confirmed'|null}|null, ended_by: 'a'|'b'|'limit'|'canceled'|'asterisk'|'fault'|null, line: string, created_at: string, bridged_at: string|null, ended_at: string|null, metadata: array<string, string|int|float|bool>, a: array{phone?: string, role: 'client'|'driver'}, b: array{phone?: string, role: 'client'|'driver'}}
     */
    public function getBridge(string $id, array $query = []): array
    {
        return $this->json('GET', '/api/v1/bridges/' . self::part($id), query: $query);
    }

    /**
     * Hangs up both parties; does nothing for an ended bridge
     *
     * @param string $id
     * @return array{bridge_id: string, order_id: string, state: 'queued'|'dialing_a'|'a_answered'|'dialing_b'|'bridged'|'ended'|'failed', failed: array{leg: 'a'|'b', reason: 'busy'|'no_answer'|'rejected'|'unreachable'|'canceled', detail: 'unknown_outcome'|'refused'|'provider_refused'|'no_such_number'|'asterisk_restart'|'not_confirmed'|null}|null, ended_by: 'a'|'b'|'limit'|'canceled'|'asterisk'|'fault'|null, line: string, created_at: string, bridged_at: string|null, ended_at: string|null, metadata: array<string, string|int|float|bool>, a: array{phone?: string, role: 'client'|'driver'}, b: array{phone?: string, role: 'client'|'driver'}}
     */
    public function deleteBridge(string $id): array
    {
        return $this->json('DELETE', '/api/v1/bridges/' . self::part($id));
    }

    /**
     * Calls a number and speaks the status of an order. A repeated external_id is the same notification; waiting notifications of the order are replaced
     *
     * @param array{external_id: string, order_id: string, status: string, to: string, line?: string, details?: array{car_mark?: string, car_model?: string, car_color?: string, car_plate?: string, minutes?: int}, template?: string, vars?: array<string, string|int|float>, prompts?: list<int>, options?: list<array{digit: string, action: 'connect_driver'|'connect_operator'|'cancel_order'|'repeat'|'webhook'}>, input?: array{timeout_ms?: int, tries?: int}, retry?: array{max_attempts?: int, interval_s?: int, backoff?: int|float, on?: list<'busy'|'no_answer'|'failed'|'unknown'>}, window?: array{from: string, to: string, tz: string, policy?: 'defer'|'drop'}, expires_at?: string, supersede?: bool, callback_url?: string, batch?: string} $body
     * @param array{'Idempotency-Key'?: string} $headers
     * @return array{notification_id: string, external_id: string, order_id: string, status: string, batch: string|null, state: 'waiting'|'calling'|'done', result: 'delivered'|'busy'|'no_answer'|'failed'|'expired'|'superseded'|'window_missed'|'refused'|'canceled'|null, attempts: list<array{number: int, call_id: string, started_at: string, ended_at: string|null, outcome: 'heard'|'heard_by_machine'|'cut_short'|'machine'|'busy'|'no_answer'|'rejected'|'unreachable'|'no_such_number'|'refused'|'limited'|'unknown'|'failed'|null}>, next_attempt_at: string|null, answered_at: string|null, duration: int|null, digit: string|null, action: 'connect_driver'|'connect_operator'|'cancel_order'|'repeat'|'webhook'|null, created_at: string, expires_at: string, finished_at: string|null, known_status: 'new'|'accepted'|'driver_finishing_current'|'arrived'|'paid_waiting'|'executing'|'completed_paid'|'client_refused'|'driver_late'|'overdue'|'driver_refused'|'no_driver'|'cancelled_by_driver'|'ordered_by_mistake'|null, line: string, to?: string}
     */
    public function postNotifications(array $body, array $headers = []): array
    {
        return $this->json('POST', '/api/v1/notifications', body: $body, headers: $headers);
    }

    /**
     * Lists notifications, newest first
     *
     * @param array{order_id?: string, external_id?: string, batch?: string, state?: 'waiting'|'calling'|'done', result?: 'delivered'|'busy'|'no_answer'|'failed'|'expired'|'superseded'|'window_missed'|'refused'|'canceled', numbers?: 'true'|'false', limit?: int, cursor?: string} $query
     * @return array{notifications: list<array{notification_id: string, external_id: string, order_id: string, status: string, batch: string|null, state: 'waiting'|'calling'|'done', result: 'delivered'|'busy'|'no_answer'|'failed'|'expired'|'superseded'|'window_missed'|'refused'|'canceled'|null, attempts: list<array{number: int, call_id: string, started_at: string, ended_at: string|null, outcome: 'heard'|'heard_by_machine'|'cut_short'|'machine'|'busy'|'no_answer'|'rejected'|'unreachable'|'no_such_number'|'refused'|'limited'|'unknown'|'failed'|null}>, next_attempt_at: string|null, answered_at: string|null, duration: int|null, digit: string|null, action: 'connect_driver'|'connect_operator'|'cancel_order'|'repeat'|'webhook'|null, created_at: string, expires_at: string, finished_at: string|null, known_status: 'new'|'accepted'|'driver_finishing_current'|'arrived'|'paid_waiting'|'executing'|'completed_paid'|'client_refused'|'driver_late'|'overdue'|'driver_refused'|'no_driver'|'cancelled_by_driver'|'ordered_by_mistake'|null, line: string, to?: string}>, next: string|null}
     */
    public function getNotifications(array $query = []): array
    {
        return $this->json('GET', '/api/v1/notifications', query: $query);
    }

    /**
     * Creates many notifications independently: a rejected one does not affect the others
     *
     * @param array{batch: string, notifications: list<array{external_id: string, order_id: string, status: string, to: string, line?: string, details?: array{car_mark?: string, car_model?: string, car_color?: string, car_plate?: string, minutes?: int}, template?: string, vars?: array<string, string|int|float>, prompts?: list<int>, options?: list<array{digit: string, action: 'connect_driver'|'connect_operator'|'cancel_order'|'repeat'|'webhook'}>, input?: array{timeout_ms?: int, tries?: int}, retry?: array{max_attempts?: int, interval_s?: int, backoff?: int|float, on?: list<'busy'|'no_answer'|'failed'|'unknown'>}, window?: array{from: string, to: string, tz: string, policy?: 'defer'|'drop'}, expires_at?: string, supersede?: bool, callback_url?: string}>} $body
     * @return array{notifications: list<array{external_id: string, notification_id: string|null, error: array{status: int, field: string|null, detail: string}|null}>}
     */
    public function postNotificationsBatches(array $body): array
    {
        return $this->json('POST', '/api/v1/notifications/batches', body: $body);
    }

    /**
     * Returns the progress of a batch
     *
     * @param string $id
     * @return array{batch: string, total: int, states: array<string, int>, results: array<string, int>}
     */
    public function getNotificationsBatch(string $id): array
    {
        return $this->json('GET', '/api/v1/notifications/batches/' . self::part($id));
    }

    /**
     * Returns the status of a notification
     *
     * @param string $id
     * @param array{numbers?: 'true'|'false'} $query
     * @return array{notification_id: string, external_id: string, order_id: string, status: string, batch: string|null, state: 'waiting'|'calling'|'done', result: 'delivered'|'busy'|'no_answer'|'failed'|'expired'|'superseded'|'window_missed'|'refused'|'canceled'|null, attempts: list<array{number: int, call_id: string, started_at: string, ended_at: string|null, outcome: 'heard'|'heard_by_machine'|'cut_short'|'machine'|'busy'|'no_answer'|'rejected'|'unreachable'|'no_such_number'|'refused'|'limited'|'unknown'|'failed'|null}>, next_attempt_at: string|null, answered_at: string|null, duration: int|null, digit: string|null, action: 'connect_driver'|'connect_operator'|'cancel_order'|'repeat'|'webhook'|null, created_at: string, expires_at: string, finished_at: string|null, known_status: 'new'|'accepted'|'driver_finishing_current'|'arrived'|'paid_waiting'|'executing'|'completed_paid'|'client_refused'|'driver_late'|'overdue'|'driver_refused'|'no_driver'|'cancelled_by_driver'|'ordered_by_mistake'|null, line: string, to?: string}
     */
    public function getNotification(string $id, array $query = []): array
    {
        return $this->json('GET', '/api/v1/notifications/' . self::part($id), query: $query);
    }

    /**
     * Cancels further calls; a call in progress continues to its end, a finished notification stays as it is
     *
     * @param string $id
     * @return void
     */
    public function deleteNotification(string $id): void
    {
        $this->done('DELETE', '/api/v1/notifications/' . self::part($id));
    }

    /**
     * Counts the notifications that were due when the data folder was restored or copied, and are not called by themselves
     *
     * @return array{count: int}
     */
    public function getHeldNotifications(): array
    {
        return $this->json('GET', '/api/v1/held-notifications');
    }

    /**
     * Calls them, or cancels them all
     *
     * @param array{action: 'call'|'cancel'} $body
     * @return array{count: int}
     */
    public function postHeldNotifications(array $body): array
    {
        return $this->json('POST', '/api/v1/held-notifications', body: $body);
    }

    /**
     * Lists the numbers that notifications never call, without those in the company document
     *
     * @param array{limit?: int, after?: string} $query
     * @return array{numbers: list<array{number: string, reason: string, by: string, at: string}>, next: string|null}
     */
    public function getDoNotCall(array $query = []): array
    {
        return $this->json('GET', '/api/v1/do-not-call', query: $query);
    }

    /**
     * Adds a number that notifications must not call; waiting notifications to it are not called either
     *
     * @param array{number: string, reason?: string} $body
     * @return void
     */
    public function postDoNotCall(array $body): void
    {
        $this->done('POST', '/api/v1/do-not-call', body: $body);
    }

    /**
     * Removes a number, so that notifications may call it again
     *
     * @param string $number
     * @return void
     */
    public function deleteDoNotCallByNumber(string $number): void
    {
        $this->done('DELETE', '/api/v1/do-not-call/' . self::part($number));
    }

    /**
     * Deliveries to webhooks, newest first; numbers are masked without the scope numbers:read
     *
     * @param array{call?: string, webhook?: string, state?: 'waiting'|'delivered'|'dropped'|'dead', limit?: int, cursor?: int} $query
     * @return array{deliveries: list<Delivery>, next: string|null}
     */
    public function getWebhooksDeliveries(array $query = []): array
    {
        return $this->json('GET', '/api/v1/webhooks/deliveries', query: $query);
    }

    /**
     * One delivery with every attempt
     *
     * @param int $id
     * @return DeliveryWithAttempts
     */
    public function getWebhooksDelivery(int $id): array
    {
        return $this->json('GET', '/api/v1/webhooks/deliveries/' . self::part($id));
    }

    /**
     * Sends a delivery again, in any state, with the same event id
     *
     * @param int $id
     * @return DeliveryWithAttempts
     */
    public function postWebhooksDeliveryRedeliver(int $id): array
    {
        return $this->json('POST', '/api/v1/webhooks/deliveries/' . self::part($id) . '/redeliver');
    }

    /**
     * Sends every dead delivery of one webhook again, in order within a call
     *
     * @param array{webhook: string} $body
     * @return array{redelivered: int}
     */
    public function postWebhooksDeliveriesRedeliverDead(array $body): array
    {
        return $this->json('POST', '/api/v1/webhooks/deliveries/redeliver-dead', body: $body);
    }

    /**
     * The receivers of events, and how deliveries to them go
     *
     * @return array{receivers: list<array{name: string, url: string, events: list<string>|null, state: 'unused'|'working'|'unsteady'|'failing', failing_since: string|null, waiting: int, dead: int, delivered_at: string|null, last_failure: array{status: int|null, failed: string|null, reason: 'connect'|'connect_timeout'|'timeout'|'reset'|'too_large'|'redirect'|'invalid_url'|'closed'|'other'|null, at: string}|null}>}
     */
    public function getWebhooks(): array
    {
        return $this->json('GET', '/api/v1/webhooks');
    }

    /**
     * Sends an event `test` to a receiver, once and at once, signed like all others; it is not stored
     *
     * @param string $name
     * @return array{latency_ms: int, status: int|null, failed: string|null, reason: 'connect'|'connect_timeout'|'timeout'|'reset'|'too_large'|'redirect'|'invalid_url'|'closed'|'other'|null, answer: string, sent: string}
     */
    public function postWebhookTest(string $name): array
    {
        return $this->json('POST', '/api/v1/webhooks/' . self::part($name) . '/test');
    }

    /**
     * The values that a shop’s settings ask for, and where the call plans hand over to it
     *
     * @return array{api_url: string, numbers: list<string>, users: list<array{login: string, name: string}>, handsets: list<string>, prompts: list<array{id: int, name: string}>, reject_prompt: int|null, webhooks: list<array{name: string, url: string}>, hand_overs: list<array{where: string, url: string, profile: string}>}
     */
    public function getShopSettings(): array
    {
        return $this->json('GET', '/api/v1/shop-settings');
    }

    /**
     * Sends a shop the first requests of a hand-over, without a call, and shows its responses
     *
     * @param array{url: string, profile?: string, digits?: string} $body
     * @return array{exchanges: list<array{request: array{content_type: string, body: string}, latency_ms: int, status: int|null, failed: string|null, reason: 'connect'|'connect_timeout'|'timeout'|'reset'|'too_large'|'redirect'|'invalid_url'|'closed'|null, answer: string, directive: array{type: 'answer'|'play'|'menu'|'transfer'|'hang_up'|'return'|'unknown'|'bad', prompt: int|null, queue: string|null, timeout_ms: int|float|null, max: int|null, detail: string|null}|null}>}
     */
    public function postHandOverTest(array $body): array
    {
        return $this->json('POST', '/api/v1/hand-over-test', body: $body);
    }

    /**
     * Exports all data of a number: calls with timelines, webhooks, orders, notifications, recordings
     *
     * @param array{number: string} $body
     * @return array<string, mixed>
     */
    public function postPeopleExport(array $body): array
    {
        return $this->json('POST', '/api/v1/people/export', body: $body);
    }

    /**
     * Counts what is stored about a number: what an export has, and an erasure erases
     *
     * @param array{number: string} $body
     * @return array{number: string, counts: array{calls: int, recordings: int, webhook_deliveries: int, orders: int, notifications: int, other: int}, do_not_call: bool, configuration: list<array{section: string, key: string}>}
     */
    public function postPeopleSummary(array $body): array
    {
        return $this->json('POST', '/api/v1/people/summary', body: $body);
    }

    /**
     * Erases the data of a number; can be repeated
     *
     * @param array{number: string, remove_do_not_call?: bool} $body
     * @return array{id: string, at: string, by: string, counts: array<string, int>, do_not_call: 'kept'|'removed'|'none', configuration: list<array{section: string, key: string}>, backups: list<string>, log_truncated: bool}
     */
    public function postPeopleErasures(array $body): array
    {
        return $this->json('POST', '/api/v1/people/erasures', body: $body);
    }

    /**
     * Lists the last 100 erasures, newest first, without the numbers
     *
     * @return array{erasures: list<array{id: string, at: string, by: string, counts: array<string, int>}>}
     */
    public function getPeopleErasures(): array
    {
        return $this->json('GET', '/api/v1/people/erasures');
    }

    /**
     * Lists the backups, newest first, with the progress of a running one
     *
     * @return array{backups: list<array{name: string, created_at: string, bytes: int|float, encrypted: bool}>, running: array{name: string, started_at: string, step: 'database'|'files', done_bytes: int|float, total_bytes: int|float}|null, last_success: array{name: string, at: string, bytes: int|float, duration_ms: int|float}|null, last_failure: array{at: string, fault: string, message: string}|null, schedule: array{at: string}|null, keep: int, encrypted: bool}
     */
    public function getBackups(): array
    {
        return $this->json('GET', '/api/v1/backups');
    }

    /**
     * Begins a backup; calls continue. Its progress is in the list
     *
     * @return array{name: string, started_at: string, step: 'database'|'files', done_bytes: int|float, total_bytes: int|float}
     */
    public function postBackups(): array
    {
        return $this->json('POST', '/api/v1/backups');
    }

    /**
     * Downloads a backup; supports ranges. It holds the installation's secrets, recordings and people's numbers
     *
     * @param string $name
     * @return string application/octet-stream
     */
    public function getBackup(string $name): string
    {
        return $this->text('GET', '/api/v1/backups/' . self::part($name));
    }

    /**
     * The banned addresses, newest first: neither HTTP nor SIP requests of theirs are served
     *
     * @return array{bans: list<array{address: string, since: string, until: string|null, cause: 'guessing'|'manual', source: 'sip'|'sip_udp'|'http'|null, times: int, note: string}>, sip_problem: string|null}
     */
    public function getBans(): array
    {
        return $this->json('GET', '/api/v1/bans');
    }

    /**
     * Bans an address at once, or changes its ban
     *
     * @param array{address: string, minutes?: int, note?: string} $body
     * @return array{address: string, since: string, until: string|null, cause: 'guessing'|'manual', source: 'sip'|'sip_udp'|'http'|null, times: int, note: string}
     */
    public function postBans(array $body): array
    {
        return $this->json('POST', '/api/v1/bans', body: $body);
    }

    /**
     * Lifts the ban of an address; its next ban is as short as its first one
     *
     * @param string $address
     * @return void
     */
    public function deleteBan(string $address): void
    {
        $this->done('DELETE', '/api/v1/bans/' . self::part($address));
    }

    /**
     * Requests of integrations with an unknown contract, newest first, without numbers, names and secrets
     *
     * @param array{limit?: int, cursor?: int} $query
     * @return array{requests: list<RecordedRequest>, next: string|null}
     */
    public function getRecordedRequests(array $query = []): array
    {
        return $this->json('GET', '/api/v1/recorded-requests', query: $query);
    }

    /**
     * Deletes all recorded requests, or those up to an id, so that newer ones stay
     *
     * @param array{up_to?: int} $query
     * @return void
     */
    public function deleteRecordedRequests(array $query = []): void
    {
        $this->done('DELETE', '/api/v1/recorded-requests', query: $query);
    }

    /**
     * One request of an integration with an unknown contract
     *
     * @param int $id
     * @return RecordedRequest
     */
    public function getRecordedRequest(int $id): array
    {
        return $this->json('GET', '/api/v1/recorded-requests/' . self::part($id));
    }

    /**
     * The values for the dispatch’s forms “Runtel new”, “Common ATS” and “Custom ATS”
     *
     * @param array{for?: 'runtel'|'common'|'custom'} $query
     * @return array{forms: list<array{for: 'runtel'|'common'|'custom', fields: list<array{kind: string, label: string, value: string|null, token?: array{name: string, exists: bool}}>}>, lines: list<array{number: string, branch: string|null, tariff: string|null}>, operators: list<array{name: string, login: string|null, webrtc: bool}>}
     */
    public function getDispatchSettings(array $query = []): array
    {
        return $this->json('GET', '/api/v1/dispatch-settings', query: $query);
    }

    /**
     * Creates the tokens of the forms and shows them only this once; with `replace` existing ones are revoked
     *
     * @param array{for?: 'runtel'|'common'|'custom', replace?: bool} $body
     * @return array{forms: list<array{for: 'runtel'|'common'|'custom', fields: list<array{kind: string, label: string, value: string|null, token?: array{name: string, exists: bool}}>}>, lines: list<array{number: string, branch: string|null, tariff: string|null}>, operators: list<array{name: string, login: string|null, webrtc: bool}>}
     */
    public function postDispatchSettingsTokens(array $body): array
    {
        return $this->json('POST', '/api/v1/dispatch-settings/tokens', body: $body);
    }

    /**
     * Calls in progress, queues and handsets, as in /ws/monitor; masked without numbers:read
     *
     * @param array{handset?: string} $query
     * @return array{current: bool, durable: bool, queues: array<string, LiveQueue>, calls: array<string, LiveCall>, handsets: array<string, LiveHandset>}
     */
    public function getMonitor(array $query = []): array
    {
        return $this->json('GET', '/api/v1/monitor', query: $query);
    }

    /**
     * Queues with their waiting callers in order, and their handsets; masked without numbers:read
     *
     * @param array{handset?: string} $query
     * @return array{current: bool, queues: list<array{id: int, name: string, waiting: int, calls: list<LiveCall>, handsets: list<LiveHandset>}>}
     */
    public function getQueues(array $query = []): array
    {
        return $this->json('GET', '/api/v1/queues', query: $query);
    }

    /**
     * The script that puts a phone into a page
     *
     * @return string text/javascript
     */
    public function getPhoneJs(): string
    {
        return $this->text('GET', '/phone.js');
    }

    /**
     * The frame of an embedded phone
     *
     * @param array{origin: string} $query
     * @return string text/html
     */
    public function getPhoneFrame(array $query): string
    {
        return $this->text('GET', '/phone-frame', query: $query);
    }

    /**
     * What an embedded phone knows about its operator
     *
     * @return array<string, mixed>
     */
    public function getPhoneFrameSession(): array
    {
        return $this->json('GET', '/phone-frame/session');
    }

    /**
     * This description of the API (OpenAPI 3.1)
     *
     * @return array<string, mixed>
     */
    public function getOpenapiJson(): array
    {
        return $this->json('GET', '/openapi.json');
    }

    /**
     * Telfa: Click to call: the user’s handset rings, then the number
     *
     * @param array{number: string|int|float, method?: 'voip'|'mobile'|'both', telfa_user_id?: int|float|string, telfa_user_login?: string|int|float, auto_answer?: bool|'0'|'1'|'true'|'false'|int|float, number_id?: int|float|string, ...} $body
     * @return array{id: int|string, call_id: string}
     */
    public function telfaCall(array $body): array
    {
        return $this->json('POST', '/calls.json', body: $body);
    }

    /**
     * Telfa: The log of calls, newest first
     *
     * @param array{page?: int|float|string, from?: string, to?: string, number_id?: int|float|string} $query
     * @return list<TelfaCall>
     */
    public function telfaCallLog(array $query = []): array
    {
        return $this->json('GET', '/calls.json', query: $query);
    }

    /**
     * Telfa: Calls a number and speaks a text, plays a prompt or runs a recipe
     *
     * @param array{number: string|int|float, text?: string|int|float, voice?: string|int|float, recording_id?: int|float|string, recipe_id?: int|float|string, number_id?: int|float|string, ...} $body
     * @return array{id: int|string, call_id: string}
     */
    public function telfaAnnounce(array $body): array
    {
        return $this->json('POST', '/calls/announce.json', body: $body);
    }

    /**
     * Telfa: Plays a prompt into a call
     *
     * @param array{call_id: string|int|float, recording_id: int|float|string, side?: 'caller'|'callee'|'both', ...} $body
     * @return array{ok: true}
     */
    public function telfaPlay(array $body): array
    {
        return $this->json('POST', '/calls/play_recording.json', body: $body);
    }

    /**
     * Telfa: Rejects a call (✕): plays a prompt and hangs up
     *
     * @param array{id: string|int|float, recording_id?: int|float|string, ...} $body
     * @return array{ok: true}
     */
    public function telfaInterrupt(array $body): array
    {
        return $this->json('POST', '/calls/interrupt.json', body: $body);
    }

    /**
     * Telfa: Transfers a call to a group, a user or a number
     *
     * @param array{call_id: string|int|float, group_id?: int|float|string, telfa_user_id?: int|float|string, telfa_user_login?: string|int|float, number?: string|int|float, ...} $body
     * @return array{ok: true}
     */
    public function telfaTransfer(array $body): array
    {
        return $this->json('POST', '/calls/transfer.json', body: $body);
    }

    /**
     * Telfa: Lets a user listen to a call
     *
     * @param array{call_id: string|int|float, telfa_user_id?: int|float|string, telfa_user_login?: string|int|float, ...} $body
     * @return array{ok: true}
     */
    public function telfaListen(array $body): array
    {
        return $this->json('POST', '/calls/listen.json', body: $body);
    }

    /**
     * Telfa: Hangs up
     *
     * @param array{call_id: string|int|float, ...} $body
     * @return array{ok: true}
     */
    public function telfaHangUp(array $body): array
    {
        return $this->json('POST', '/calls/hangup.json', body: $body);
    }

    /**
     * Telfa: Calls in progress
     *
     * @return list<TelfaCall>
     */
    public function telfaCurrentCalls(): array
    {
        return $this->json('GET', '/calls/current.json');
    }

    /**
     * Telfa: One call
     *
     * @param string $id
     * @return TelfaCall
     */
    public function telfaOneCall(string $id): array
    {
        return $this->json('GET', '/calls/' . self::part($id) . '.json');
    }

    /**
     * Telfa: The sound of a recording
     *
     * @param string $id
     * @return string audio/wav
     */
    public function telfaCallAudio(string $id): string
    {
        return $this->text('GET', '/calls/recordings/' . self::part($id) . '.json');
    }

    /**
     * Telfa: Users
     *
     * @return list<TelfaUser>
     */
    public function telfaUsers(): array
    {
        return $this->json('GET', '/users.json');
    }

    /**
     * Telfa: The states of all users
     *
     * @return list<TelfaUserState>
     */
    public function telfaStates(): array
    {
        return $this->json('GET', '/users/state.json');
    }

    /**
     * Telfa: One user
     *
     * @param string $id
     * @return TelfaUser
     */
    public function telfaOneUser(string $id): array
    {
        return $this->json('GET', '/users/' . self::part($id) . '.json');
    }

    /**
     * Telfa: The state of one user
     *
     * @param string $id
     * @return TelfaUserState
     */
    public function telfaOneState(string $id): array
    {
        return $this->json('GET', '/users/' . self::part($id) . '/state.json');
    }

    /**
     * Telfa: Logins and pauses of a user, newest first
     *
     * @param string $id
     * @param array{page?: int|float|string, from?: string, to?: string} $query
     * @return list<array{at: string, event: 'login'|'logout'|'pause'|'unpause', group_id: int, reason: string|null}>
     */
    public function telfaLoginHistory(string $id, array $query = []): array
    {
        return $this->json('GET', '/users/' . self::part($id) . '/logins.json', query: $query);
    }

    /**
     * Telfa: Logs a user in to the groups of their handset
     *
     * @param string $id
     * @param array{group_id?: int|float|string, ...} $body
     * @return array{ok: true}
     */
    public function telfaLogIn(string $id, array $body): array
    {
        return $this->json('POST', '/users/' . self::part($id) . '/login.json', body: $body);
    }

    /**
     * Telfa: Logs a user out of the groups of their handset
     *
     * @param string $id
     * @param array{group_id?: int|float|string, ...} $body
     * @return array{ok: true}
     */
    public function telfaLogOut(string $id, array $body): array
    {
        return $this->json('POST', '/users/' . self::part($id) . '/logout.json', body: $body);
    }

    /**
     * Telfa: Groups, which are the company’s queues
     *
     * @return list<array{id: int, name: string, strategy: string}>
     */
    public function telfaGroups(): array
    {
        return $this->json('GET', '/groups.json');
    }

    /**
     * Telfa: The users of a group
     *
     * @param string $id
     * @return list<TelfaUser>
     */
    public function telfaGroupUsers(string $id): array
    {
        return $this->json('GET', '/groups/' . self::part($id) . '/users.json');
    }

    /**
     * Telfa: Recordings, which are the company’s prompts
     *
     * @return list<TelfaRecording>
     */
    public function telfaPrompts(): array
    {
        return $this->json('GET', '/recordings.json');
    }

    /**
     * Telfa: Makes a recording from a text
     *
     * @param array{name: string|int|float, text: string|int|float, voice?: string|int|float, ...} $body
     * @return TelfaRecording
     */
    public function telfaPromptFromText(array $body): array
    {
        return $this->json('POST', '/recordings.json', body: $body);
    }

    /**
     * Telfa: The company’s numbers
     *
     * @return list<array{id: int, number: string, name: string, recipe_id: int|null}>
     */
    public function telfaNumbers(): array
    {
        return $this->json('GET', '/numbers.json');
    }

    /**
     * Telfa: Recipes: plans of numbers, and parts
     *
     * @param array{page?: int|float|string} $query
     * @return list<TelfaRecipe>
     */
    public function telfaRecipes(array $query = []): array
    {
        return $this->json('GET', '/recipes.json', query: $query);
    }

    /**
     * Telfa: Adds a part
     *
     * @param array{name: string, steps?: list<array{action: string, settings?: mixed, ...}>, ...} $body
     * @return TelfaRecipe
     */
    public function telfaMakeRecipe(array $body): array
    {
        return $this->json('POST', '/recipes.json', body: $body);
    }

    /**
     * Telfa: One recipe
     *
     * @param string $id
     * @return TelfaRecipe
     */
    public function telfaOneRecipe(string $id): array
    {
        return $this->json('GET', '/recipes/' . self::part($id) . '.json');
    }

    /**
     * Telfa: Replaces the steps of a recipe
     *
     * @param string $id
     * @param array{steps: list<array{action: string, settings?: mixed, ...}>, ...} $body
     * @return TelfaRecipe
     */
    public function telfaChangeRecipe(string $id, array $body): array
    {
        return $this->json('PUT', '/recipes/' . self::part($id) . '.json', body: $body);
    }

    /**
     * Telfa: The steps of a recipe
     *
     * @param string $id
     * @return list<TelfaStep>
     */
    public function telfaSteps(string $id): array
    {
        return $this->json('GET', '/recipes/' . self::part($id) . '/steps.json');
    }

    /**
     * Telfa: Adds a step
     *
     * @param string $id
     * @param array{action: string, settings?: mixed, position?: int|float|string, ...} $body
     * @return list<TelfaStep>
     */
    public function telfaAddStep(string $id, array $body): array
    {
        return $this->json('POST', '/recipes/' . self::part($id) . '/steps.json', body: $body);
    }

    /**
     * Telfa: Replaces a step
     *
     * @param string $id
     * @param string $position
     * @param array{action: string, settings?: mixed, ...} $body
     * @return list<TelfaStep>
     */
    public function telfaChangeStep(string $id, string $position, array $body): array
    {
        return $this->json('PUT', '/recipes/' . self::part($id) . '/steps/' . self::part($position) . '.json', body: $body);
    }

    /**
     * Telfa: Removes a step
     *
     * @param string $id
     * @param string $position
     * @return list<TelfaStep>
     */
    public function telfaRemoveStep(string $id, string $position): array
    {
        return $this->json('DELETE', '/recipes/' . self::part($id) . '/steps/' . self::part($position) . '.json');
    }

    /**
     * Telfa: Webhooks
     *
     * @return list<TelfaWebhook>
     */
    public function telfaWebhooks(): array
    {
        return $this->json('GET', '/webhooks.json');
    }

    /**
     * Telfa: Adds or changes a webhook
     *
     * @param array{id?: string, url: string, events?: list<'call_started'|'queue_joined'|'ringing'|'answered'|'queue_left'|'hangup'|'recording_ready'|'bridge'|'bridge_recording'|'notification'|'call_note'|'alarm'>, ...} $body
     * @return TelfaWebhook
     */
    public function telfaSetWebhook(array $body): array
    {
        return $this->json('POST', '/webhooks.json', body: $body);
    }

    /**
     * Telfa: Removes a webhook
     *
     * @param string $id
     * @return array{ok: true}
     */
    public function telfaRemoveWebhook(string $id): array
    {
        return $this->json('DELETE', '/webhooks/' . self::part($id) . '.json');
    }

    /**
     * Gootax: the status of an order; the client is called
     *
     * @param DispatchOrder $body
     * @return DispatchOrderStored
     */
    public function gootaxNotify(mixed $body): array
    {
        return $this->json('POST', '/integration/gootaxpro/notify', body: $body);
    }

    /**
     * Gootax: connects the client and the driver of an order
     *
     * @param array{order_id?: string|int|float, initiator?: string, client_phone?: string, driver_phone?: string, from?: string, to?: string, line?: string, ...} $body
     * @return array{ok: true, bridge: array{id: string, order_id: string, state: string, is_new: bool}}
     */
    public function gootaxConnect(array $body): array
    {
        return $this->json('POST', '/integration/gootaxpro/connect', body: $body);
    }

    /**
     * Gootax: connects the client and the driver of an order
     *
     * @param array{order_id?: string|int|float, initiator?: string, client_phone?: string, driver_phone?: string, from?: string, to?: string, line?: string} $query
     * @return array{ok: true, bridge: array{id: string, order_id: string, state: string, is_new: bool}}
     */
    public function gootaxConnectByQuery(array $query = []): array
    {
        return $this->json('GET', '/integration/gootaxpro/connect', query: $query);
    }

    /**
     * Runtel: the history of calls, newest first
     *
     * @param array{page?: int, from?: string, to?: string} $query
     * @return array{calls: list<RuntelCall>, page: int}
     */
    public function runtelCallLog(array $query = []): array
    {
        return $this->json('GET', '/integration/runtel/calls', query: $query);
    }

    /**
     * Runtel: an outgoing call; the user’s handset rings first, then the number
     *
     * @param array{user?: string|int|float, handset?: string|int|float, extension?: string|int|float, number: string, line?: string, ...} $body
     * @return array{call_id: string}
     */
    public function runtelCall(array $body): array
    {
        return $this->json('POST', '/integration/runtel/calls', body: $body);
    }

    /**
     * Runtel: one call
     *
     * @param string $id
     * @return RuntelCall
     */
    public function runtelOneCall(string $id): array
    {
        return $this->json('GET', '/integration/runtel/calls/' . self::part($id));
    }

    /**
     * Runtel: the audio of a recording
     *
     * @param string $id
     * @return string audio/wav
     */
    public function runtelRecording(string $id): string
    {
        return $this->text('GET', '/integration/runtel/recordings/' . self::part($id));
    }

    /**
     * Runtel: users and their states
     *
     * @return array{users: list<RuntelUser>}
     */
    public function runtelUserStates(): array
    {
        return $this->json('GET', '/integration/runtel/users');
    }
}
