import { conformance } from '../asterisk/conformance/suite.js';
import { makeFakeHarness } from './fake-harness.js';

conformance('the fake', makeFakeHarness);
