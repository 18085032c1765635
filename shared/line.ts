/** One line of text as people and other systems write it: what nobody sees is taken out of it at the door. */
import { z } from 'zod';
import { cleanLine } from './clean-text.ts';

export const line = z.string().overwrite(cleanLine).trim();
