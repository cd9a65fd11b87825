<?php
declare(strict_types=1);

namespace Cordboard;

/** A refused request: `problem` is the problem document of the gateway (docs/api.md), empty when there is none. */
final class ApiError extends \RuntimeException
{
    public function __construct(public readonly int $status, public readonly array $problem)
    {
        parent::__construct(sprintf('%d %s', $status, $problem['detail'] ?? 'the gateway gave no reason'), $status);
    }
}

/** Sends the requests of Client, with PHP's own functions: neither extensions nor Composer are needed. */
abstract class Http
{
    private const TIMEOUT_S = 15;

    /** @param string $url such as https://phone.example, without a path */
    public function __construct(private readonly string $url, private readonly string $token)
    {
    }

    protected static function part(string|int $value): string
    {
        return rawurlencode((string) $value);
    }

    /** @throws ApiError */
    protected function json(string $method, string $path, mixed ...$given): array
    {
        $answer = $this->text($method, $path, ...$given);
        return $answer === '' ? [] : json_decode($answer, true, flags: JSON_THROW_ON_ERROR);
    }

    /** @throws ApiError */
    protected function done(string $method, string $path, mixed ...$given): void
    {
        $this->text($method, $path, ...$given);
    }

    /** @throws ApiError */
    protected function text(
        string $method,
        string $path,
        mixed $body = null,
        ?string $content = null,
        string $type = 'application/json',
        array $query = [],
        array $headers = [],
    ): string {
        $lines = ["Authorization: Bearer {$this->token}", 'Accept: application/json, */*'];
        if ($body !== null) $content = self::written($body);
        if ($content !== null) $lines[] = "Content-Type: $type";
        foreach ($headers as $name => $value) $lines[] = "$name: $value";
        $context = stream_context_create(['http' => [
            'method' => $method,
            'header' => $lines,
            'content' => $content ?? '',
            'ignore_errors' => true,
            'follow_location' => 0,
            'timeout' => self::TIMEOUT_S,
        ]]);
        $answer = @file_get_contents($this->url . $path . self::search($query), false, $context);
        if ($answer === false) throw new ApiError(0, ['detail' => "no answer from {$this->url}"]);
        preg_match('~^HTTP/\S+ (\d+)~', $http_response_header[0], $status);
        if ((int) $status[1] >= 300) throw new ApiError((int) $status[1], json_decode($answer, true) ?? []);
        return $answer;
    }

    /** An empty array is an empty object: no request has a list without items as its body. */
    private static function written(mixed $body): string
    {
        return json_encode($body === [] ? (object) [] : $body, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);
    }

    private static function search(array $query): string
    {
        $written = array_map(fn ($value) => is_bool($value) ? ($value ? 'true' : 'false') : $value, $query);
        return $written === [] ? '' : '?' . http_build_query($written, encoding_type: PHP_QUERY_RFC3986);
    }
}
