<?php
// Lists the lines and the last calls, and rejects a call that is over, to show an error.
// Usage: php sample.php https://phone.example TOKEN (scopes lines:read, calls:read, calls:reject)
declare(strict_types=1);

require __DIR__ . '/Client.php';

[, $url, $token] = $argv + [1 => 'http://127.0.0.1:8080', 2 => (string) getenv('CORDBOARD_API_TOKEN')];
$cordboard = new Cordboard\Client($url, $token);

foreach ($cordboard->getLines()['lines'] as $line) echo "line {$line['number']}\n";

$calls = $cordboard->getCalls(query: ['direction' => 'incoming', 'limit' => 3])['calls'];
foreach ($calls as $call) echo "call {$call['id']} to {$call['line']} at {$call['started_at']}\n";

try {
    $cordboard->postCallInterrupt('c_none', []);
} catch (Cordboard\ApiError $error) {
    echo "refused: {$error->status} {$error->problem['code']}\n";
}
