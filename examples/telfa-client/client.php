<?php
// Telfa's control API as a PHP shop speaks it, in XML: the class can be copied into a shop as it is, the rest is a command line.
//
//   php client.php http://127.0.0.1:8080 jana@shop.cz:password call number=777888999 method=voip
//   php client.php http://127.0.0.1:8080 API_KEY interrupt id=c_01 recording_id=40
//   php client.php http://127.0.0.1:8080 API_KEY            lists what there is
declare(strict_types=1);

final class TelfaClient
{
    /** What each call is: method, path, and the element around its fields. Fields in braces of a path are taken from there. */
    public const CALLS = [
        'call' => ['POST', '/calls', null],
        'announce' => ['POST', '/calls/announce', null],
        'play' => ['POST', '/calls/play_recording', 'play_recording'],
        'interrupt' => ['POST', '/calls/interrupt', 'interrupt_call'],
        'transfer' => ['POST', '/calls/transfer', 'transfer'],
        'listen' => ['POST', '/calls/listen', 'listen'],
        'hang_up' => ['POST', '/calls/hangup', 'hangup'],
        'current_calls' => ['GET', '/calls/current', null],
        'call_log' => ['GET', '/calls', null],
        'one_call' => ['GET', '/calls/{id}', null],
        'call_audio' => ['GET', '/calls/recordings/{id}', null],
        'users' => ['GET', '/users', null],
        'one_user' => ['GET', '/users/{id}', null],
        'states' => ['GET', '/users/state', null],
        'one_state' => ['GET', '/users/{id}/state', null],
        'login_history' => ['GET', '/users/{id}/logins', null],
        'log_in' => ['POST', '/users/{id}/login', 'login'],
        'log_out' => ['POST', '/users/{id}/logout', 'logout'],
        'groups' => ['GET', '/groups', null],
        'group_users' => ['GET', '/groups/{id}/users', null],
        'prompts' => ['GET', '/recordings', null],
        'prompt_from_text' => ['POST', '/recordings', 'recording'],
        'numbers' => ['GET', '/numbers', null],
        'recipes' => ['GET', '/recipes', null],
        'one_recipe' => ['GET', '/recipes/{id}', null],
        'make_recipe' => ['POST', '/recipes', 'recipe'],
        'change_recipe' => ['PUT', '/recipes/{id}', 'recipe'],
        'steps' => ['GET', '/recipes/{id}/steps', null],
        'add_step' => ['POST', '/recipes/{id}/steps', 'step'],
        'change_step' => ['PUT', '/recipes/{id}/steps/{position}', 'step'],
        'remove_step' => ['DELETE', '/recipes/{id}/steps/{position}', null],
        'webhooks' => ['GET', '/webhooks', null],
        'set_webhook' => ['POST', '/webhooks', 'webhook'],
        'remove_webhook' => ['DELETE', '/webhooks/{id}', null],
    ];

    /** @param string $login `user:password`, or an API key */
    public function __construct(private string $baseUrl, private string $login)
    {
    }

    /** @param array<string, mixed> $fields @return array{int, string} status and body */
    public function send(string $name, array $fields = []): array
    {
        [$method, $path, $root] = self::CALLS[$name];
        foreach ($fields as $field => $value) {
            if (!str_contains($path, "{{$field}}")) continue;
            $path = str_replace("{{$field}}", rawurlencode((string) $value), $path);
            unset($fields[$field]);
        }
        $query = $root === null && $fields !== [] ? '?' . http_build_query($fields) : '';
        $headers = ['Content-Type: application/xml', str_contains($this->login, ':')
            ? 'Authorization: Basic ' . base64_encode($this->login)
            : "X-Api-Key: {$this->login}"];
        $http = ['method' => $method, 'header' => implode("\r\n", $headers), 'ignore_errors' => true, 'timeout' => 40];
        // As in Telfa's own examples when there is no data.
        if ($method !== 'GET') $http['content'] = $root === null ? '<xml><nil></nil></xml>' : self::element($root, $fields);
        $body = file_get_contents("{$this->baseUrl}{$path}.xml{$query}", false, stream_context_create(['http' => $http]));
        if ($body === false) throw new RuntimeException('the gateway cannot be reached');
        return [(int) explode(' ', $http_response_header[0])[1], $body];
    }

    /** A list becomes an element for each, named by the list without its s. */
    private static function element(string $name, mixed $value): string
    {
        if (!is_array($value)) return "<$name>" . htmlspecialchars((string) $value, ENT_XML1 | ENT_QUOTES) . "</$name>";
        $inner = '';
        foreach ($value as $field => $each) $inner .= self::element(is_int($field) ? rtrim($name, 's') : $field, $each);
        return array_is_list($value) ? "<$name type=\"array\">$inner</$name>" : "<$name>$inner</$name>";
    }
}

if (realpath($argv[0] ?? '') === __FILE__) {
    [, $baseUrl, $login, $name] = $argv + [null, null, null, null];
    if ($login === null || !isset(TelfaClient::CALLS[$name])) {
        fwrite(STDERR, 'call one of: ' . implode(' ', array_keys(TelfaClient::CALLS)) . "\n");
        exit(2);
    }
    $fields = [];
    foreach (array_slice($argv, 4) as $argument) {
        [$field, $value] = explode('=', $argument, 2);
        // Lists are given as JSON: steps='[{"action":"hang_up"}]'
        $list = str_starts_with($value, '[') ? json_decode($value, true) : null;
        $fields[$field] = $list ?? $value;
    }
    [$status, $body] = (new TelfaClient($baseUrl, $login))->send($name, $fields);
    echo $body;
    if ($status !== 200) fwrite(STDERR, "status $status\n");
    exit($status === 200 ? 0 : 1);
}
