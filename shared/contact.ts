/** By what an e-mail address or a telephone number is known, also where it stands under another name than its own. Pure. */

/** An address, or a run of digits as long as a telephone number. */
const perhaps = /@|(?:\p{Nd}[\s()./-]*){6}/u;
const address = /[^\s@＠<>()[\]"',;:/\\]{1,64}[@＠][^\s@＠<>()[\]"',;:/\\]{1,250}\.\p{L}{2,}/gu;
/** With the sign of its country, as no number of an article is written. */
const worldwide = /^\s*\+(?:[\s()./-]*\p{Nd}){7,15}\s*$/u;
/** What people call it in the languages of the shop, also as a part of a word: `Rechnungs-E-Mail`, `customerPhone`. */
const named =
  /e[-_\s.]?mail|(?<!\p{L})mail(?!\p{L})|phone|fono|telef|(?<!\p{L})tel(?!\p{L})|mobil|móvil|movil|celular|handy|fax|courriel|correo|whatsapp|[ck]onta[ck]t/iu;

/** May this be where somebody is reached? Not shown where it is quoted as wrong. */
export function looksLikeContact(text: string): boolean {
  return perhaps.test(text);
}

/** The text with "…" for each e-mail address in it: web shops take one for the name of who ordered. */
export function withoutAddresses(text: string): string {
  return text.replace(address, '…');
}

/** Is it called a contact, and looks like one? */
export function isNamedContact(name: string, value: string): boolean {
  return named.test(name) && looksLikeContact(value);
}

/** The same, or it is an address or a number to call whatever it is called. */
export function isContact(name: string, value: string): boolean {
  return withoutAddresses(value) !== value || worldwide.test(value) || isNamedContact(name, value);
}
