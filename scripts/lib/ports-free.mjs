// Usage: node ports-free.mjs NAME=PORT/udp@HOST NAME=PORT/tcp@HOST ...
// Exits with 1 when a port is in use, and prints the port and the remedy.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

const bind = {
  tcp: async (port, host) => {
    const server = createServer().listen(port, host);
    await once(server, 'listening');
    server.close();
  },
  udp: async (port, host) => {
    const socket = createSocket('udp4');
    try {
      socket.bind(port, host);
      await once(socket, 'listening');
    } finally {
      socket.close();
    }
  },
};

for (const wanted of process.argv.slice(2)) {
  const [, name, port, protocol, host] = /^(\w+)=(\d+)\/(udp|tcp)@(.+)$/.exec(wanted) ?? [];
  if (port === undefined || Number(port) > 65_535) {
    console.error(`error: ${wanted.split(/[/]/)[0]} is not a port`);
    process.exitCode = 1;
    continue;
  }
  try {
    await bind[protocol](Number(port), host);
  } catch (error) {
    const what = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${error.code})`;
    console.error(
      `error: ${protocol.toUpperCase()} port ${port} ${what}: stop the program that uses it (ss -lpn | grep :${port}), ` +
        `or choose another, as in: ${name}=${Number(port) + 100} ./scripts/start`,
    );
    process.exitCode = 1;
  }
}
