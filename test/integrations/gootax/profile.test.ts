import { expect, it } from 'vitest';
import { gootaxProfile, statusOf } from '../../../src/integrations/gootax/profile.js';

it.each(['constructor', '__proto__', 'toString', 'no such word'])('%s is the name of no status', (word) => {
  expect(statusOf(word, gootaxProfile({}))).toBeNull();
});
