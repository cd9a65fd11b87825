import { conformance } from './suite.js';
import { makeRealWorld } from './real-world.js';

conformance('the real Asterisk', makeRealWorld);
