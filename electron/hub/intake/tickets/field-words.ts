/** What other systems call the fields of a ticket: headings of columns and names of elements. Behind the stroke what only Germans call it. */
import type { DraftField } from './draft.ts';

const words: Readonly<Record<Exclude<DraftField, `attributes.${string}`>, string>> = {
  order:
    'order orderid ordernumber ordernum orderno ordernr | auftrag auftragsnummer auftragsnr auftragnr auftragid bestellung bestellnummer bestellnr',
  job: 'job jobid jobnumber jobno jobnr item itemid lineitem line position pos | posnr positionsnummer posten',
  title: 'title jobname jobtitle description | titel bezeichnung beschreibung auftragsname',
  product: 'product productname sku article | produkt produktname artikel artikelname',
  quantity: 'quantity qty amount copies pcs pieces | menge auflage anzahl stueck stk stueckzahl bestellmenge auflagenhoehe exemplare',
  'customer.name': 'customer customername contact contactname | kunde kundenname ansprechpartner kontakt',
  'customer.email': 'email mail emailaddress customeremail | emailadresse kundenemail',
  'customer.phone': 'phone telephone tel mobile customerphone | telefon telefonnummer mobil handy',
  'customer.company': 'company companyname organisation organization customercompany | firma firmenname unternehmen',
  files: 'file files filename filenames artwork pdf | datei dateien dateiname dateinamen druckdatei druckdaten',
  dueAt: 'due dueat duedate deadline deliverydate | termin liefertermin lieferdatum wunschtermin faellig faelligam faelligkeit fertigbis',
  startAt: 'start startat startdate | startdatum starttermin beginn startam',
  submitted: 'submitted | abgeschickt bestellt',
  approval: 'approval | freigabe',
  fulfilment: 'fulfilment fulfillment fulfilmentmethod deliverymethod | versandart lieferart',
  priority: 'priority prio | prioritaet',
  notes: 'notes note comment comments remark remarks | notiz notizen bemerkung bemerkungen kommentar hinweis anmerkung',
};

const fieldOfWord: ReadonlyMap<string, DraftField> = new Map(
  Object.entries(words).flatMap(([field, list]) => list.split(/[ |]+/u).map((word) => [word, field as DraftField] as const)),
);

const germanWords: ReadonlySet<string> = new Set(Object.values(words).flatMap((list) => list.split(' | ')[1]?.split(' ') ?? []));

/** Is this a heading that only Germans write? */
export function isGerman(heading: string): boolean {
  return heading.length <= longestHeading && germanWords.has(plainWord(heading.replaceAll(hints, ' ').replace(unit, ' ')));
}

/** The field a heading or element means, whatever its case, signs and umlauts ("Telefon 2" is one more telephone); undefined when nobody calls a field so. */
export function fieldFromWord(heading: string): DraftField | undefined {
  if (heading.length > longestHeading) return undefined;
  const field = fieldOfWord.get(plainWord(heading));
  if (field !== undefined) return field;
  const bare = heading.replaceAll(hints, ' ').replace(unit, ' ');
  const known = new Set([bare, ...bare.split('/')].map((part) => fieldOfWord.get(plainWord(part))).filter((one) => one !== undefined));
  // "Order / Job" is neither.
  if (known.size > 0) return known.size === 1 ? [...known][0] : undefined;
  const another = fieldOfWord.get(plainWord(bare).replace(/[0-9]+$/u, ''));
  return another === 'customer.email' || another === 'customer.phone' ? another : undefined;
}

const longestHeading = 100;
/** What stands in brackets behind a heading and changes nothing: pieces, the form of a date, whether it must be filled. */
const hints =
  /[([{](?:stück|stueck|stk|stck|st|pcs|pieces|ex|expl|exemplare|[tmjdy]{1,4}([.\-/])[tmjdy]{1,4}\1[tmjdy]{1,4}|datum|date|pdf|pflicht|pflichtfeld|optional|required|ganzzahl|\*)\.?[)\]}]/giu;
const unit = /(?<=[\p{L}\p{N}.])(?:,? | in )(?:stück|stueck|stk|stck|pcs|pieces)\.?$/iu;

/** `Fällig am:` -> `faelligam` */
function plainWord(heading: string): string {
  const letters = heading
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss');
  return letters.replaceAll(/[^a-z0-9]/gu, '');
}
