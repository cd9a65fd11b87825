import type { AuditTexts } from '../../texts/en/audit.js';
import { loadTexts } from '../texts.js';

export const texts = await loadTexts(import.meta.glob<AuditTexts>('../../texts/*/audit.ts', { import: 'auditTexts' }));
