<?php
// Gives the page index.html a token that opens the phone of the operator who is logged in here. It is asked by phone.js, from this
// server's own pages only. Set the environment of PHP: CORDBOARD_URL (https://pbx.example), CORDBOARD_TOKEN (an API token with the scope
// phones:embed) and CORDBOARD_ORIGIN (https://shop.example, listed in browser_phones.origins).
declare(strict_types=1);

/** Your login goes here: the handset of the operator who is logged in, or null. Never take it from the request. */
function handsetOfVisitor(): ?string
{
    session_start(['cookie_httponly' => true, 'cookie_samesite' => 'Lax', 'read_and_close' => true]);
    return $_SESSION['handset'] ?? null;
}

/** @return array{int, array<string, string>} the status and the body of the gateway's answer */
function askGateway(string $handset, string $origin): array
{
    $request = curl_init(getenv('CORDBOARD_URL') . '/api/v1/handsets/' . rawurlencode($handset) . '/phone-token');
    curl_setopt_array($request, [
        CURLOPT_POST => true,
        CURLOPT_POSTFIELDS => json_encode(['origin' => $origin]),
        CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'Authorization: Bearer ' . getenv('CORDBOARD_TOKEN')],
        CURLOPT_RETURNTRANSFER => true,
        CURLOPT_TIMEOUT => 5,
    ]);
    $body = curl_exec($request);
    return [curl_getinfo($request, CURLINFO_RESPONSE_CODE), json_decode((string) $body, true) ?? []];
}

function reply(int $status, array $value): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    header('Cache-Control: no-store');
    exit(json_encode($value));
}

// Another site can make a browser send a POST with our cookie, but not in the name of our origin.
$origin = getenv('CORDBOARD_ORIGIN');
if ($_SERVER['REQUEST_METHOD'] !== 'POST') reply(405, ['error' => 'POST only']);
if (($_SERVER['HTTP_ORIGIN'] ?? '') !== $origin) reply(403, ['error' => 'only for pages of this server']);
$handset = handsetOfVisitor();
if ($handset === null) reply(401, ['error' => 'log in first']);
[$status, $answer] = askGateway($handset, $origin);
if ($status !== 201) {
    error_log("the gateway refused a phone token: $status " . ($answer['detail'] ?? ''));
    reply(502, ['error' => 'no phone at the moment']);
}
reply(200, ['token' => $answer['token']]);
