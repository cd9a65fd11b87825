import { conformance } from '../asterisk/conformance/suite.js';
import { makeFakeWorld } from './fake-world.js';

conformance('the fake', makeFakeWorld);
