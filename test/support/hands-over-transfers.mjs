// Starts the built gateway as dist/main.js does, but lets it hand over transfers by phones with any version of Asterisk. Not a setting:
// until 22.10 a phone that sends `Refer-Sub: false` ends Asterisk then.
import { App } from '../../dist/app.js';
import { takeNode } from '../../dist/app/node.js';
import { readConfig } from '../../dist/config.js';
import { createLogger } from '../../dist/lib/logger.js';

const config = readConfig(process.env);
const logger = createLogger({ level: config.logLevel });
const end = () => process.exit(1);
const node = await takeNode(config, { logger, signal: new AbortController().signal, onLost: end });
const app = await App.create({ ...config, canHandOver: () => true }, node, logger, end);
process.on('SIGTERM', () => void app.stop('SIGTERM').then(() => process.exit(0)));
await app.start();
node.standby.standing = 'owner';
