import { writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import net from 'node:net';
import { isMainThread } from 'node:worker_threads';

/*
 * Loaded into a gateway with --import: counts what it does, and writes the counts to the file COUNT_WORK on SIGUSR2. Only the
 * main thread counts, where the calls are.
 */

const require = createRequire(import.meta.url);
const DRIVERS = new Set(['node:sqlite', '@photostructure/sqlite']);
/** Requests about calls, and not those by which the gateway watches Asterisk. */
const CALL_REQUEST = /"uri":"\/?(channels|bridges|playbacks)\b/;
const work = {
  statements: 0,
  commits: 0,
  parameterBytes: 0,
  jsonBytes: 0,
  ariRequests: 0,
  amiActions: 0,
  connections: 0,
};

function sizeOf(value) {
  if (typeof value === 'string') return Buffer.byteLength(value);
  return value === null ? 0 : (value.byteLength ?? 8);
}

/** The owner of a node reads its row once a second, also without calls. */
const RENEWAL = /^select .* from node_leases where node = \?$/;

function counted(sql, run) {
  if (RENEWAL.test(sql)) return run;
  return (...parameters) => {
    work.statements += 1;
    if (sql === 'commit') work.commits += 1;
    for (const parameter of parameters) work.parameterBytes += sizeOf(parameter);
    return run(...parameters);
  };
}

/** The methods of the native class cannot be replaced, so the gateway gets an object around it. */
function countedDatabase({ DatabaseSync }) {
  return {
    DatabaseSync: class {
      constructor(filename) {
        const database = new DatabaseSync(filename);
        this.close = () => database.close();
        this.prepare = (sql) => {
          const statement = database.prepare(sql);
          return {
            run: counted(sql, (...parameters) => statement.run(...parameters)),
            all: counted(sql, (...parameters) => statement.all(...parameters)),
          };
        };
      }
    },
  };
}

if (isMainThread && process.env['COUNT_WORK'] !== undefined) {
  const load = Module._load;
  Module._load = (name, ...more) => {
    const loaded = load(name, ...more);
    return DRIVERS.has(name) ? countedDatabase(loaded) : loaded;
  };

  const { stringify } = JSON;
  JSON.stringify = (...given) => {
    const text = stringify(...given);
    work.jsonBytes += text?.length ?? 0;
    return text;
  };

  const { write } = net.Socket.prototype;
  net.Socket.prototype.write = function (data, ...more) {
    if (typeof data === 'string' && /^action: (?!ping)/i.test(data)) work.amiActions += 1;
    return write.call(this, data, ...more);
  };
  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (...given) {
    work.connections += 1;
    return connect.apply(this, given);
  };

  // The socket to ARI is opened by ari-client, with its own version of the package.
  const WebSocket = createRequire(require.resolve('ari-client'))('ws');
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data, ...more) {
    if (typeof data === 'string' && CALL_REQUEST.test(data)) work.ariRequests += 1;
    return send.call(this, data, ...more);
  };

  process.on('SIGUSR2', () => writeFileSync(process.env['COUNT_WORK'], stringify(work)));
}
