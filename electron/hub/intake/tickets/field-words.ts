/** What other systems call the fields of a ticket, in English and German: headings of columns and names of elements. */
import type { DraftField } from './draft.ts';

const words: Readonly<Record<Exclude<DraftField, `attributes.${string}`>, string>> = {
  order: 'order orderid ordernumber orderno ordernr auftrag auftragsnummer auftragsnr auftragnr bestellung bestellnummer bestellnr',
  job: 'job jobid jobnumber jobno jobnr item itemid lineitem line position pos posnr positionsnummer posten',
  title: 'title jobname jobtitle description titel bezeichnung beschreibung auftragsname',
  product: 'product productname sku article produkt produktname artikel artikelname',
  quantity: 'quantity qty amount copies menge auflage anzahl stueck stueckzahl',
  'customer.name': 'customer customername contact contactname kunde kundenname ansprechpartner kontakt',
  'customer.email': 'email mail emailaddress customeremail emailadresse kundenemail',
  'customer.phone': 'phone telephone tel mobile customerphone telefon telefonnummer mobil handy',
  'customer.company': 'company companyname organisation organization customercompany firma firmenname unternehmen',
  files: 'file files filename filenames artwork pdf datei dateien dateiname dateinamen druckdatei druckdaten',
  dueAt: 'due dueat duedate deadline deliverydate termin liefertermin lieferdatum faellig faelligam fertigbis',
  startAt: 'start startat startdate startdatum beginn startam',
  submitted: 'submitted abgeschickt bestellt',
  approval: 'approval freigabe',
  fulfilment: 'fulfilment fulfillment fulfilmentmethod deliverymethod versandart lieferart',
  priority: 'priority prio prioritaet',
  notes: 'notes note comment comments remark remarks notiz notizen bemerkung bemerkungen kommentar hinweis anmerkung',
};

const fieldOfWord: ReadonlyMap<string, DraftField> = new Map(
  Object.entries(words).flatMap(([field, list]) => list.split(' ').map((word) => [word, field as DraftField] as const)),
);

/** The field a heading or element means, whatever its case, signs and umlauts; undefined when nobody calls a field so. */
export function fieldFromWord(heading: string): DraftField | undefined {
  return fieldOfWord.get(plainWord(heading));
}

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
