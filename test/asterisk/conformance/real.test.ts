import { conformance } from './suite.js';
import { makeRealHarness } from './real-harness.js';

conformance('the real Asterisk', makeRealHarness);
