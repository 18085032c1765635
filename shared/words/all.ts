/** All languages at once, for who has no reason to wait for one: the hub, and tests. */
import { de } from './de.ts';
import { es } from './es.ts';
import { fr } from './fr.ts';
import { learn } from './say.ts';

learn('de', de);
learn('fr', fr);
learn('es', es);
