<?php
// The order-status service as one file: put it beside your shop's index.php, fill in the two places below, and point the
// plan's hand_over at https://your-shop/launch.php?s=telfa
declare(strict_types=1);

/** 1. Ids of the recorded prompts: they show in each prompt's URL. */
const PROMPTS = ['enter_order_number' => 20, 'unknown_order' => 21, 'too_many_attempts' => 22];
const STATUS_PROMPTS = [
    'received' => 31, 'waiting' => 32, 'processing' => 33, 'shipped' => 34,
    'ready_for_pickup' => 35, 'delivered' => 36, 'cancelled' => 37,
];

/** 2. Your database goes here. The number is a string: 0042 is not 42. Null for an unknown order. */
function statusOf(string $number): ?string
{
    $orders = json_decode(file_get_contents(__DIR__ . '/../shop/orders.json'), true);
    return $orders[$number] ?? null;
}

const MOST_UNKNOWN = 3;
const DONE = '9';

/** What the caller hears next. */
function answer(array $call): array
{
    if (($call['hangup'] ?? false) === true) return [];
    // We keep no session: the gateway echoes this key of our last answer. It counts the unknown numbers so far.
    $step = (string) ($call['pokracovani'] ?? '0');
    if ($step === DONE) return ['action' => 'return'];

    $digits = $call['received_digits'] ?? '';
    if ($digits === '') return ask(PROMPTS['enter_order_number'], $step);
    $status = statusOf($digits);
    if ($status !== null) return say(STATUS_PROMPTS[$status]);

    $unknown = (int) $step + 1;
    return $unknown < MOST_UNKNOWN ? ask(PROMPTS['unknown_order'], (string) $unknown) : say(PROMPTS['too_many_attempts']);
}

function ask(int $prompt, string $step): array
{
    return ['action' => 'menu', 'recording_id' => (string) $prompt, 'menu_timeout' => '5', 'max' => '10', 'pokracovani' => $step];
}

function say(int $prompt): array
{
    return ['action' => 'play', 'recording_id' => (string) $prompt, 'pokracovani' => DONE];
}

function problemOf(mixed $call): ?string
{
    if (!is_array($call) || ($call !== [] && array_is_list($call))) return 'the body must be a JSON object';
    $digits = $call['received_digits'] ?? '';
    if (!is_string($digits) || !preg_match('/^[0-9*]{0,64}$/D', $digits))
        return 'received_digits must be a string of digits: order numbers may start with zeros';
    $step = $call['pokracovani'] ?? '0';
    if (!is_scalar($step) || !preg_match('/^[0-9]$/D', (string) $step)) return 'pokracovani must be what we last answered';
    return null;
}

function reply(int $status, array $value): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    exit(json_encode((object) $value));
}

if ($_SERVER['REQUEST_METHOD'] !== 'POST') reply(405, ['error' => 'POST only']);
if (($_GET['s'] ?? '') !== 'telfa') reply(404, ['error' => 'only ?s=telfa is served here']);
$call = json_decode(file_get_contents('php://input', length: 65536), true, 32);
$problem = problemOf($call);
if ($problem !== null) reply(400, ['error' => $problem]);
reply(200, answer($call));
